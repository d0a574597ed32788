using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>What a backend can be asked in its own SQL.</summary>
public abstract class Speech
{
    private readonly List<string> _notes = [];

    /// <summary>Why the last answer was no: a sentence.</summary>
    public string? Why { get; protected set; }

    /// <summary>What is to be told about the plan, in order.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The backend compares strings of some columns without case, and what is compared here is to agree with that.</summary>
    public virtual bool FoldsCase => false;

    /// <summary>The query in the backend's SQL, or null when that is not exactly possible.</summary>
    public abstract RemoteQuery? Say(Query query);

    /// <summary>As <see cref="Say"/>, but nothing is kept.</summary>
    public virtual bool Can(Query query) => Say(query) is not null;

    public void Note(string? note)
    {
        if (note is not null && !_notes.Contains(note)) _notes.Add(note);
    }
}

internal sealed class IrisSpeech(IrisOptions options, HoistedValues hoisted) : Speech
{
    public override bool FoldsCase => !options.ExactComparison;

    public override RemoteQuery? Say(Query query)
    {
        if (Write(query, out var writer) is not { } said) return TableRead.Of(query);
        if (writer.UsesTop) Note("LIMIT is written TOP.");
        return said;
    }

    public override bool Can(Query query)
    {
        var count = hoisted.Count;
        var can = Write(query, out _) is not null || TableRead.Of(query) is not null;
        hoisted.Truncate(count);
        return can;
    }

    private RemoteQuery? Write(Query query, out IrisWriter writer)
    {
        writer = new IrisWriter(options, hoisted);
        if (writer.Query(query, null) is { } sql) return new RemoteQuery(sql, [.. writer.Inputs], writer.ColumnTypes);
        Why = writer.Why;
        return null;
    }
}
