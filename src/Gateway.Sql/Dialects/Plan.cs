using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects;

/// <summary>What a backend is to do for one statement: a value that can be printed. Usually a single step; atomic.</summary>
public sealed record Plan(ImmutableArray<PlanStep> Steps)
{
    /// <summary>It changes something: what has begun is brought to its end.</summary>
    public bool Writes { get; init; }

    /// <summary>Why the connection stays with its session afterwards (<c>advisory lock</c>…), or null.</summary>
    public string? Pins { get; init; }

    /// <summary>What was changed on the way and why, for people: one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Characters of SQL in it.</summary>
    public int TextLength
    {
        get
        {
            var length = Computed?.TextLength ?? 0;
            foreach (var step in Steps) length += step.TextLength;
            return length;
        }
    }

    /// <summary>Values that are computed here, once, before the steps run: its one row feeds <see cref="Remote.InputKind.Computed"/>.</summary>
    public Remote.LocalQuery? Computed { get; init; }
}

public abstract record PlanStep
{
    /// <summary>Characters of SQL in it.</summary>
    public virtual int TextLength => 0;
}

/// <summary>One statement in the backend's own SQL.</summary>
/// <param name="Parameters">For each marker in order, the number (from 1) of the parameter it takes.</param>
/// <param name="ReturnsRows">The client's rows come from this step.</param>
public sealed record SqlStep(string Sql, ImmutableArray<int> Parameters, bool ReturnsRows) : PlanStep
{
    public override int TextLength => Sql.Length;

    /// <summary>
    /// Its rows, of one column that holds a JSON array each, are kept for later steps as one JSON array: the next parameter
    /// behind the client's own and those kept before.
    /// </summary>
    public bool Keeps { get; init; }

    /// <summary>Rows it changes do not count as the statement's.</summary>
    public bool Aside { get; init; }

    /// <summary>The table it changes, for the statistics.</summary>
    public TableChange? Change { get; init; }
}

/// <param name="Table">OID.</param>
public sealed record TableChange(uint Table, ChangeKind Kind);

public enum ChangeKind
{
    Insert,
    Update,
    Delete,
}

/// <summary>A change of the schema that the backend carries out itself, from the tree.</summary>
public sealed record SchemaStep(Statement Statement) : PlanStep;
