using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>From a bound query to where its rows come from: IRIS, this engine, or both. For one statement.</summary>
public sealed class QueryPlanner(IrisOptions options, SqliteDialect local)
{
    /// <summary>A query planned so far reads pg_catalog or information_schema.</summary>
    public bool ReadsCatalog { get; private set; }

    /// <summary>What was changed on the way and why, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <param name="query">Bound; it may contain <see cref="InputRef"/>s.</param>
    /// <param name="hoisted">Takes the values that are computed before the statement.</param>
    /// <exception cref="Gateway.Types.PgException">0A000 for what neither IRIS nor the engine can do.</exception>
    public RowSource Plan(Query query, HoistedValues hoisted)
    {
        if (!RangeNames.ReadTables(query)) return Finish(query, []);
        var speech = new Speech(options, hoisted);
        if (speech.Say(query) is { } whole) return whole;

        var localizer = new Localizer(speech);
        query = localizer.Query(query);
        return Finish(query, localizer.Sources);
    }

    private LocalQuery Finish(Query query, System.Collections.Immutable.ImmutableArray<RowSource> sources)
    {
        var finished = local.RenderLocal(query, sources, out var readsCatalog);
        ReadsCatalog |= readsCatalog;
        return finished;
    }
}
