using System.Collections.Immutable;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Iris.Schema;

/// <summary>From INFORMATION_SCHEMA and the gateway's own documents to the metadata that the SQL front end works with.</summary>
/// <remarks>
/// IRIS ignores the case of names, PostgreSQL folds what is not quoted to lower case: names of tables that were there
/// before are shown in lower case, and kept as they are in Remote.
/// </remarks>
internal sealed class SchemaReader(InformationSchema found)
{
    private readonly StableOids _oids = new();
    private readonly ILookup<(string, string), ColumnRow> _columns = found.Columns.ToLookup(row => Key(row.Schema, row.Table));
    private readonly ILookup<(string, string), KeyRow> _keys = found.Keys.ToLookup(row => Key(row.Schema, row.Table));
    private readonly ILookup<(string, string), IndexRow> _indexes = found.Indexes.ToLookup(row => Key(row.Schema, row.Table));
    private readonly ILookup<(string, string), ReferenceRow> _references = found.References.ToLookup(row => Key(row.Schema, row.Table));
    private readonly ILookup<(string, string), ViewRow> _views = found.Views.ToLookup(row => Key(row.Schema, row.Name));

    /// <summary>Everything but the gateway's own table, ordered by name.</summary>
    public List<RelationInfo> Relations() =>
    [
        .. found.Tables
            .Where(table => !IsOwn(table.Schema))
            .OrderBy(table => table.Schema, IrisNames.Comparer).ThenBy(table => table.Name, IrisNames.Comparer)
            .Select(Relation),
    ];

    public IEnumerable<string> Schemas() => found.Schemas.Concat(found.Tables.Select(table => table.Schema))
        .Where(schema => !IsOwn(schema))
        .Select(SchemaOf);

    private static bool IsOwn(string schema) => IrisNames.Comparer.Equals(schema, CatalogTable.Schema);

    private static string SchemaOf(string schema) => IrisNames.FromSchema(schema).ToLowerInvariant();

    private static string NameOf(string name) => name.ToLowerInvariant();

    private static (string, string) Key(string schema, string name) => (schema.ToUpperInvariant(), name.ToUpperInvariant());

    private RelationInfo Relation(TableRow table)
    {
        var key = Key(table.Schema, table.Name);
        var isView = table.Type.Contains("VIEW", StringComparison.OrdinalIgnoreCase);
        return new RelationInfo(
            _oids.Of('r', table.Schema, table.Name),
            SchemaOf(table.Schema),
            NameOf(table.Name),
            isView ? RelationKind.View : RelationKind.Table,
            [.. _columns[key].OrderBy(column => column.Position).Select((column, i) => Column(column, (short)(i + 1)))])
        {
            Constraints = isView ? [] : [.. Constraints(table, key)],
            Indexes = isView ? [] : [.. Indexes(table, key)],
            Definition = isView ? _views[key].FirstOrDefault()?.Definition : null,
            Comment = string.IsNullOrEmpty(table.Description) ? null : table.Description,
            Remote = new RemoteTable(table.Schema, table.Name, Foreign: true),
        };
    }

    private static ColumnInfo Column(ColumnRow column, short number) => new(
        NameOf(column.Name),
        number,
        ForeignTypes.Of(column),
        !column.Nullable,
        Identity: column.Identity ? 'a' : column.AutoIncrement ? 'd' : '\0',
        Comment: string.IsNullOrEmpty(column.Description) ? null : column.Description)
    {
        Remote = new RemoteColumn(column.Name, column.DataType, ForeignTypes.FoldsCase(column.DataType)),
    };

    private IEnumerable<ConstraintInfo> Constraints(TableRow table, (string, string) key)
    {
        foreach (var rows in _keys[key].GroupBy(row => row.Name, IrisNames.Comparer).OrderBy(rows => rows.Key, IrisNames.Comparer))
        {
            var columns = rows.OrderBy(row => row.Position).ToList();
            var name = NameOf(rows.Key);
            var oid = _oids.Of('c', table.Schema, table.Name, rows.Key);
            switch (columns[0].Type)
            {
                case "PRIMARY KEY":
                    yield return new ConstraintInfo(oid, name, ConstraintKind.PrimaryKey, Names(columns), ReferencedColumns: []);
                    break;
                case "UNIQUE":
                    yield return new ConstraintInfo(oid, name, ConstraintKind.Unique, Names(columns), ReferencedColumns: []);
                    break;
                case "FOREIGN KEY" when columns[0] is { ReferencedSchema: { } schema, ReferencedTable: { } referenced }:
                    var rule = _references[key].FirstOrDefault(row => IrisNames.Comparer.Equals(row.Name, rows.Key));
                    yield return new ConstraintInfo(
                        oid, name, ConstraintKind.ForeignKey, Names(columns), null, SchemaOf(schema), NameOf(referenced),
                        [.. columns.Select(column => NameOf(column.ReferencedColumn ?? ""))], Action(rule?.OnDelete), Action(rule?.OnUpdate));
                    break;
            }
        }
    }

    private static ImmutableArray<string> Names(List<KeyRow> columns) => [.. columns.Select(column => NameOf(column.Column))];

    private static string? Action(string? rule) => rule?.ToLowerInvariant() is "cascade" or "set null" or "set default" ? rule.ToLowerInvariant() : null;

    private IEnumerable<IndexInfo> Indexes(TableRow table, (string, string) key)
    {
        foreach (var rows in _indexes[key].GroupBy(row => row.Name, IrisNames.Comparer).OrderBy(rows => rows.Key, IrisNames.Comparer))
        {
            var columns = rows.Where(row => row.Column is not null).OrderBy(row => row.Position).ToList();
            if (columns.Count == 0) continue;
            yield return new IndexInfo(
                _oids.Of('i', table.Schema, table.Name, rows.Key), NameOf(rows.Key), columns[0].Unique, columns[0].Primary,
                [.. columns.Select(column => NameOf(column.Column!))]);
        }
    }
}
