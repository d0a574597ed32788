using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>What a backend can be asked in its own SQL.</summary>
public abstract class Speech
{
    /// <summary>Why the last answer was no: a sentence.</summary>
    public string? Why { get; protected set; }

    /// <summary>The query in the backend's SQL, or null when that is not exactly possible.</summary>
    public abstract RemoteQuery? Say(Query query);

    /// <summary>As <see cref="Say"/>, but nothing is kept.</summary>
    public virtual bool Can(Query query) => Say(query) is not null;
}

internal sealed class IrisSpeech(IrisOptions options, HoistedValues hoisted) : Speech
{
    public override RemoteQuery? Say(Query query)
    {
        var writer = new IrisWriter(options, hoisted);
        if (writer.Query(query, null) is { } sql) return new RemoteQuery(sql, [.. writer.Inputs], QueryTypes.Of(query));
        Why = writer.Why;
        return TableRead.Of(query);
    }

    public override bool Can(Query query)
    {
        var count = hoisted.Count;
        var said = Say(query) is not null;
        hoisted.Truncate(count);
        return said;
    }
}
