using System.Collections.Immutable;
using Gateway.Sql.Schema;

namespace Gateway.Sql.Tree;

/// <summary>INSERT, UPDATE, DELETE or MERGE.</summary>
public abstract record DmlStatement : Statement
{
    public With? With { get; init; }

    public required QualifiedName Table { get; init; }

    public string? TableAlias { get; init; }

    public ImmutableArray<SelectItem> Returning { get; init; } = [];

    /// <summary>Set by the analyzer.</summary>
    public RelationInfo? Relation { get; init; }
}

public sealed record Insert : DmlStatement
{
    /// <summary>The target columns; empty for all.</summary>
    public ImmutableArray<AssignmentTarget> Columns { get; init; } = [];

    /// <summary>VALUES or any other query; null for DEFAULT VALUES.</summary>
    public Query? Source { get; init; }

    /// <summary>"system" or "user" from OVERRIDING … VALUE.</summary>
    public string? Overriding { get; init; }

    public OnConflict? OnConflict { get; init; }
}

/// <summary>A column that is assigned to, with subscripts or fields after it.</summary>
public sealed record AssignmentTarget(string Column, ImmutableArray<SubscriptItem> Subscripts, ImmutableArray<string> Fields) : Node;

/// <summary><c>ON CONFLICT [(…) [WHERE …] | ON CONSTRAINT name] DO NOTHING | DO UPDATE SET … [WHERE …]</c>.</summary>
public sealed record OnConflict(
    ImmutableArray<IndexElement> Target,
    Expr? TargetWhere,
    string? Constraint,
    bool DoUpdate,
    ImmutableArray<Assignment> Set,
    Expr? Where) : Node;

/// <summary><c>a = x</c>, or <c>(a, b) = row or subquery</c> (several targets).</summary>
public sealed record Assignment(ImmutableArray<AssignmentTarget> Targets, Expr Value) : Node;

public sealed record Update : DmlStatement
{
    public bool Only { get; init; }

    public required ImmutableArray<Assignment> Set { get; init; }

    public ImmutableArray<FromItem> From { get; init; } = [];

    public Expr? Where { get; init; }
}

public sealed record Delete : DmlStatement
{
    public bool Only { get; init; }

    public ImmutableArray<FromItem> Using { get; init; } = [];

    public Expr? Where { get; init; }
}

public sealed record Merge : DmlStatement
{
    public required FromItem Source { get; init; }

    public required Expr On { get; init; }

    public required ImmutableArray<MergeWhen> Whens { get; init; }
}

/// <summary><c>WHEN [NOT] MATCHED [AND …] THEN</c> update (Set), insert (Columns, Values), delete or do nothing.</summary>
public sealed record MergeWhen(
    bool Matched,
    Expr? Condition,
    string Action,
    ImmutableArray<Assignment> Set,
    ImmutableArray<AssignmentTarget> Columns,
    ImmutableArray<Expr> Values,
    string? Overriding) : Node;
