using Gateway.Catalog;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>pg_indexam_has_property and kin: what access methods, indexes and their columns can do (manual, tables 9.72 to 9.74).</summary>
internal static class IndexProperties
{
    // The access methods that can, by name: those of PostgreSQL and pgvector.
    private static readonly Dictionary<string, string[]> OfMethod = new(StringComparer.OrdinalIgnoreCase)
    {
        ["can_order"] = ["btree"],
        ["can_unique"] = ["btree"],
        ["can_multi_col"] = ["btree", "gist", "gin", "brin"],
        ["can_exclude"] = ["btree", "hash", "gist", "spgist"],
        ["can_include"] = ["btree", "gist", "spgist"],
    };

    // Below, only those an index here can be of.
    private static readonly Dictionary<string, string[]> OfIndex = new(StringComparer.OrdinalIgnoreCase)
    {
        ["clusterable"] = ["btree"],
        ["index_scan"] = ["btree", "hnsw", "ivfflat"],
        ["bitmap_scan"] = ["btree"],
        ["backward_scan"] = ["btree"],
    };

    public static void AddTo(FunctionTable f)
    {
        f.Stable("pg_indexam_has_property", 2, c => Return(c, Has(OfMethod, c.Text(1), AccessMethods.Name(c.Int(0)))));
        f.Stable("pg_index_has_property", 2, c => Return(c, Has(OfIndex, c.Text(1), IndexOf(c)?.Method)));
        f.Stable("pg_index_column_has_property", 3, c =>
        {
            if (IndexOf(c) is { } index && c.Int(1) >= 1 && c.Int(1) <= index.Columns.Length) Return(c, Column(index, (int)c.Int(1) - 1, c.Text(2)));
        });
    }

    private static IndexInfo? IndexOf(Call c) => c.Host.Names.Image.Find(c.Oid(0))?.Index;

    private static void Return(Call c, bool? answer)
    {
        if (answer is { } known) c.Return(known);
    }

    private static bool? Has(Dictionary<string, string[]> properties, string property, string? method) =>
        method is not null && properties.TryGetValue(property, out var methods) ? methods.Contains(method) : null;

    private static bool? Column(IndexInfo index, int column, string property)
    {
        var ordered = index.Method == "btree";
        var descending = index.Descending.Contains(column);
        return property.ToLowerInvariant() switch
        {
            "asc" or "nulls_last" => ordered && !descending,
            "desc" or "nulls_first" => ordered && descending,
            "orderable" or "returnable" or "search_array" or "search_nulls" => ordered,

            // Of an index by distance PostgreSQL says neither.
            "distance_orderable" => ordered ? false : null,
            _ => null,
        };
    }
}
