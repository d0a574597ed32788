using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Sqlite;
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
        if (add.Column.Constraints.IsEmpty && changed.Info.Columns[^1] is { Default: null, NotNull: false } column && !Domains.Is(column.Type.Oid))
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
        if (column.Default is { } value && column.Sequence is null)
        {
            if (type.Oid >= UserTypes.FirstOid && !IsAssignable(table, column, type))
                throw new PgException(SqlStates.DatatypeMismatch, $"default for column \"{column.Name}\" cannot be cast automatically to type {Gateway.Types.TypeNames.Format(type.Oid, type.Typmod)}");
            _expressions.Render(value, null, type);
        }

        Rebuild(
            table,
            table with { Info = table.Info with { Columns = table.Info.Columns.Replace(column, changed) } },
            new() { [column.Name] = sql });
    }

    private bool IsAssignable(StoredRelation table, ColumnInfo column, TypeRef type)
    {
        try
        {
            _expressions.Bind(new ColumnRef([column.Name]), table.Info, type);
            return true;
        }
        catch (PgException error) when (error.SqlState == SqlStates.DatatypeMismatch)
        {
            return false;
        }
    }

    /// <summary>Without USING there must be a conversion that an assignment would use too.</summary>
    private void RequireAssignment(StoredRelation table, ColumnInfo column, TypeRef type)
    {
        if (IsAssignable(table, column, type)) return;
        var wanted = Gateway.Types.TypeNames.Format(type.Oid, type.Typmod);
        throw new PgException(SqlStates.DatatypeMismatch, $"column \"{column.Name}\" cannot be cast automatically to type {wanted}")
        {
            Hint = $"You might need to specify \"USING {Identifiers.Quote(column.Name)}::{wanted}\".",
        };
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
        if (TableSql.IsIndex(constraint, EmbeddedNames.ClusteredColumn(table.Info)))
        {
            connection.Run($"DROP INDEX {TableSql.IndexName(table.Info, name)}");
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

        var clustered = EmbeddedNames.ClusteredColumn(changed.Info);
        foreach (var (indexName, sql) in indexes)
            if (!changed.Info.Constraints.Any(key => StorageNames.Stored(changed.Info.Schema, key.Name) == indexName && TableSql.IsIndex(key, clustered))
                && changed.Info.Indexes.FirstOrDefault(index => StorageNames.Stored(changed.Info.Schema, index.Name) == indexName && !index.Primary) is { } index)
                CreateUnique(changed.Info, index.Name, Reindexed(old.Info, changed.Info, index, sql));
        foreach (var key in changed.Info.Constraints)
            if (TableSql.IsIndex(key, clustered))
                CreateUnique(changed.Info, key.Name, TableSql.CreateKey(changed.Info, key, StorageNames.Quote(StorageNames.Of(changed.Info))));
        connection.Save(changed);
    }

    /// <summary>An index's SQL holds the key function of its columns' types: written anew where such a type has changed.</summary>
    private static string Reindexed(RelationInfo old, RelationInfo changed, IndexInfo index, string sql)
    {
        if (VectorIndex.Is(index.Method) || !index.Columns.Any(HasNewKey)) return sql;
        if (index.Predicate is not null || index.Columns.Any(column => changed.FindColumn(column) is null))
            throw PgException.Unsupported($"another type of a column of index \"{index.Name}\", which has expressions or a condition, is not supported by the embedded engine");
        var terms = index.Columns.Select((column, i) => KeyColumns.Term(column, changed.FindColumn(column)!.Type.Oid) + (index.Descending.Contains(i) ? " DESC" : ""));
        return $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {TableSql.IndexName(changed, index.Name)} ON {StorageNames.Quote(StorageNames.Of(changed))} ({string.Join(", ", terms)})";

        bool HasNewKey(string column) =>
            changed.FindColumn(column) is { } now && old.Columns.FirstOrDefault(c => c.Number == now.Number) is { } before
            && before.Type.Oid != now.Type.Oid && (KeyColumns.HasSeveralForms(before.Type.Oid) || KeyColumns.HasSeveralForms(now.Type.Oid));
    }

    // The copy fails on rows that were there before, which PostgreSQL words differently.
    private static PgException Reworded(PgException error, RelationInfo table) => error.SqlState switch
    {
        _ when error.DataTypeName is not null => error,
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
