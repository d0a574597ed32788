using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>What a backend can be asked in its own SQL.</summary>
public abstract class Speech
{
    private readonly List<string> _notes = [];

    /// <summary>Why the last answer was no: a sentence.</summary>
    public string? Why { get; protected set; }

    /// <summary>What is to be told about the plan, in order.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What the backend is called in refusals.</summary>
    public virtual string Server => "the server";

    /// <summary>What is left to compute here, so that it agrees with what the backend does (comparisons without case).</summary>
    public virtual Query Agreeing(Query query) => query;

    /// <summary>The same value made of parts that the backend may know where it does not know the whole; null for none.</summary>
    public virtual Expr? Rewritten(Expr value) => null;

    /// <summary>The aggregates that an aggregate can be put together of; null when it is not made of others.</summary>
    public virtual ImmutableArray<Expr>? Parts(FunctionCall aggregate) => null;

    /// <summary>The aggregate, made of its parts.</summary>
    /// <param name="output">Where a part's value is found.</param>
    public virtual Expr Whole(FunctionCall aggregate, Func<Expr, Expr> output) => aggregate;

    /// <summary>The backend chooses rows by this value, and here they are sorted by the one that is shown (distances of vectors).</summary>
    public virtual bool ChoosesRowsBy(Expr value) => false;

    /// <summary>What people should know of a query as it is sent: one sentence each.</summary>
    public virtual IEnumerable<string> NotesOf(RemoteQuery query) => [];

    /// <summary>The query in the backend's SQL, or null when that is not exactly possible.</summary>
    public abstract RemoteQuery? Say(Query query);

    /// <summary>As <see cref="Say"/>, but nothing is kept.</summary>
    public virtual bool Can(Query query) => Say(query) is not null;

    public void Note(string? note)
    {
        if (note is not null && !_notes.Contains(note)) _notes.Add(note);
    }
}
