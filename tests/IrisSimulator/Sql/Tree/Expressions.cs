namespace IrisSimulator.Sql.Tree;

/// <summary>A scalar: something with a value. A condition has none; it is a <see cref="Predicate"/>.</summary>
public abstract record Expression;

public sealed record StringLiteral(string Value) : Expression;

/// <param name="Text">As written, without a sign: "1", ".5", "1E3".</param>
public sealed record NumberLiteral(string Text) : Expression
{
    public bool IsInteger => Text.All(char.IsAsciiDigit);
}

public sealed record NullLiteral : Expression;

public enum EscapeLiteralKind { Date, Time, Timestamp }

/// <summary>{d '…'}, {t '…'}, {ts '…'}. Dates and times are checked; a bad {ts} is kept (it evaluates to 'error').</summary>
public sealed record EscapeLiteral(EscapeLiteralKind Kind, string Text) : Expression;

/// <summary>A question mark. Ordinals count from 1 in the order of the text.</summary>
public sealed record Parameter(int Ordinal) : Expression;

public sealed record ColumnReference(QualifiedName? Table, Name Column) : Expression;

/// <summary>Company->Name: the field of the row that a reference column points to.</summary>
public sealed record ArrowReference(ColumnReference Start, IReadOnlyList<Name> Path) : Expression;

public enum PseudoColumnKind { Id, TableName, ClassName, Vid }

/// <summary>%ID, %TABLENAME, %CLASSNAME, %VID.</summary>
public sealed record PseudoColumn(QualifiedName? Table, PseudoColumnKind Kind) : Expression;

/// <summary>A value without parentheses: USER, CURRENT_DATE, CURRENT_TIMESTAMP(3), SYSDATE, $HOROLOG, $JOB. Upper case.</summary>
public sealed record SpecialValue(string Name, int? Precision = null) : Expression;

public enum UnaryOperator { Plus, Minus }

public sealed record Unary(UnaryOperator Operator, Expression Operand) : Expression;

/// <summary>Divide is decimal, IntegerDivide is '\', Modulo is '#', Underscore is ObjectScript's concatenation.</summary>
public enum BinaryOperator { Add, Subtract, Multiply, Divide, IntegerDivide, Modulo, Concat, Underscore }

public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>A function of the server's tables (Sql/Data/functions.tsv).</summary>
/// <param name="Name">Upper case. SUBSTRING(s FROM a FOR b) and POSITION(x IN s) come here with plain arguments.</param>
/// <param name="Escape">Written {fn …}. IFNULL means something else there.</param>
public sealed record FunctionCall(string Name, bool Escape, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>schema.name(…) or a bare name that no table knows: a function stored procedure; -359 when there is none.</summary>
public sealed record UserFunctionCall(QualifiedName Name, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>First argument of DATEPART, DATENAME, DATEADD, DATEDIFF, DATE_TRUNC, TIMESTAMPADD, TIMESTAMPDIFF.</summary>
/// <param name="Part">year quarter month week weekday day dayofyear hour minute second millisecond microsecond nanosecond sqltimestamp.</param>
public sealed record DatePart(string Part) : Expression;

public sealed record Cast(Expression Operand, DataType Target) : Expression;

/// <summary>CONVERT(type, e [, style]), or {fn CONVERT(e, SQL_type)} with the type's name as written there.</summary>
public sealed record ConvertCall(Expression Operand, DataType Target, Expression? Style, bool Escape) : Expression;

public enum TrimSide { Both, Leading, Trailing }

public sealed record Trim(TrimSide Side, Expression? Characters, Expression Operand) : Expression;

public sealed record SearchedWhen(Predicate Condition, Expression Result);

public sealed record SearchedCase(IReadOnlyList<SearchedWhen> Whens, Expression? Else) : Expression;

public sealed record SimpleWhen(Expression Value, Expression Result);

public sealed record SimpleCase(Expression Operand, IReadOnlyList<SimpleWhen> Whens, Expression? Else) : Expression;

public sealed record ScalarSubquery(Query Query) : Expression;

/// <summary>%EXACT(e), %SQLUPPER(e, n) or the prefix form without parentheses.</summary>
public sealed record CollationCall(Collation Collation, Expression Operand, int? Length) : Expression;

public sealed record FormatCall(ValueFormat Format, Expression Operand) : Expression;

public sealed record JsonPair(Expression Key, Expression Value);

public sealed record JsonObject(IReadOnlyList<JsonPair> Pairs, bool AbsentOnNull) : Expression;

public sealed record JsonArray(IReadOnlyList<Expression> Items, bool AbsentOnNull) : Expression;

public enum VectorElement { Float, Double, Decimal, Integer, Timestamp }

/// <summary>TO_VECTOR(data [, type [, length]]). The type defaults to double before 2024.3, to float from there on.</summary>
public sealed record ToVector(Expression Data, VectorElement Element, bool ElementGiven, Expression? Length) : Expression;

public sealed record XmlItem(Expression Value, Name? Alias);

public sealed record XmlElement(string Tag, IReadOnlyList<XmlItem> Attributes, IReadOnlyList<Expression> Content) : Expression;

public sealed record XmlForest(IReadOnlyList<XmlItem> Items) : Expression;

public enum ModelFunction { Predict, Probability }

/// <summary>PREDICT(model [USE trained] [WITH …]), PROBABILITY(model [FOR 'label'] [WITH …]).</summary>
public sealed record ModelCall(ModelFunction Function, Name Model, Name? Trained, string? Label,
    IReadOnlyList<Expression> With) : Expression;
