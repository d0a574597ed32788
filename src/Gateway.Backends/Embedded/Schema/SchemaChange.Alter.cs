using System.Collections.Immutable;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    internal const string RebuildName = "__pgwire_rebuild";

    private void Alter(AlterTable alter)
    {
        if (Find(alter.Name) is not { } relation)
        {
            if (!alter.IfExists) throw Undefined(alter.Name);
            Skip(SqlStates.UndefinedTable, $"relation \"{alter.Name.Last}\" does not exist, skipping");
            return;
        }

        var oid = relation.Info.Oid;
        foreach (var action in alter.Actions)
        {
            var current = connection.FindStored(oid)!;
            if (action is RenameTo rename)
            {
                Rename(current, rename.NewName);
                continue;
            }

            if (action is OtherAlterAction other)
            {
                if (!other.Verb.StartsWith("owner", StringComparison.OrdinalIgnoreCase))
                    throw PgException.Unsupported($"ALTER TABLE {other.Verb.ToUpperInvariant()} is not supported by the embedded engine");
                continue;
            }

            if (current.Info.Kind != RelationKind.Table)
                throw PgException.Unsupported($"ALTER {NameOf(current.Info.Kind).ToUpperInvariant()} is supported by the embedded engine for RENAME only");
            Alter(current, action);
        }
    }

    private void Alter(StoredRelation table, AlterAction action)
    {
        switch (action)
        {
            case AddColumn add:
                Add(table, add);
                break;
            case DropColumn drop:
                DropColumn(table, drop);
                break;
            case RenameColumn rename:
                Rename(table, rename);
                break;
            case AlterColumnDefault change:
                var defaulted = Column(table, change.Column);
                if (defaulted.Identity != '\0')
                    throw PgException.Syntax($"column \"{change.Column}\" of relation \"{table.Info.Name}\" is an identity column");
                var value = change.Value is null ? null : _expressions.DefaultText(change.Value, defaulted);
                Change(table, defaulted, defaulted with { Default = value, Sequence = _expressions.SequenceOf(value) });
                break;
            case AlterColumnNotNull change:
                var nullable = Column(table, change.Column);
                if (nullable.NotNull == change.NotNull) return;
                if (!change.NotNull && table.Info.Constraints.Any(key => key.Kind == ConstraintKind.PrimaryKey && key.Columns.Contains(change.Column)))
                    throw new PgException("42P16", $"column \"{change.Column}\" is in a primary key");
                Change(table, nullable, nullable with { NotNull = change.NotNull });
                break;
            case AlterColumnType change:
                AlterType(table, change);
                break;
            case AlterColumnIdentity change:
                AlterIdentity(table, change);
                break;
            case AddConstraint add:
                Add(table, add);
                break;
            case DropConstraint drop:
                DropConstraint(table, drop);
                break;
            case RenameConstraint rename:
                Rename(table, rename);
                break;
            case SetSchema:
                throw PgException.Unsupported("ALTER TABLE SET SCHEMA is not supported by the embedded engine");
            default:
                throw PgException.Unsupported($"ALTER TABLE {action.GetType().Name} is not supported by the embedded engine");
        }
    }

    private void Add(StoredRelation table, AddColumn add)
    {
        if (table.Info.FindColumn(add.Column.Name) is not null && add.IfNotExists)
        {
            Skip(SqlStates.DuplicateColumn, $"column \"{add.Column.Name}\" of relation \"{table.Info.Name}\" already exists, skipping");
            return;
        }

        var builder = new TableBuilder(this, table);
        builder.Add(add.Column);
        var changed = builder.Build();
        if (add.Column.Constraints.IsEmpty && changed.Info.Columns[^1] is { Default: null, NotNull: false } column)
        {
            connection.Run($"ALTER TABLE {StorageNames.Sql(table.Info)} ADD COLUMN {StorageNames.Quote(column.Name)} BLOB{(column.Type.Oid == Oids.Numeric ? " COLLATE pg_numeric" : "")}");
            connection.Save(changed);
            return;
        }

        Rebuild(table, changed);
    }

    private void DropColumn(StoredRelation table, DropColumn drop)
    {
        if (table.Info.FindColumn(drop.Column) is not { } column)
        {
            if (!drop.IfExists) throw NoColumn(table, drop.Column);
            Skip(SqlStates.UndefinedColumn, $"column \"{drop.Column}\" of relation \"{table.Info.Name}\" does not exist, skipping");
            return;
        }

        RefuseForViews(table, drop.Column);
        var references = Referencing(table.Info).Where(key => key.Key.ReferencedColumns.Contains(drop.Column) && key.Table.Info.Oid != table.Info.Oid).ToList();
        if (references.Count > 0 && !drop.Cascade)
            throw new PgException("2BP01", $"cannot drop column {drop.Column} of table {table.Info.Name} because other objects depend on it")
            {
                Detail = string.Join('\n', references.Select(key =>
                    $"constraint {key.Key.Name} on table {key.Table.Info.Name} depends on column {drop.Column} of table {table.Info.Name}")),
                Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
            };
        foreach (var (other, key) in references) RemoveConstraint(connection.FindStored(other.Info.Oid)!, key.Name);
        bool Uses(string? expression) => expression is not null && MentionsColumn(expression, drop.Column);

        var info = table.Info;
        var indexes = info.Indexes.Where(index => !index.Columns.Any(name => name == drop.Column || (name.StartsWith('(') && Uses(name))) && !Uses(index.Predicate)).ToImmutableArray();
        foreach (var index in info.Indexes.Except(indexes))
            if (HasSqliteIndex(info, index.Name)) connection.Run($"DROP INDEX {TableSql.IndexName(info, index.Name)}");
        Rebuild(table, table with
        {
            Info = info with
            {
                Columns = info.Columns.Remove(column),
                Constraints = [.. info.Constraints.Where(constraint => !constraint.Columns.Contains(drop.Column))],
                Indexes = indexes,
            },
        });
        foreach (var sequence in OwnedSequences(info.Oid, drop.Column)) DropRelation(sequence, cascade: true, [info.Oid]);
    }

    private void AlterType(StoredRelation table, AlterColumnType change)
    {
        var column = Column(table, change.Column);
        var type = ColumnTypes.Resolve(change.Type, change.Column);
        RefuseForViews(table, change.Column);
        var reference = new ColumnRef([change.Column]);
        var source = change.Using ?? (Expr)new Cast(reference, change.Type, CastKind.Assignment);
        if (change.Using is null) RequireAssignment(table, column, type);
        var sql = type == column.Type && change.Using is null
            ? StorageNames.Quote(column.Name)
            : _expressions.Render(source, table.Info, type);
        var changed = column with { Type = type };
        // The default is converted as well, and fails where it cannot be.
        if (column.Default is { } value && column.Sequence is null) _expressions.Render(value, null, type);
        Rebuild(
            table,
            table with { Info = table.Info with { Columns = table.Info.Columns.Replace(column, changed) } },
            new() { [column.Name] = sql });
    }

    /// <summary>Without USING there must be a conversion that an assignment would use too.</summary>
    private void RequireAssignment(StoredRelation table, ColumnInfo column, TypeRef type)
    {
        try
        {
            _expressions.Bind(new ColumnRef([column.Name]), table.Info, type);
        }
        catch (PgException error) when (error.SqlState == SqlStates.DatatypeMismatch)
        {
            var wanted = Gateway.Types.TypeNames.Format(type.Oid, type.Typmod);
            throw new PgException(SqlStates.DatatypeMismatch, $"column \"{column.Name}\" cannot be cast automatically to type {wanted}")
            {
                Hint = $"You might need to specify \"USING {Identifiers.Quote(column.Name)}::{wanted}\".",
            };
        }
    }

    private void AlterIdentity(StoredRelation table, AlterColumnIdentity change)
    {
        var column = Column(table, change.Column);
        switch (change.Action)
        {
            case "add":
                if (column.Identity != '\0')
                    throw new PgException(SqlStates.ObjectNotInPrerequisiteState, $"column \"{column.Name}\" of relation \"{table.Info.Name}\" is already an identity column");
                if (!column.NotNull)
                    throw new PgException(SqlStates.ObjectNotInPrerequisiteState, $"column \"{column.Name}\" of relation \"{table.Info.Name}\" must be declared NOT NULL before identity can be added");
                var builder = new TableBuilder(this, table);
                builder.AddIdentity(column, change.Always, change.Options);
                Rebuild(table, builder.Build());
                break;
            case "set":
                if (column.Identity == '\0') throw NotIdentity();
                var generated = SequenceOptions.Find(change.Options, "generated")?.Value;
                if (generated is not null)
                    connection.Save(table with { Info = table.Info with { Columns = table.Info.Columns.Replace(column, column with { Identity = generated == "always" ? 'a' : 'd' }) } });
                foreach (var sequence in OwnedSequences(table.Info.Oid, column.Name)) Alter(sequence, change.Options);
                break;
            default:
                if (column.Identity == '\0')
                {
                    if (change.Action == "drop") throw NotIdentity();
                    Skip("00000", $"column \"{column.Name}\" of relation \"{table.Info.Name}\" is not an identity column, skipping");
                    return;
                }

                Change(table, column, column with { Identity = '\0', Sequence = null });
                foreach (var sequence in OwnedSequences(table.Info.Oid, column.Name)) DropRelation(sequence, cascade: true, []);
                break;
        }

        PgException NotIdentity() => new(SqlStates.ObjectNotInPrerequisiteState,
            $"column \"{column.Name}\" of relation \"{table.Info.Name}\" is not an identity column");
    }

    private void Add(StoredRelation table, AddConstraint add)
    {
        var builder = new TableBuilder(this, table);
        builder.Add(add.Constraint);
        var changed = builder.Build();
        var added = changed.Info.Constraints[^1];
        if (added.Kind == ConstraintKind.Unique)
        {
            CreateUnique(changed.Info, added.Name, TableSql.CreateKey(changed.Info, added, StorageNames.Quote(StorageNames.Of(changed.Info))));
            connection.Save(changed);
            return;
        }

        Rebuild(table, changed);
        if (added.Kind == ConstraintKind.ForeignKey && ConstraintErrors.FindMissingParent(connection, changed.Info, added) is { } missing) throw missing;
    }

    private void DropConstraint(StoredRelation table, DropConstraint drop)
    {
        var constraint = table.Info.Constraints.FirstOrDefault(candidate => candidate.Name == drop.Name);
        if (constraint is null)
        {
            if (!drop.IfExists)
                throw new PgException(SqlStates.UndefinedObject, $"constraint \"{drop.Name}\" of relation \"{table.Info.Name}\" does not exist");
            Skip("00000", $"constraint \"{drop.Name}\" of relation \"{table.Info.Name}\" does not exist, skipping");
            return;
        }

        if (constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique)
        {
            var users = Referencing(table.Info).Where(key => key.Key.ReferencedColumns.ToHashSet().SetEquals(constraint.Columns)).ToList();
            if (users.Count > 0 && !drop.Cascade)
                throw new PgException("2BP01", $"cannot drop constraint {drop.Name} on table {table.Info.Name} because other objects depend on it")
                {
                    Detail = string.Join('\n', users.Select(key => $"constraint {key.Key.Name} on table {key.Table.Info.Name} depends on index {drop.Name}")),
                    Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
                };
            foreach (var (other, key) in users) RemoveConstraint(connection.FindStored(other.Info.Oid)!, key.Name);
        }

        RemoveConstraint(connection.FindStored(table.Info.Oid)!, drop.Name);
    }

    private void RemoveConstraint(StoredRelation table, string name)
    {
        var constraint = table.Info.Constraints.First(candidate => candidate.Name == name);
        var changed = table with
        {
            Info = table.Info with
            {
                Constraints = table.Info.Constraints.Remove(constraint),
                Indexes = [.. table.Info.Indexes.Where(index => index.Name != name || constraint.Kind is not (ConstraintKind.PrimaryKey or ConstraintKind.Unique))],
            },
        };
        if (TableSql.IsIndex(constraint, TableSql.ClusteredColumn(table.Info)))
        {
            connection.Run($"DROP INDEX {TableSql.IndexName(table.Info, name)}");
            connection.Save(changed);
            return;
        }

        Rebuild(table, changed);
    }

    private void Rename(StoredRelation relation, string newName)
    {
        var info = relation.Info;
        if (info.Name == newName) throw Duplicate(newName);
        if (Exists(info.Schema, newName)) throw Duplicate(newName);
        RefuseForViews(relation, null);
        var renamed = relation with { Info = info with { Name = newName } };
        if (info.Kind != RelationKind.Table)
        {
            var view = connection.Query($"SELECT sql FROM {(info.Temporary ? "temp" : "main")}.sqlite_schema WHERE type = 'view' AND name = ?", row => row.GetString(0), StorageNames.Stored(info))[0];
            connection.Run($"DROP VIEW {StorageNames.Sql(info)}");
            var body = view[view.IndexOf(StorageNames.Quote(StorageNames.Of(info)), StringComparison.Ordinal)..][StorageNames.Quote(StorageNames.Of(info)).Length..];
            connection.Run($"CREATE {(info.Temporary ? "TEMP " : "")}VIEW {StorageNames.Quote(StorageNames.Of(renamed.Info))}{body}");
            connection.Save(renamed);
            if (info.Kind == RelationKind.Sequence)
                foreach (var (table, column) in DefaultsOf(relation))
                    connection.Save(table with { Info = table.Info with { Columns = table.Info.Columns.Replace(column, column with { Sequence = $"{info.Schema}.{newName}", Default = column.Default!.Replace(info.Name, newName, StringComparison.Ordinal) }) } });
            return;
        }

        connection.Run($"ALTER TABLE {StorageNames.Sql(info)} RENAME TO {StorageNames.Quote(StorageNames.Of(renamed.Info))}");
        foreach (var (table, _) in Referencing(info).DistinctBy(key => key.Table.Info.Oid))
        {
            var source = table.Info.Oid == info.Oid ? renamed : table;
            var changed = source with
            {
                Info = source.Info with
                {
                    Constraints = [.. source.Info.Constraints.Select(key => key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == info.Name && key.ReferencedSchema == info.Schema ? key with { ReferencedTable = newName } : key)],
                },
            };
            if (table.Info.Oid == info.Oid) renamed = changed;
            else connection.Save(changed);
        }

        connection.Save(renamed);
    }

    private void Rename(StoredRelation table, RenameColumn rename)
    {
        var column = Column(table, rename.Column);
        if (table.Info.FindColumn(rename.NewName) is not null)
            throw new PgException(SqlStates.DuplicateColumn, $"column \"{rename.NewName}\" of relation \"{table.Info.Name}\" already exists");
        RefuseForViews(table, rename.Column);
        connection.Run($"ALTER TABLE {StorageNames.Sql(table.Info)} RENAME COLUMN {StorageNames.Quote(rename.Column)} TO {StorageNames.Quote(rename.NewName)}");

        string Name(string name) => name == rename.Column ? rename.NewName : name;
        string Expression(string text) => ExpressionText.Of(Parser.ParseExpression(text), reference => reference.Name == rename.Column ? rename.NewName : null!);

        var info = table.Info;
        var changed = info with
        {
            Columns = [.. info.Columns.Select(c => (c == column ? c with { Name = rename.NewName } : c) with { Generated = c.Generated is null ? null : Expression(c.Generated) })],
            Constraints = [.. info.Constraints.Select(c => c with
            {
                Columns = [.. c.Columns.Select(Name)],
                Expression = c.Expression is null ? null : Expression(c.Expression),
            })],
            Indexes = [.. info.Indexes.Select(i => i with
            {
                Columns = [.. i.Columns.Select(name => name.StartsWith('(') ? $"({Expression(name)})" : Name(name))],
                Predicate = i.Predicate is null ? null : Expression(i.Predicate),
            })],
        };
        connection.Save(table with { Info = changed });
        foreach (var (other, _) in Referencing(changed).DistinctBy(key => key.Table.Info.Oid))
        {
            var current = connection.FindStored(other.Info.Oid)!;
            connection.Save(current with
            {
                Info = current.Info with
                {
                    Constraints = [.. current.Info.Constraints.Select(key => key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == info.Name && key.ReferencedSchema == info.Schema ? key with { ReferencedColumns = [.. key.ReferencedColumns.Select(Name)] } : key)],
                },
            });
        }

        foreach (var sequence in OwnedSequences(info.Oid, rename.Column))
            connection.Save(sequence with { Sequence = sequence.Sequence! with { OwnerColumn = rename.NewName } });
    }

    private void Rename(StoredRelation table, RenameConstraint rename)
    {
        var constraint = table.Info.Constraints.FirstOrDefault(candidate => candidate.Name == rename.Constraint)
            ?? throw new PgException(SqlStates.UndefinedObject, $"constraint \"{rename.Constraint}\" for table \"{table.Info.Name}\" does not exist");
        if (table.Info.Constraints.Any(candidate => candidate.Name == rename.NewName))
            throw new PgException(SqlStates.DuplicateObject, $"constraint \"{rename.NewName}\" for relation \"{table.Info.Name}\" already exists");
        if (TableSql.IsIndex(constraint, TableSql.ClusteredColumn(table.Info)))
            connection.Run($"DROP INDEX {TableSql.IndexName(table.Info, rename.Constraint)}");
        var changed = table with
        {
            Info = table.Info with
            {
                Constraints = table.Info.Constraints.Replace(constraint, constraint with { Name = rename.NewName }),
                Indexes = [.. table.Info.Indexes.Select(index => index.Name == rename.Constraint ? index with { Name = rename.NewName } : index)],
            },
        };
        if (TableSql.IsIndex(constraint, TableSql.ClusteredColumn(table.Info)))
        {
            var key = changed.Info.Constraints.First(candidate => candidate.Name == rename.NewName);
            connection.Run(TableSql.CreateKey(changed.Info, key, StorageNames.Quote(StorageNames.Of(changed.Info))));
            connection.Save(changed);
            return;
        }

        Rebuild(table, changed);
    }

    private void Change(StoredRelation table, ColumnInfo from, ColumnInfo to) =>
        Rebuild(table, table with { Info = table.Info with { Columns = table.Info.Columns.Replace(from, to) } });

    /// <summary>Copies a table into its new form, as SQLite's manual says to (lang_altertable.html, section 7).</summary>
    /// <param name="sources">Columns that are computed anew, as SQL over the old table.</param>
    private void Rebuild(StoredRelation old, StoredRelation changed, Dictionary<string, string>? sources = null)
    {
        var place = old.Info.Temporary ? "temp" : "main";
        var name = StorageNames.Sql(old.Info);
        var indexes = connection.Query(
            $"SELECT name, sql FROM {place}.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            row => (Name: row.GetString(0), Sql: row.GetString(1)),
            StorageNames.Stored(old.Info));
        connection.Run(TableSql.Create(changed.Info, $"{place}.{RebuildName}", _expressions));
        var targets = new List<string>();
        var values = new List<string>();
        foreach (var column in changed.Info.Columns)
        {
            if (column.Generated is not null) continue;
            var source = old.Info.Columns.FirstOrDefault(candidate => candidate.Number == column.Number);
            if (source is null) continue;
            if (column.NotNull && !source.NotNull && connection.Query(
                    $"SELECT 1 FROM {name} WHERE {StorageNames.Quote(source.Name)} IS NULL LIMIT 1", row => row.GetInt64(0)).Count > 0)
                throw new PgException(SqlStates.NotNullViolation, $"column \"{column.Name}\" of relation \"{changed.Info.Name}\" contains null values")
                {
                    SchemaName = changed.Info.Schema,
                    TableName = changed.Info.Name,
                    ColumnName = column.Name,
                };
            targets.Add(StorageNames.Quote(column.Name));
            values.Add(sources?.GetValueOrDefault(source.Name) ?? StorageNames.Quote(source.Name));
        }

        connection.Rebuilding = changed.Info;
        try
        {
            connection.Run(targets.Count == 0
                ? $"INSERT INTO {place}.{RebuildName} DEFAULT VALUES"
                : $"INSERT INTO {place}.{RebuildName} ({string.Join(", ", targets)}) SELECT {string.Join(", ", values)} FROM {name}");
        }
        catch (PgException error)
        {
            throw Reworded(error, changed.Info);
        }
        finally
        {
            connection.Rebuilding = null;
        }

        connection.Run($"DROP TABLE {name}");
        connection.LegacyAlterTable(true);
        try
        {
            connection.Run($"ALTER TABLE {place}.{RebuildName} RENAME TO {StorageNames.Quote(StorageNames.Of(changed.Info))}");
        }
        finally
        {
            connection.LegacyAlterTable(false);
        }

        var clustered = TableSql.ClusteredColumn(changed.Info);
        foreach (var (indexName, sql) in indexes)
            if (!changed.Info.Constraints.Any(key => StorageNames.Stored(changed.Info.Schema, key.Name) == indexName && TableSql.IsIndex(key, clustered))
                && changed.Info.Indexes.Any(index => StorageNames.Stored(changed.Info.Schema, index.Name) == indexName && !index.Primary))
                connection.Run(sql);
        foreach (var key in changed.Info.Constraints)
            if (TableSql.IsIndex(key, clustered))
                CreateUnique(changed.Info, key.Name, TableSql.CreateKey(changed.Info, key, StorageNames.Quote(StorageNames.Of(changed.Info))));
        connection.Save(changed);
    }

    // The copy fails on rows that were there before, which PostgreSQL words differently.
    private static PgException Reworded(PgException error, RelationInfo table) => error.SqlState switch
    {
        SqlStates.NotNullViolation => new PgException(SqlStates.NotNullViolation, $"column \"{error.ColumnName}\" of relation \"{table.Name}\" contains null values")
        {
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = error.ColumnName,
        },
        SqlStates.CheckViolation => new PgException(SqlStates.CheckViolation, $"check constraint \"{error.ConstraintName}\" of relation \"{table.Name}\" is violated by some row")
        {
            SchemaName = table.Schema,
            TableName = table.Name,
            ConstraintName = error.ConstraintName,
        },
        SqlStates.UniqueViolation => new PgException(SqlStates.UniqueViolation, $"could not create unique index \"{error.ConstraintName}\"")
        {
            Detail = error.Detail,
            SchemaName = table.Schema,
            TableName = table.Name,
            ConstraintName = error.ConstraintName,
        },
        _ => error,
    };

    private void RefuseForViews(StoredRelation table, string? column)
    {
        foreach (var view in AllStored().OrderBy(stored => stored.Info.Oid))
            if (view.DependsOn.Contains(table.Info.Oid) && (column is null || view.Info.Definition?.Contains(column, StringComparison.OrdinalIgnoreCase) != false))
                throw PgException.Unsupported(column is null
                    ? $"cannot rename \"{table.Info.Name}\" because view {view.Info.Name} depends on it: views are kept as text by the embedded engine"
                    : $"cannot change column {column} of table {table.Info.Name} because view {view.Info.Name} depends on it");
    }

    private bool HasSqliteIndex(RelationInfo table, string name) =>
        connection.Query(
            $"SELECT 1 FROM {(table.Temporary ? "temp" : "main")}.sqlite_schema WHERE type = 'index' AND name = ?",
            row => row.GetInt64(0),
            StorageNames.Stored(table.Schema, name)).Count > 0;

    private static bool MentionsColumn(string expression, string column)
    {
        var found = false;
        TreeWalk.Visit(Parser.ParseExpression(expression), node => found |= node is ColumnRef reference && reference.Name == column);
        return found;
    }

    private static ColumnInfo Column(StoredRelation table, string name) => table.Info.FindColumn(name) ?? throw NoColumn(table, name);

    private static PgException NoColumn(StoredRelation table, string name) =>
        new(SqlStates.UndefinedColumn, $"column \"{name}\" of relation \"{table.Info.Name}\" does not exist");
}
