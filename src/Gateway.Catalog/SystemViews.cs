using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Catalog;

/// <summary>The views of pg_catalog and information_schema: queries over its tables, from Data/views.sql.</summary>
internal static class SystemViews
{
    private static readonly Lazy<ImmutableArray<RelationInfo>> Views = new(Load);

    private static readonly Lazy<SchemaSnapshot> Schema = new(() =>
        new SchemaSnapshot(0, [SystemCatalog.Schema, SystemCatalog.InformationSchema], SystemCatalog.Relations));

    public static ImmutableArray<RelationInfo> All => Views.Value;

    /// <summary>Blocks that begin with <c>-- schema.name</c>; a block without a query is a view without rows.</summary>
    private static ImmutableArray<RelationInfo> Load()
    {
        using var stream = typeof(SystemViews).Assembly.GetManifestResourceStream("Gateway.Catalog.Data.views.sql")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var views = ImmutableArray.CreateBuilder<RelationInfo>();
        foreach (var block in reader.ReadToEnd().Split("-- ").Skip(1))
        {
            var end = block.IndexOf('\n', StringComparison.Ordinal);
            var query = block[end..].Trim().TrimEnd(';');
            foreach (var name in block[..end].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = name.Split('.', 2);
                var info = SystemCatalog.Describe(parts[0], parts[1]);
                views.Add(info with
                {
                    Definition = query.Length > 0 ? query : "SELECT " + string.Join(", ", info.Columns.Select(column => $"NULL AS {Identifiers.Quote(column.Name)}")) + " WHERE false",
                });
            }
        }

        return [.. views.Select(view => view with { Expansion = new Lazy<Query>(() => Bind(view)) })];
    }

    /// <summary>The query with each column in its declared type.</summary>
    private static Query Bind(RelationInfo view)
    {
        var bound = Bind(view.Definition!);
        if (bound.Columns.Length != view.Columns.Length)
            throw new InvalidOperationException($"{view.Name} has {view.Columns.Length} columns, its query {bound.Columns.Length}");
        for (var i = 0; i < view.Columns.Length; i++)
            if (bound.Columns[i].Name != view.Columns[i].Name) throw new InvalidOperationException($"{view.Name}.{view.Columns[i].Name} is {bound.Columns[i].Name} in its query");
        if (!bound.Columns.Zip(view.Columns).All(pair => pair.First.Type.Oid == pair.Second.Type.Oid))
            bound = Bind($"SELECT {string.Join(", ", view.Columns.Select((column, i) => Cast(column, bound.Columns[i].Type)))} FROM ({view.Definition}) AS v");
        return ((QueryStatement)bound.Tree).Query;
    }

    private static string Cast(ColumnInfo column, TypeRef actual)
    {
        var name = Identifiers.Quote(column.Name);
        return actual.Oid == column.Type.Oid ? name : $"{name}::{Types.TypeNames.Format(column.Type.Oid)} AS {name}";
    }

    private static BoundStatement Bind(string text) => new Analyzer(Schema.Value, [SystemCatalog.Schema]).Bind(new QueryStatement(Parser.ParseQuery(text)), []);
}
