using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>From a bound query to where its rows come from: IRIS, this engine, or both. For one statement.</summary>
/// <param name="speech">What the backend can say; hoisted values go where it is told.</param>
public sealed class QueryPlanner(Func<HoistedValues, Speech> speech, SqliteDialect local)
{
    public QueryPlanner(IrisOptions options, SqliteDialect local)
        : this(hoisted => new IrisSpeech(options, hoisted), local)
    {
    }

    /// <summary>A query planned so far reads pg_catalog or information_schema.</summary>
    public bool ReadsCatalog { get; private set; }

    /// <summary>What was changed on the way and why, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <param name="query">Bound; it may contain <see cref="InputRef"/>s.</param>
    /// <param name="hoisted">Takes the values that are computed before the statement.</param>
    /// <exception cref="PgException">0A000 for what neither IRIS nor the engine can do.</exception>
    public RowSource Plan(Query query, HoistedValues hoisted)
    {
        if (!RangeNames.ReadTables(query)) return Finish(query, []);
        var backend = speech(hoisted);
        if (query is not Select { Items.IsEmpty: true } && backend.Say(query) is { } whole) return whole;

        var localizer = new Localizer(backend);
        query = localizer.Query(query);
        if (RangeNames.FindTable(query) is { } unread) throw PgException.Unsupported($"reading \"{unread.Name}\"{(backend.Why is { } why ? $": {why}" : "")}");
        return Finish(query, localizer.Sources);
    }

    private LocalQuery Finish(Query query, ImmutableArray<RowSource> sources)
    {
        var finished = local.RenderLocal(query, sources, out var readsCatalog);
        ReadsCatalog |= readsCatalog;
        return finished;
    }
}
