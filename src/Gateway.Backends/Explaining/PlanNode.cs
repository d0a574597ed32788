using System.Collections.Immutable;

namespace Gateway.Backends.Explaining;

/// <summary>One node of a statement's plan, in PostgreSQL's words (EXPLAIN's documentation has them).</summary>
/// <param name="Type">As documents name it: <c>Seq Scan</c>, <c>Aggregate</c>, <c>ModifyTable</c>…</param>
/// <param name="Title">As text names it, with what it works on: <c>Seq Scan on t</c>, <c>HashAggregate</c>, <c>Insert on t</c>…</param>
public sealed record PlanNode(string Type, string Title)
{
    /// <summary>What documents tell right after the type: Strategy, Operation, Join Type.</summary>
    public ImmutableArray<(string Name, string Value)> Kind { get; init; } = [];

    /// <summary>What it works on: Index Name, Relation Name, Alias.</summary>
    public ImmutableArray<(string Name, string Value)> On { get; init; } = [];

    /// <summary>Conditions and keys, which text tells too, a line each; several values are a list.</summary>
    public ImmutableArray<(string Name, ImmutableArray<string> Values)> Details { get; init; } = [];

    public ImmutableArray<PlanNode> Plans { get; init; } = [];

    /// <summary>How its parent uses it: Outer, Inner, Member, Subquery, InitPlan, SubPlan.</summary>
    public string Relationship { get; init; } = "Outer";

    /// <summary><c>CTE c</c>, <c>SubPlan 1</c>: a line above it.</summary>
    public string? Label { get; init; }

    /// <summary>Estimates, in PostgreSQL's units of cost.</summary>
    public Estimate Estimate { get; init; }
}

/// <param name="Startup">Cost until the first row.</param>
/// <param name="Total">Cost of all rows.</param>
/// <param name="Width">Bytes of a row.</param>
public readonly record struct Estimate(double Startup, double Total, double Rows, int Width);
