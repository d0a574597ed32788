namespace IrisSimulator.Sql.Tree;

/// <summary>A condition. It is no scalar: it can be neither selected nor compared nor stored.</summary>
public abstract record Predicate;

public sealed record And(Predicate Left, Predicate Right) : Predicate;

public sealed record Or(Predicate Left, Predicate Right) : Predicate;

public sealed record Not(Predicate Operand) : Predicate;

/// <summary>Contains is '[' (always exact), Follows is ']'.</summary>
public enum ComparisonOperator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Contains, Follows }

public sealed record Comparison(ComparisonOperator Operator, Expression Left, Expression Right) : Predicate;

/// <summary>x op ALL (…), x op ANY (…); SOME is ANY.</summary>
public sealed record QuantifiedComparison(ComparisonOperator Operator, bool All, Expression Left, Query Query) : Predicate;

public sealed record IsNull(Expression Operand, bool Negated) : Predicate;

public sealed record Between(Expression Operand, Expression Low, Expression High, bool Negated) : Predicate;

public sealed record InList(Expression Operand, IReadOnlyList<Expression> Items, bool Negated) : Predicate;

public sealed record InSubquery(Expression Operand, Query Query, bool Negated) : Predicate;

/// <param name="Escape">There is no escape character unless one is given.</param>
public sealed record Like(Expression Operand, Expression Pattern, Expression? Escape, bool Negated) : Predicate;

public sealed record StartsWith(Expression Operand, Expression Prefix) : Predicate;

/// <summary>%MATCHES: wildcards ? * [abc] \, case-sensitive.</summary>
public sealed record Matches(Expression Operand, Expression Pattern, Expression? Escape) : Predicate;

/// <summary>%PATTERN with an ObjectScript pattern.</summary>
public sealed record PatternMatch(Expression Operand, string Pattern) : Predicate;

public sealed record Exists(Query Query) : Predicate;

/// <summary>e %INLIST list [SIZE ((n))].</summary>
public sealed record InIrisList(Expression Operand, Expression List, int? Size) : Predicate;

/// <summary>e %INSET set, e %FIND set.</summary>
public sealed record InSet(Expression Operand, Expression Set, bool Find) : Predicate;

/// <summary>f %CONTAINS('w', …), f %CONTAINSTERM('w', …).</summary>
public sealed record ContainsText(Expression Operand, IReadOnlyList<Expression> Words, bool Term) : Predicate;

/// <summary>FOR SOME (t) (condition).</summary>
public sealed record ForSome(IReadOnlyList<TableReference> Tables, Predicate Condition) : Predicate;

/// <summary>FOR SOME %ELEMENT(f) [AS e] (condition over %KEY and %VALUE).</summary>
public sealed record ForSomeElement(ColumnReference Field, Name? Alias, Predicate Condition) : Predicate;

/// <summary>%KEY or %VALUE inside FOR SOME %ELEMENT.</summary>
public sealed record ElementPart(Name? Element, bool Key) : Expression;

public enum JsonKind { Value, Scalar, Array, Object }

public sealed record IsJson(Expression Operand, JsonKind Kind, bool Negated) : Predicate;

/// <summary>%NOINDEX condition: only the plan differs.</summary>
public sealed record NoIndex(Predicate Operand) : Predicate;
