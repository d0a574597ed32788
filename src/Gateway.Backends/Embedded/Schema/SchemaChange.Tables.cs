using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    private readonly DdlExpressions _expressions = new(connection);

    private void Create(CreateTable create)
    {
        if (create.Partitioning is not null) throw PgException.Unsupported("table partitioning is not supported by the embedded engine");
        if (!create.Inherits.IsEmpty) throw PgException.Unsupported("table inheritance is not supported by the embedded engine");
        var schema = SchemaFor(create.Name, create.Temporary);
        RequireTemporary(create.OnCommit, schema);
        if (Exists(schema, create.Name.Last))
        {
            if (!create.IfNotExists) throw Duplicate(create.Name.Last);
            Skip(SqlStates.DuplicateTable, $"relation \"{create.Name.Last}\" already exists, skipping");
            return;
        }

        RequireNoType(schema, create.Name.Last);
        var table = new TableBuilder(this, schema, create.Name.Last, create.Temporary || schema == TemporarySchema);
        // LIKE clauses and columns come in the order they were written.
        foreach (var element in create.Columns.Cast<Node>().Concat(create.Like).OrderBy(element => element.Position))
            if (element is ColumnDefinition column) table.Add(column);
            else table.Add((LikeClause)element);
        foreach (var constraint in create.Constraints) table.Add(constraint);
        MakeTable(table.Build() with { OnCommit = create.OnCommit });
    }

    /// <summary>Makes the table of a finished description, with its keys and indexes.</summary>
    private void MakeTable(StoredRelation table)
    {
        connection.Run(TableSql.Create(table.Info, StorageNames.Sql(table.Info), _expressions));
        foreach (var sql in TableSql.CreateKeys(table.Info, StorageNames.Quote(StorageNames.Of(table.Info)))) connection.Run(sql);
        connection.Save(table);
    }

    internal uint NextOid() => connection.Database.NextOid();

    private void MakeSequence(string schema, string name, uint oid, bool temporary, SequenceDefinition definition)
    {
        var info = new RelationInfo(oid, schema, name, RelationKind.Sequence,
        [
            new ColumnInfo("last_value", 1, new TypeRef(Oids.Int8), NotNull: true),
            new ColumnInfo("log_cnt", 2, new TypeRef(Oids.Int8), NotNull: true),
            new ColumnInfo("is_called", 3, new TypeRef(Oids.Bool), NotNull: true),
        ])
        {
            Temporary = temporary,
        };
        // SELECT last_value FROM the_sequence is what clients write.
        connection.Run($"CREATE {(temporary ? "TEMP " : "")}VIEW {StorageNames.Quote(StorageNames.Of(info))} AS SELECT __pgwire_sequence_last({oid}) AS last_value, 0 AS log_cnt, __pgwire_sequence_called({oid}) AS is_called");
        connection.AddSequence(oid, definition.Start, temporary);
        connection.Save(new StoredRelation(info) { Sequence = definition });
    }

    internal const string TemporarySchema = "pg_temp";

    private IReadOnlyList<string> SearchPath => connection.Session?.SearchPath ?? ["public"];

    /// <summary>The schema a new object goes to.</summary>
    private string SchemaFor(QualifiedName name, bool temporary)
    {
        if (temporary)
            return name.Schema is null or TemporarySchema
                ? TemporarySchema
                : throw new PgException("42P16", "cannot create temporary relation in non-temporary schema");
        if (name.Schema is { } schema)
        {
            if (schema == TemporarySchema) return schema;
            RequireSchema(schema);
            return schema;
        }

        foreach (var candidate in SearchPath)
            if (connection.Model.Schemas.ContainsKey(candidate)) return candidate;
        throw new PgException(SqlStates.InvalidSchemaName, "no schema has been selected to create in");
    }

    private void RequireSchema(string schema)
    {
        if (SchemaModel.SystemSchemas.Contains(schema))
            throw new PgException(SqlStates.InsufficientPrivilege, $"permission denied for schema {schema}");
        if (!connection.Model.Schemas.ContainsKey(schema))
            throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{schema}\" does not exist");
    }

    /// <summary>Tables, views, sequences and indexes of a schema share their names.</summary>
    private bool Exists(string schema, string name) =>
        connection.Schema.Find(schema, name) is not null || FindIndex(schema, name) is not null;

    private (StoredRelation Table, IndexInfo? Index, ConstraintInfo? Key)? FindIndex(string schema, string name)
    {
        foreach (var info in connection.Schema.Relations)
        {
            if (info.Schema != schema) continue;
            var index = info.Indexes.FirstOrDefault(candidate => candidate.Name == name);
            var key = info.Constraints.FirstOrDefault(candidate =>
                candidate.Name == name && candidate.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && candidate.Name == name);
            if ((index is not null || key is not null) && connection.FindStored(info.Oid) is { } stored) return (stored, index, key);
        }

        return null;
    }

    /// <summary>An existing relation of ours, or null.</summary>
    private StoredRelation? Find(QualifiedName name)
    {
        if (name.Catalog is { } catalog && catalog != connection.Database.Name)
            throw PgException.Unsupported($"cross-database references are not implemented: \"{name}\"");
        return connection.Schema.Resolve(name.Schema, name.Last, SearchPath) is { } info
            ? connection.FindStored(info.Oid) ?? throw new PgException(SqlStates.InsufficientPrivilege,
                $"permission denied: \"{info.Name}\" is a system catalog")
            : null;
    }

    private StoredRelation FindTable(QualifiedName name)
    {
        var found = Find(name) ?? throw Undefined(name);
        return found.Info.Kind == RelationKind.Table
            ? found
            : throw new PgException(SqlStates.WrongObjectType, $"\"{found.Info.Name}\" is not a table");
    }

    private static PgException Undefined(QualifiedName name) =>
        new(SqlStates.UndefinedTable, $"relation \"{name}\" does not exist");

    private static PgException Duplicate(string name) => new(SqlStates.DuplicateTable, $"relation \"{name}\" already exists");

    private void Skip(string sqlState, string message) => connection.Session?.Notify(new Notice("NOTICE", sqlState, message));
}
