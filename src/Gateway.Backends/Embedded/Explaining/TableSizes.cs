using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>About how many rows tables have, without reading them all.</summary>
internal sealed class TableSizes(EmbeddedConnection connection)
{
    /// <summary>Rows are counted up to here; a catalog is taken to have some hundreds.</summary>
    private const int Counted = 10_000;
    private const int Catalog = 500;

    private readonly Dictionary<uint, double> _known = [];

    public double Of(RelationInfo table)
    {
        if (table.Kind is not (RelationKind.Table or RelationKind.MaterializedView) || table.Schema is "pg_catalog" or "information_schema") return Catalog;
        if (_known.TryGetValue(table.Oid, out var known)) return known;
        return _known[table.Oid] = Estimate(table);
    }

    // Beyond that: as many as the keys' range has room for, or the file.
    private double Estimate(RelationInfo table)
    {
        var name = EmbeddedNames.Table(table);
        var counted = connection.Query($"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT {Counted})", row => row.GetInt64(0))[0];
        if (counted < Counted) return counted;
        var file = connection.Query("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", row => row.GetInt64(0))[0];
        var byFile = Math.Max(Counted, (double)file / Costs.Width(table));
        if (EmbeddedNames.RowKey(table) is not { } column) return byFile;
        var key = EmbeddedNames.Quote(column);
        var range = connection.Query(
            $"SELECT (SELECT min({key}) FROM {name}), (SELECT max({key}) FROM {name})", row => (double)row.GetInt64(1) - row.GetInt64(0) + 1)[0];
        return Math.Clamp(range, Counted, byFile);
    }
}
