using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>
/// What a bracket may hold: a scalar or a condition. Only reading on tells which, so both go through one grammar
/// and whoever needs one of them says with which code the other is refused.
/// </summary>
internal readonly struct Operand
{
    private readonly Expression? _scalar;
    private readonly Predicate? _condition;

    private Operand(Expression? scalar, Predicate? condition) => (_scalar, _condition) = (scalar, condition);

    public static implicit operator Operand(Expression scalar) => new(scalar, null);
    public static implicit operator Operand(Predicate condition) => new(null, condition);

    public Expression Scalar => _scalar ?? throw new IrisError(-11, "A scalar expression expected, a condition found");

    /// <param name="code">-14 where a comparison should have followed, -15 after NOT, -17 after FOR SOME.</param>
    public Predicate Condition(int code = -14) => _condition ?? throw new IrisError(code, code switch
    {
        -15 => "A condition expected after NOT",
        -17 => "A condition expected after FOR SOME",
        _ => "A comparison operator is required here",
    });

    public Expression? ScalarOrNull => _scalar;
}
