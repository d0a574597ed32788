using System.Collections.Immutable;
using Gateway.Sql.Schema;

namespace Gateway.Sql.Tree;

/// <summary>A query without its statement: SELECT, VALUES or a set operation, with the clauses all three share.</summary>
public abstract record Query : Node
{
    public With? With { get; init; }

    public ImmutableArray<SortItem> OrderBy { get; init; } = [];

    /// <summary>LIMIT or FETCH FIRST; null for none and for LIMIT ALL.</summary>
    public Expr? Limit { get; init; }

    public Expr? Offset { get; init; }

    public bool WithTies { get; init; }

    public ImmutableArray<LockingClause> Locking { get; init; } = [];
}

public sealed record With(bool Recursive, ImmutableArray<CommonTable> Tables) : Node;

/// <summary><c>name (columns) AS [NOT] MATERIALIZED (statement)</c>; the statement is a query or a DML statement.</summary>
public sealed record CommonTable(
    string Name,
    ImmutableArray<string> Columns,
    bool? Materialized,
    Statement Statement) : Node;

/// <summary><c>FOR UPDATE | NO KEY UPDATE | SHARE | KEY SHARE [OF …] [NOWAIT | SKIP LOCKED]</c>, words lower case.</summary>
public sealed record LockingClause(string Strength, ImmutableArray<QualifiedName> Of, string? Wait) : Node;

public sealed record Select : Query
{
    public bool Distinct { get; init; }

    /// <summary>The expressions of DISTINCT ON; empty for none.</summary>
    public ImmutableArray<Expr> DistinctOn { get; init; } = [];

    public required ImmutableArray<SelectItem> Items { get; init; }

    /// <summary><c>INTO [TEMP] table</c>.</summary>
    public IntoClause? Into { get; init; }

    public ImmutableArray<FromItem> From { get; init; } = [];

    public Expr? Where { get; init; }

    public ImmutableArray<GroupingItem> GroupBy { get; init; } = [];

    public bool GroupByDistinct { get; init; }

    public Expr? Having { get; init; }

    public ImmutableArray<NamedWindow> Windows { get; init; } = [];
}

public sealed record IntoClause(QualifiedName Table, bool Temporary, bool Unlogged) : Node;

/// <summary>A select-list item; after analysis <see cref="OutputName"/> holds the name the client sees.</summary>
public sealed record SelectItem(Expr Value, string? Alias) : Node
{
    public string? OutputName { get; init; }
}

public enum GroupingKind
{
    Expression,
    Empty,
    Rollup,
    Cube,
    Sets,
}

/// <summary>An expression, <c>()</c>, or ROLLUP/CUBE/GROUPING SETS over further items.</summary>
public sealed record GroupingItem(GroupingKind Kind, Expr? Value, ImmutableArray<GroupingItem> Items) : Node;

public sealed record NamedWindow(string Name, WindowSpec Window) : Node;

public enum SetOperator
{
    Union,
    Intersect,
    Except,
}

public sealed record SetOperation(SetOperator Operator, bool All, Query Left, Query Right) : Query;

public sealed record Values(ImmutableArray<ImmutableArray<Expr>> Rows) : Query;

public sealed record Alias(string Name, ImmutableArray<string> Columns) : Node;

public abstract record FromItem : Node
{
    public Alias? Alias { get; init; }
}

public sealed record TableRef(QualifiedName Name, bool Only = false) : FromItem
{
    public TableSample? Sample { get; init; }

    /// <summary>Set by the analyzer when the name is a relation of the schema; null for a common table.</summary>
    public RelationInfo? Relation { get; init; }
}

public sealed record TableSample(QualifiedName Method, ImmutableArray<Expr> Arguments, Expr? Repeatable) : Node;

public sealed record SubqueryRef(Query Query, bool Lateral) : FromItem;

/// <summary><c>[LATERAL] f(…) [WITH ORDINALITY] [AS alias (column definitions)]</c> or ROWS FROM with several calls.</summary>
public sealed record FunctionRef(
    ImmutableArray<Expr> Calls,
    bool Lateral,
    bool WithOrdinality,
    ImmutableArray<ColumnDefinition> Definitions) : FromItem;

public enum JoinKind
{
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

public sealed record Join(JoinKind Kind, FromItem Left, FromItem Right) : FromItem
{
    public bool Natural { get; init; }

    public Expr? On { get; init; }

    public ImmutableArray<string> Using { get; init; } = [];

    /// <summary>After analysis the columns of USING or NATURAL, which <see cref="On"/> says then.</summary>
    public ImmutableArray<string> Merged { get; init; } = [];

    /// <summary><c>USING (…) AS name</c>.</summary>
    public string? UsingAlias { get; init; }
}

public sealed record QueryStatement(Query Query) : Statement;
