using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    private void Drop(Drop drop)
    {
        if (drop.Kind is "type" or "domain")
        {
            DropTypes(drop);
            return;
        }

        var kind = drop.Kind switch
        {
            "table" => RelationKind.Table,
            "view" => RelationKind.View,
            "sequence" => RelationKind.Sequence,
            "index" or "schema" => RelationKind.Index,
            _ => throw PgException.Unsupported($"DROP {drop.Kind.ToUpperInvariant()} is not supported by the embedded engine"),
        };
        // Objects of one DROP may depend on each other.
        var together = new HashSet<uint>();
        if (kind != RelationKind.Index)
            foreach (var name in drop.Names)
                if (Find(name) is { } found) together.Add(found.Info.Oid);

        foreach (var name in drop.Names)
            switch (drop.Kind)
            {
                case "index":
                    DropIndex(name, drop.IfExists);
                    break;
                case "schema":
                    DropSchema(name.Last, drop.IfExists, drop.Cascade);
                    break;
                default:
                    DropRelation(name, drop.Kind, kind, drop.IfExists, drop.Cascade, together);
                    break;
            }
    }

    private void DropRelation(QualifiedName name, string kindName, RelationKind kind, bool ifExists, bool cascade, HashSet<uint> together)
    {
        var schemaMissing = name.Schema is { } schema && !connection.Schema.Schemas.Contains(schema) && schema != TemporarySchema;
        if (Find(name) is not { } relation)
        {
            var message = schemaMissing ? $"schema \"{name.Schema}\" does not exist" : $"{kindName} \"{name}\" does not exist";
            var state = schemaMissing ? SqlStates.InvalidSchemaName : SqlStates.UndefinedTable;
            if (!ifExists) throw new PgException(state, message);
            Skip("00000", schemaMissing ? $"schema \"{name.Schema}\" does not exist, skipping" : $"{kindName} \"{name.Last}\" does not exist, skipping");
            return;
        }

        if (relation.Info.Kind != kind)
            throw new PgException(SqlStates.WrongObjectType, $"\"{relation.Info.Name}\" is not a {kindName}")
            {
                Hint = relation.Info.Kind switch
                {
                    RelationKind.Table => "Use DROP TABLE to remove a table.",
                    RelationKind.View => "Use DROP VIEW to remove a view.",
                    RelationKind.Sequence => "Use DROP SEQUENCE to remove a sequence.",
                    _ => null,
                },
            };
        DropRelation(relation, cascade, together);
    }

    private void DropRelation(StoredRelation relation, bool cascade, HashSet<uint> together)
    {
        if (connection.FindStored(relation.Info.Oid) is null) return;
        var info = relation.Info;
        var views = AllStored().Where(view => view.DependsOn.Contains(info.Oid)).ToList();
        var keys = info.Kind == RelationKind.Table
            ? Referencing(info).Where(key => key.Table.Info.Oid != info.Oid).ToList()
            : [];
        var defaults = info.Kind == RelationKind.Sequence ? DefaultsOf(relation) : [];
        var dependents = new List<string>();
        foreach (var view in views)
            if (!together.Contains(view.Info.Oid)) dependents.Add($"view {view.Info.Name}");
        foreach (var (table, key) in keys)
            if (!together.Contains(table.Info.Oid)) dependents.Add($"constraint {key.Name} on table {table.Info.Name}");
        foreach (var (table, column) in defaults)
            if (!together.Contains(table.Info.Oid)) dependents.Add($"default value for column {column.Name} of table {table.Info.Name}");
        if (dependents.Count > 0 && !cascade)
            throw Dependents($"{NameOf(info.Kind)} {info.Name}", dependents);
        if (dependents.Count == 1) Skip("00000", $"drop cascades to {dependents[0]}");
        else if (dependents.Count > 1) Skip("00000", $"drop cascades to {dependents.Count} other objects");

        foreach (var view in views) DropRelation(view, cascade: true, together);
        foreach (var (table, key) in keys)
            if (!together.Contains(table.Info.Oid)) RemoveConstraint(connection.FindStored(table.Info.Oid)!, key.Name);
        foreach (var (table, column) in defaults)
            if (!together.Contains(table.Info.Oid) && connection.FindStored(table.Info.Oid) is { } owner)
                Rebuild(owner, owner with { Info = owner.Info with { Columns = owner.Info.Columns.Replace(column, column with { Default = null, Sequence = null, Identity = '\0' }) } });

        connection.Run($"DROP {(info.Kind == RelationKind.Table ? "TABLE" : "VIEW")} {StorageNames.Sql(info)}");
        connection.Remove(relation);
        if (info.Kind == RelationKind.Table)
            foreach (var sequence in OwnedSequences(info.Oid, null))
            {
                connection.Run($"DROP VIEW {StorageNames.Sql(sequence.Info)}");
                connection.Remove(sequence);
            }
    }

    private List<(StoredRelation Table, ColumnInfo Column)> DefaultsOf(StoredRelation sequence)
    {
        var name = $"{sequence.Info.Schema}.{sequence.Info.Name}";
        return
        [
            .. from table in AllStored()
               where table.Info.Kind == RelationKind.Table
               from column in table.Info.Columns
               where column.Sequence == name && column.Default is not null
               select (table, column),
        ];
    }

    private void DropIndex(QualifiedName name, bool ifExists)
    {
        var schemas = name.Schema is { } given ? [given] : SearchPath.Prepend(TemporarySchema);
        foreach (var schema in schemas)
        {
            if (FindIndex(schema, name.Last) is not { } found) continue;
            if (found.Key is { } key)
                throw new PgException("2BP01", $"cannot drop index {name.Last} because constraint {key.Name} on table {found.Table.Info.Name} requires it")
                {
                    Hint = $"You can drop constraint {key.Name} on table {found.Table.Info.Name} instead.",
                };
            connection.Run($"DROP INDEX {TableSql.IndexName(found.Table.Info, name.Last)}");
            connection.Save(found.Table with { Info = found.Table.Info with { Indexes = found.Table.Info.Indexes.Remove(found.Index!) } });
            return;
        }

        if (!ifExists) throw new PgException(SqlStates.UndefinedObject, $"index \"{name}\" does not exist");
        Skip("00000", $"index \"{name.Last}\" does not exist, skipping");
    }

    private void DropSchema(string name, bool ifExists, bool cascade)
    {
        if (SchemaModel.SystemSchemas.Contains(name))
            throw new PgException("2BP01", $"cannot drop schema {name} because it is required by the database system");
        if (!connection.Model.Schemas.TryGetValue(name, out var schema))
        {
            if (!ifExists) throw new PgException(SqlStates.InvalidSchemaName, $"schema \"{name}\" does not exist");
            Skip("00000", $"schema \"{name}\" does not exist, skipping");
            return;
        }

        var content = AllStored().Where(relation => relation.Info.Schema == name).OrderBy(relation => relation.Info.Oid).ToList();
        var listed = content.Where(relation => relation.Sequence is not { OwnerTable: not 0 })
            .Select(relation => (relation.Info.Oid, Text: $"{NameOf(relation.Info.Kind)} {name}.{relation.Info.Name}")).ToList();
        var types = connection.Model.Types.Values.Where(type => type.Schema == name).OrderBy(type => type.Oid).ToList();
        var outside = types.SelectMany(type => DependentsOf(type)).Where(dependent => dependent.Schema != name).ToList();
        listed.AddRange(types.Select(type => (type.Oid, $"type {Shown(type)}")));
        if (listed.Count > 0 && !cascade)
            throw new PgException("2BP01", $"cannot drop schema {name} because other objects depend on it")
            {
                Detail = string.Join('\n', listed.OrderBy(entry => entry.Oid).Select(entry => $"{entry.Text} depends on schema {name}")
                    .Concat(outside.Select(dependent => $"{dependent.Text} depends on {dependent.On}"))),
                Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
            };
        if (listed.Count + outside.Count == 1) Skip("00000", $"drop cascades to {listed[0].Text}");
        else if (listed.Count + outside.Count > 1) Skip("00000", $"drop cascades to {listed.Count + outside.Count} other objects");
        var together = content.Select(relation => relation.Info.Oid).ToHashSet();
        foreach (var relation in content.OrderBy(relation => relation.Info.Kind == RelationKind.View ? 0 : relation.Info.Kind == RelationKind.Table ? 1 : 2))
            DropRelation(relation, cascade: true, together);
        foreach (var type in types) DropType(type);
        connection.Remove(schema);
    }

    private static PgException Dependents(string what, List<string> dependents) =>
        new("2BP01", $"cannot drop {what} because other objects depend on it")
        {
            Detail = string.Join('\n', dependents.Select(dependent => $"{dependent} depends on {what}")),
            Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
        };

    private static string NameOf(RelationKind kind) => kind switch
    {
        RelationKind.View => "view",
        RelationKind.Sequence => "sequence",
        RelationKind.Index => "index",
        _ => "table",
    };
}
