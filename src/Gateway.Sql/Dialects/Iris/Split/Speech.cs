using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>Asks what IRIS can say.</summary>
internal sealed class Speech(IrisOptions options, HoistedValues hoisted)
{
    /// <summary>Why the last answer was no.</summary>
    public string? Why { get; private set; }

    /// <summary>The query in IRIS SQL, or null when that is not exactly possible.</summary>
    public RemoteQuery? Say(Query query)
    {
        var writer = new IrisWriter(options, hoisted);
        if (writer.Query(query, null) is { } sql) return new RemoteQuery(sql, [.. writer.Inputs], QueryTypes.Of(query));
        Why = writer.Why;
        return TableRead.Of(query);
    }

    public bool Can(Query query)
    {
        var count = hoisted.Count;
        var said = Say(query) is not null;
        hoisted.Truncate(count);
        return said;
    }

    public PgException Refusal(Part part) => PgException.Unsupported($"reading {part.Alias} from IRIS: {Why}");
}
