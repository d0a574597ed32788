using System.Collections.Immutable;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    private void Create(CreateIndex create)
    {
        var isVector = VectorIndex.Is(create.Method);
        if (create.Method is not "btree" && !isVector) throw PgException.Unsupported($"access method \"{create.Method}\" is not supported by the embedded engine");
        if (!isVector && !create.Include.IsDefaultOrEmpty) throw PgException.Unsupported("INCLUDE columns are not supported by the embedded engine");
        if (create.NullsNotDistinct) throw PgException.Unsupported("NULLS NOT DISTINCT is not supported by the embedded engine");
        var table = FindTable(create.Table);
        var info = table.Info;
        var columns = new List<string>();
        var labels = new List<string>();
        var terms = new List<string>();
        foreach (var element in create.Elements)
        {
            // PostgreSQL's defaults are taken as not written: no result shows in which order an index keeps its NULLs.
            if (!isVector && element.Nulls != NullsOrder.Default && (element.Nulls == NullsOrder.First) != element.Descending)
                throw PgException.Unsupported("NULLS FIRST or LAST other than the default of an index is not supported by the embedded engine");
            if (element.Collation is { Last: not ("C" or "POSIX" or "default" or "ucs_basic") } collation)
                throw PgException.Unsupported($"collation \"{collation.Last}\" is not supported by the embedded engine");
            if (element.Value is ColumnRef { Parts: [var name] })
            {
                if (info.FindColumn(name) is not { } indexed) throw new PgException(SqlStates.UndefinedColumn, $"column \"{name}\" does not exist");
                columns.Add(name);
                labels.Add(name);
                terms.Add(isVector ? StorageNames.Quote(name) : KeyColumns.Term(name, indexed.Type.Oid));
            }
            else
            {
                columns.Add($"({PostgresDialect.Write(element.Value)})");
                labels.Add(element.Value is FunctionCall call ? call.Name.Last : "expr");
                terms.Add(_expressions.Render(element.Value, info, default));
            }

            if (element.Descending) terms[^1] += " DESC";
            if (isVector) VectorIndex.Check(create, element.Value is ColumnRef { Parts: [var column] } ? info.FindColumn(column)!.Type : _expressions.Bind(element.Value, info, default).Type);
        }

        if (create.Name is { } given && Exists(info.Schema, given))
        {
            if (!create.IfNotExists) throw Duplicate(given);
            Skip(SqlStates.DuplicateTable, $"relation \"{given}\" already exists, skipping");
            return;
        }

        var chosen = create.Name ?? ObjectNames.Choose(info.Name, labels, "idx", candidate => Exists(info.Schema, candidate));
        var where = create.Where is null ? "" : " WHERE " + _expressions.Render(create.Where, info, new TypeRef(Oids.Bool));

        // An index on no row: it has a name, is dropped, renamed and copied as any other, and costs nothing.
        if (isVector) where = " WHERE 0";
        CreateUnique(
            info,
            chosen,
            $"CREATE {(create.Unique ? "UNIQUE " : "")}INDEX {TableSql.IndexName(info, chosen)} ON {StorageNames.Quote(StorageNames.Of(info))} ({string.Join(", ", terms)}){where}");
        var index = new IndexInfo(NextOid(), chosen, create.Unique, false, [.. columns], create.Method, create.Where is null ? null : PostgresDialect.Write(create.Where))
        {
            Descending = [.. create.Elements.Select((element, i) => (element, i)).Where(pair => pair.element.Descending).Select(pair => pair.i)],
            OperatorClass = isVector ? VectorIndex.OperatorClass(create) : null,
            Options = isVector ? VectorIndex.Options(create) : null,
        };
        connection.Save(table with { Info = info with { Indexes = info.Indexes.Add(index) } });
    }

    private void CreateUnique(RelationInfo table, string name, string sql)
    {
        try
        {
            connection.Run(sql);
        }
        catch (PgException error) when (error.SqlState is SqlStates.UniqueViolation or "23000")
        {
            throw new PgException(SqlStates.UniqueViolation, $"could not create unique index \"{name}\"")
            {
                Detail = error.Detail,
                SchemaName = table.Schema,
                TableName = table.Name,
                ConstraintName = name,
            };
        }
    }

    private void Create(CreateSchema create)
    {
        var name = create.Name ?? create.Authorization ?? throw PgException.Syntax("schema name is missing");
        if (connection.Model.Schemas.ContainsKey(name) || SchemaModel.SystemSchemas.Contains(name))
        {
            if (!create.IfNotExists) throw new PgException(SqlStates.DuplicateSchema, $"schema \"{name}\" already exists");
            Skip(SqlStates.DuplicateSchema, $"schema \"{name}\" already exists, skipping");
            return;
        }

        if (name.StartsWith("pg_", StringComparison.Ordinal))
            throw new PgException("42939", $"unacceptable schema name \"{name}\"") { Detail = "The prefix \"pg_\" is reserved for system schemas." };
        connection.Save(new SchemaEntry(NextOid(), name));
    }

    /// <remarks>One role owns everything, so that an owner is not written down.</remarks>
    private void Alter(AlterSchema alter)
    {
        RequireSchema(alter.Name);
        if (alter.Action is RenameTo) throw PgException.Unsupported("ALTER SCHEMA RENAME is not supported by the embedded engine");
    }

    private void Create(CreateSequence create)
    {
        var schema = SchemaFor(create.Name, create.Temporary);
        if (Exists(schema, create.Name.Last))
        {
            if (!create.IfNotExists) throw Duplicate(create.Name.Last);
            Skip(SqlStates.DuplicateTable, $"relation \"{create.Name.Last}\" already exists, skipping");
            return;
        }

        var definition = Owned(SequenceOptions.Create(Oids.Int8, create.Options), create.Options);
        MakeSequence(schema, create.Name.Last, NextOid(), schema == TemporarySchema, definition);
    }

    private void Alter(AlterSequence alter)
    {
        if (Find(alter.Name) is not { } sequence)
        {
            if (!alter.IfExists) throw Undefined(alter.Name);
            Skip(SqlStates.UndefinedTable, $"relation \"{alter.Name.Last}\" does not exist, skipping");
            return;
        }

        Alter(sequence, alter.Options);
    }

    private void Alter(StoredRelation sequence, ImmutableArray<SequenceOption> options)
    {
        if (sequence.Sequence is not { } old)
            throw new PgException(SqlStates.WrongObjectType, $"\"{sequence.Info.Name}\" is not a sequence");
        var definition = Owned(SequenceOptions.Alter(old, options), options);
        connection.Save(sequence with { Sequence = definition });
        if (SequenceOptions.Find(options, "restart") is not null)
        {
            var restart = SequenceOptions.Number(options, "restart") ?? definition.Start;
            if (restart < definition.Min) throw new PgException(SqlStates.InvalidParameterValue, $"RESTART value ({restart}) cannot be less than MINVALUE ({definition.Min})");
            if (restart > definition.Max) throw new PgException(SqlStates.InvalidParameterValue, $"RESTART value ({restart}) cannot be greater than MAXVALUE ({definition.Max})");
            connection.SetSequence(sequence.Info.Oid, restart, false, sequence.Info.Temporary);
        }
    }

    private SequenceDefinition Owned(SequenceDefinition definition, ImmutableArray<SequenceOption> options)
    {
        if (SequenceOptions.Find(options, "owned by")?.Value is not { } owner) return definition;
        if (owner == "none") return definition with { OwnerTable = 0, OwnerColumn = null };
        var parts = owner.Split('.');
        if (parts.Length < 2) throw PgException.Syntax("invalid OWNED BY option");
        var table = FindTable(new QualifiedName([.. parts[..^1]]));
        if (table.Info.FindColumn(parts[^1]) is null)
            throw new PgException(SqlStates.UndefinedColumn, $"column \"{parts[^1]}\" of relation \"{table.Info.Name}\" does not exist");
        return definition with { OwnerTable = table.Info.Oid, OwnerColumn = parts[^1] };
    }

    private void SetComment(Comment comment)
    {
        switch (comment.Kind)
        {
            case "table" or "view" or "sequence":
                var relation = Find(comment.Name) ?? throw Undefined(comment.Name);
                connection.Save(relation with { Info = relation.Info with { Comment = comment.Text } });
                break;
            case "column":
                var table = new QualifiedName(comment.Name.Parts[..^1]);
                var owner = Find(table) ?? throw Undefined(table);
                var column = owner.Info.FindColumn(comment.Name.Last)
                    ?? throw new PgException(SqlStates.UndefinedColumn, $"column \"{comment.Name.Last}\" of relation \"{owner.Info.Name}\" does not exist");
                connection.Save(owner with { Info = owner.Info with { Columns = owner.Info.Columns.Replace(column, column with { Comment = comment.Text }) } });
                break;
            case "type" or "domain":
                connection.Save(FindType(comment.Name) with { Comment = comment.Text });
                break;
            case "schema":
                var schema = connection.Model.Schemas.GetValueOrDefault(comment.Name.Last)
                    ?? throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{comment.Name.Last}\" does not exist");
                connection.Save(schema with { Comment = comment.Text });
                break;
            case "index":
                var holder = connection.Model.Relations.Values.FirstOrDefault(candidate =>
                    candidate.Info.Indexes.Any(index => index.Name == comment.Name.Last)
                    && (comment.Name.Schema is { } named ? candidate.Info.Schema == named : SearchPath.Contains(candidate.Info.Schema)))
                    ?? throw Undefined(comment.Name);
                var old = holder.Info.Indexes.First(index => index.Name == comment.Name.Last);
                connection.Save(holder with { Info = holder.Info with { Indexes = holder.Info.Indexes.Replace(old, old with { Comment = comment.Text }) } });
                break;
            default:
                throw PgException.Unsupported($"COMMENT ON {comment.Kind.ToUpperInvariant()} is not supported by the embedded engine");
        }
    }

    /// <summary>Names are checked; there is nothing to do: SQLite reuses the room of deleted rows by itself.</summary>
    private void Vacuum(VacuumStatement vacuum)
    {
        if (vacuum.Vacuum && connection.InTransaction)
            throw new PgException(SqlStates.ActiveSqlTransaction, "VACUUM cannot run inside a transaction block");
        foreach (var name in vacuum.Tables)
        {
            var relation = connection.Schema.Resolve(name.Schema, name.Last, connection.Session?.SearchPath ?? ["public"])
                ?? throw new PgException(SqlStates.UndefinedTable, $"relation \"{name}\" does not exist");
            if (relation.Kind is RelationKind.Table or RelationKind.MaterializedView) continue;
            connection.Session?.Notify(new Notice(
                "WARNING", "01000", $"skipping \"{relation.Name}\" --- cannot {(vacuum.Vacuum ? "vacuum" : "analyze")} non-tables or special system tables"));
        }
    }

    private void Truncate(TruncateStatement truncate)
    {
        var tables = truncate.Tables.Select(FindTable).DistinctBy(table => table.Info.Oid).ToList();
        for (var i = 0; i < tables.Count; i++)
            foreach (var referencing in Referencing(tables[i].Info))
            {
                if (tables.Exists(table => table.Info.Oid == referencing.Table.Info.Oid)) continue;
                if (!truncate.Cascade)
                    throw new PgException(SqlStates.FeatureNotSupported, "cannot truncate a table referenced in a foreign key constraint")
                    {
                        Detail = $"Table \"{referencing.Table.Info.Name}\" references \"{tables[i].Info.Name}\".",
                        Hint = $"Truncate table \"{referencing.Table.Info.Name}\" at the same time, or use TRUNCATE ... CASCADE.",
                    };
                Skip("00000", $"truncate cascades to table \"{referencing.Table.Info.Name}\"");
                tables.Add(referencing.Table);
            }

        foreach (var table in tables)
        {
            connection.Run($"DELETE FROM {StorageNames.Sql(table.Info)}");
            if (!truncate.RestartIdentity) continue;
            foreach (var sequence in OwnedSequences(table.Info.Oid, null))
                connection.SetSequence(sequence.Info.Oid, sequence.Sequence!.Start, false, sequence.Info.Temporary);
        }
    }

    private IEnumerable<StoredRelation> AllStored() =>
        connection.Schema.Relations.Select(info => connection.FindStored(info.Oid)).OfType<StoredRelation>();

    /// <summary>Foreign keys of other tables (and its own) that point at a table.</summary>
    private List<(StoredRelation Table, ConstraintInfo Key)> Referencing(RelationInfo table) =>
    [
        .. from candidate in AllStored()
           where candidate.Info.Temporary == table.Temporary
           from key in candidate.Info.Constraints
           where key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == table.Name && key.ReferencedSchema == table.Schema
           orderby candidate.Info.Oid, key.Oid
           select (candidate, key),
    ];

    private List<StoredRelation> OwnedSequences(uint table, string? column) =>
        [.. AllStored().Where(relation => relation.Sequence is { } sequence && sequence.OwnerTable == table && (column is null || sequence.OwnerColumn == column))];
}
