using System.Collections.Immutable;
using Gateway.Sql.Analysis;

namespace Gateway.Sql.Tree;

/// <summary>A scalar expression. <see cref="Type"/> is set by the analyzer.</summary>
public abstract record Expr : Node
{
    public TypeRef Type { get; init; }

    /// <summary>Offset of the operator, when it is not at <see cref="Node.Position"/>: of +, LIKE, IN, ::, AT TIME ZONE…</summary>
    public int OperatorPosition { get; init; } = -1;

    /// <summary>Where PostgreSQL points when it has no such operator or function.</summary>
    public int ErrorPosition => OperatorPosition >= 0 ? OperatorPosition : Position;
}

public sealed record NullLiteral : Expr;

public sealed record BooleanLiteral(bool Value) : Expr;

/// <summary>An integer or decimal literal, its digits as written (without sign).</summary>
public sealed record NumberLiteral(string Text) : Expr;

/// <summary>Any string literal, unescaped: <c>'…'</c>, <c>E'…'</c>, <c>$$…$$</c>, <c>U&amp;'…'</c>, <c>N'…'</c>.</summary>
public sealed record StringLiteral(string Value) : Expr;

/// <summary><c>B'101'</c> or <c>X'1F'</c> (then <see cref="Hex"/>).</summary>
public sealed record BitLiteral(string Digits, bool Hex) : Expr;

/// <summary><c>$n</c>, from 1.</summary>
public sealed record Parameter(int Number) : Expr;

/// <summary><c>a</c>, <c>t.a</c>, <c>s.t.a</c>. <see cref="Column"/> is set by the analyzer.</summary>
public sealed record ColumnRef(ImmutableArray<string> Parts) : Expr
{
    public BoundColumn? Column { get; init; }

    public string Name => Parts[^1];
}

/// <summary><c>*</c> or <c>t.*</c> in a select list, RETURNING or a row constructor.</summary>
public sealed record Star(ImmutableArray<string> Qualifier) : Expr;

/// <summary><c>(x).field</c>; the field <c>*</c> for <c>(x).*</c>.</summary>
public sealed record FieldAccess(Expr Operand, string Field) : Expr
{
    /// <summary>The field's place in its record, from 0; set by the analyzer.</summary>
    public int Index { get; init; } = -1;
}

/// <summary><c>a[i]</c>, <c>a[l:u]</c>, <c>a[1][2]</c>.</summary>
public sealed record Subscript(Expr Operand, ImmutableArray<SubscriptItem> Items) : Expr;

/// <summary>One pair of brackets: an index in <see cref="Lower"/>, or a slice with either bound possibly absent.</summary>
public sealed record SubscriptItem(Expr? Lower, Expr? Upper, bool IsSlice);

/// <summary>An operator's name; <see cref="Schema"/> from <c>OPERATOR(pg_catalog.~)</c>.</summary>
public sealed record OperatorName(string Symbol, string? Schema = null);

public sealed record UnaryOp(OperatorName Operator, Expr Operand) : Expr
{
    public OperatorInfo? Resolved { get; init; }
}

/// <summary>Any binary operator but AND and OR; comparisons included. <c>!=</c> is read as <c>&lt;&gt;</c>.</summary>
public sealed record BinaryOp(Expr Left, OperatorName Operator, Expr Right) : Expr
{
    public OperatorInfo? Resolved { get; init; }
}

public sealed record And(Expr Left, Expr Right) : Expr;

public sealed record Or(Expr Left, Expr Right) : Expr;

public sealed record Not(Expr Operand) : Expr;

public sealed record IsNull(Expr Operand, bool Negated) : Expr;

public enum Truth
{
    True,
    False,
    Unknown,
}

public sealed record IsTruth(Expr Operand, Truth Value, bool Negated) : Expr;

public sealed record IsDistinctFrom(Expr Left, Expr Right, bool Negated) : Expr
{
    public OperatorInfo? Resolved { get; init; }
}

public enum LikeKind
{
    Like,
    ILike,
    SimilarTo,
}

public sealed record Like(Expr Operand, Expr Pattern, Expr? Escape, LikeKind Kind, bool Negated) : Expr;

public sealed record Between(Expr Operand, Expr Low, Expr High, bool Symmetric, bool Negated) : Expr;

public sealed record InList(Expr Operand, ImmutableArray<Expr> Items, bool Negated) : Expr;

public sealed record InSubquery(Expr Operand, Query Query, bool Negated) : Expr;

public sealed record Exists(Query Query) : Expr;

public sealed record ScalarSubquery(Query Query) : Expr;

/// <summary><c>ARRAY(SELECT …)</c>.</summary>
public sealed record ArraySubquery(Query Query) : Expr;

/// <summary><c>x op ANY|ALL (array or subquery)</c>; exactly one of <see cref="Array"/> and <see cref="Query"/> is set.</summary>
public sealed record Quantified(Expr Left, OperatorName Operator, bool All, Expr? Array, Query? Query) : Expr
{
    public OperatorInfo? Resolved { get; init; }
}

public sealed record Case(Expr? Operand, ImmutableArray<CaseWhen> Whens, Expr? Else) : Expr;

public sealed record CaseWhen(Expr Condition, Expr Result) : Node;

public sealed record Coalesce(ImmutableArray<Expr> Arguments) : Expr;

public sealed record NullIf(Expr Left, Expr Right) : Expr
{
    public OperatorInfo? Resolved { get; init; }
}

/// <summary><c>GREATEST</c> or <c>LEAST</c>.</summary>
public sealed record MinMax(bool Greatest, ImmutableArray<Expr> Arguments) : Expr;

public sealed record Argument(Expr Value, string? Name = null, bool Variadic = false) : Node
{
    /// <summary>It was not written: the analyzer has added the function's default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The name it was written with, where the analyzer has put it into the place of its parameter.</summary>
    public string? WrittenName { get; init; }
}

/// <summary>
/// A function, aggregate or window call. The special syntaxes arrive here too, as PostgreSQL's own functions:
/// <c>EXTRACT(f FROM x)</c> is extract('f', x), <c>SUBSTRING(x FROM a FOR b)</c> is substring(x, a, b),
/// <c>POSITION(a IN b)</c> is position(b, a), <c>TRIM(LEADING c FROM x)</c> is ltrim(x, c) (btrim, rtrim),
/// <c>OVERLAY</c> is overlay, <c>x AT TIME ZONE z</c> is timezone(z, x), <c>(a,b) OVERLAPS (c,d)</c> is overlaps.
/// </summary>
public sealed record FunctionCall(QualifiedName Name, ImmutableArray<Argument> Arguments) : Expr
{
    /// <summary><c>count(*)</c>.</summary>
    public bool Star { get; init; }

    public bool Distinct { get; init; }

    public ImmutableArray<SortItem> OrderBy { get; init; } = [];

    public ImmutableArray<SortItem> WithinGroup { get; init; } = [];

    public Expr? Filter { get; init; }

    public WindowSpec? Over { get; init; }

    /// <summary>Read from a special syntax (EXTRACT … FROM …), so that it can be written back that way.</summary>
    public bool SpecialSyntax { get; init; }

    public FunctionInfo? Resolved { get; init; }
}

/// <summary><c>OVER w</c> (only <see cref="Name"/>), <c>OVER (base PARTITION BY … ORDER BY … frame)</c>.</summary>
public sealed record WindowSpec(
    string? Name,
    string? Base,
    ImmutableArray<Expr> PartitionBy,
    ImmutableArray<SortItem> OrderBy,
    WindowFrame? Frame) : Node;

public enum FrameUnit
{
    Range,
    Rows,
    Groups,
}

public enum FrameBoundKind
{
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

public sealed record FrameBound(FrameBoundKind Kind, Expr? Offset = null);

public enum FrameExclusion
{
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}

public sealed record WindowFrame(FrameUnit Unit, FrameBound Start, FrameBound? End, FrameExclusion Exclusion) : Node;

public enum CastKind
{
    Explicit,
    Assignment,
    Implicit,
}

/// <summary><c>x::t</c>, <c>CAST(x AS t)</c>, <c>t 'literal'</c>, and the coercions the analyzer inserts.</summary>
public sealed record Cast(Expr Operand, TypeName Target, CastKind Kind = CastKind.Explicit) : Expr
{
    /// <summary>The function that does it, set by the analyzer; null for a binary-coercible or I/O conversion.</summary>
    public FunctionInfo? Resolved { get; init; }

    /// <summary>The domain whose constraints the operand is held to, set by the analyzer; the type is the one below it. 0 for none.</summary>
    public uint Domain { get; init; }
}

public sealed record Collate(Expr Operand, QualifiedName Collation) : Expr;

public sealed record ArrayConstructor(ImmutableArray<Expr> Items) : Expr;

public sealed record RowConstructor(ImmutableArray<Expr> Items, bool Explicit) : Expr
{
    /// <summary>The names of the fields; empty for f1, f2…</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Set by the analyzer for the name of a table or subquery that stands for its whole row.</summary>
    public string? Source { get; init; }
}

/// <summary>
/// The functions without parentheses, by their lower-case SQL name: current_date, current_time, current_timestamp,
/// localtime, localtimestamp, current_user, session_user, user, current_role, current_catalog, current_schema.
/// </summary>
public sealed record SqlValue(string Name, int? Precision = null) : Expr;

/// <summary><c>DEFAULT</c> as a value of INSERT or UPDATE.</summary>
public sealed record DefaultValue : Expr;

/// <summary><c>WHERE CURRENT OF cursor</c>.</summary>
public sealed record CurrentOf(string Cursor) : Expr;

public enum NullsOrder
{
    Default,
    First,
    Last,
}

/// <summary>One item of ORDER BY. <see cref="UsingOperator"/> from <c>ORDER BY x USING &lt;</c>.</summary>
public sealed record SortItem(Expr Value, bool Descending, NullsOrder Nulls, OperatorName? UsingOperator = null) : Node;
