using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>From a bound query to where its rows come from: the backend, this engine, or both. For one statement.</summary>
/// <param name="speech">What the backend can say; hoisted values go where it is told.</param>
public sealed class QueryPlanner(Func<HoistedValues, Speech> speech, SqliteDialect local)
{
    /// <summary>Where the names in the texts of views are looked up.</summary>
    public SchemaSnapshot Schema { get; init; } = SchemaSnapshot.Empty;

    /// <summary>What was changed on the way and why, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <param name="query">Bound; it may contain <see cref="InputRef"/>s.</param>
    /// <param name="hoisted">Takes the values that are computed before the statement.</param>
    /// <exception cref="PgException">0A000 for what neither the backend nor the engine can do.</exception>
    public RowSource Plan(Query query, HoistedValues hoisted)
    {
        var facts = QueryFacts.Of(query);
        if (facts.HasView)
        {
            query = Views.Expand(query, Schema);
            facts = QueryFacts.Of(query);
        }

        var backend = speech(hoisted);
        if (facts.Change is { } change) throw PgException.Unsupported($"{CommandTag.Of(change).Name} in WITH is not supported on {backend.Server}");
        if (facts.Table is null) return local.RenderLocal(query, []);
        if (facts.Lock is { } locking) throw PgException.Unsupported($"FOR {locking.Strength.ToUpperInvariant()} is not supported on {backend.Server}");
        var rows = Plan(query, backend);
        foreach (var note in PlanNotes.Of(rows, backend).Concat(backend.Notes))
            if (!Notes.Contains(note)) Notes.Add(note);
        return rows;
    }

    private RowSource Plan(Query query, Speech backend)
    {
        // SELECT without a column still has rows, but no text of SQL says so.
        if (query is not Select { Items.IsEmpty: true } && backend.Say(query) is { } whole) return whole;
        backend.Note(backend.Why);

        var localizer = new Localizer(backend);
        query = localizer.Query(query);
        if (QueryFacts.Of(query).Table is { } unread)
            throw PgException.Unsupported($"reading \"{unread.Name}\"{(backend.Why is { } why ? $": {why}" : "")}");
        return local.RenderLocal(backend.Agreeing(query), localizer.Sources);
    }
}
