namespace IrisSimulator.Sql.Tree;

public sealed record CommonTable(Name Name, Query Query);

/// <summary>A whole query: what a statement, a subquery or a view holds.</summary>
/// <param name="Limit">LIMIT or FETCH; TOP belongs to <see cref="Select"/>.</param>
public sealed record Query(IReadOnlyList<CommonTable> With, QueryBody Body, IReadOnlyList<OrderItem> OrderBy, LimitClause? Limit);

public abstract record QueryBody;

public enum SelectQuantifier { All, Distinct, DistinctBy }

/// <param name="DistinctBy">Empty unless the quantifier is DistinctBy.</param>
public sealed record Select(IReadOnlyList<string> Keywords, SelectQuantifier Quantifier, IReadOnlyList<Expression> DistinctBy,
    TopClause? Top, IReadOnlyList<SelectItem> Items, FromClause? From, Predicate? Where,
    IReadOnlyList<Expression> GroupBy, Predicate? Having) : QueryBody;

public enum SetOperator { Union, Intersect, Except }

/// <summary>
/// left UNION [ALL] right, left-associative; different operators only come mixed through brackets. Without an ORDER BY of
/// the whole, a LIMIT after the last leg limits that leg only; it is then found in a <see cref="NestedQuery"/> on the right.
/// </summary>
public sealed record SetOperation(SetOperator Operator, bool All, QueryBody Left, QueryBody Right) : QueryBody;

/// <summary>A leg with a row limit or an order of its own: (SELECT TOP 3 … ORDER BY …).</summary>
public sealed record NestedQuery(Query Query) : QueryBody;

/// <summary>TOP n. Count is null for TOP ALL, else a number, a numeric string or a parameter; fractions are cut off.</summary>
public sealed record TopClause(Expression? Count);

/// <summary>LIMIT or FETCH. Count is null for OFFSET alone; both are signed numbers or parameters.</summary>
public sealed record LimitClause(Expression? Count, Expression? Offset, bool Fetch);

public abstract record SelectItem;

public sealed record ExpressionItem(Expression Expression, Name? Alias) : SelectItem;

/// <summary>* or t.*</summary>
public sealed record StarItem(QualifiedName? Table) : SelectItem;

public sealed record OrderItem(OrderKey Key, bool Descending);

public abstract record OrderKey;

/// <summary>An unsigned number: a position of the select list, from 1.</summary>
public sealed record PositionKey(int Position) : OrderKey;

public sealed record ExpressionKey(Expression Expression) : OrderKey;

/// <summary>Parsed and without effect: a parameter, a subquery, a signed or parenthesised number.</summary>
public sealed record IgnoredKey(Expression Expression) : OrderKey;

/// <param name="Name">Upper case with its percent sign.</param>
public sealed record Hint(string Name, IReadOnlyList<Name> Arguments);

/// <summary>More than one table is a cross join, but a later LATERAL item may see the earlier ones.</summary>
public sealed record FromClause(IReadOnlyList<Hint> Hints, IReadOnlyList<TableReference> Tables);

public abstract record TableReference;

public sealed record NamedTable(QualifiedName Table, Name? Alias) : TableReference;

public sealed record DerivedTable(Query Query, Name? Alias, bool Lateral) : TableReference;

/// <summary>A query stored procedure in FROM.</summary>
public sealed record TableFunction(QualifiedName Procedure, IReadOnlyList<Expression> Arguments, Name? Alias, bool Lateral) : TableReference;

public sealed record JsonTableColumn(Name Name, DataType Type, string Path);

public sealed record JsonTable(Expression Value, string Path, IReadOnlyList<JsonTableColumn> Columns, Name? Alias) : TableReference;

public enum JoinKind { Inner, Left, Right, Full, Cross }

/// <summary>Exactly one of On, Using (not empty) and Natural, none with Cross.</summary>
public sealed record Join(JoinKind Kind, TableReference Left, TableReference Right, Predicate? On,
    IReadOnlyList<Name> Using, bool Natural) : TableReference;
