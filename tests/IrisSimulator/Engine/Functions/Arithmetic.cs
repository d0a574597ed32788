using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Functions;

/// <summary>The four operations on exact numbers and the types of their results.</summary>
internal static class Arithmetic
{
    public static IrisError ByZero() => Fail.With(-400, "<DIVIDE>");

    private static int Scale(IrisType type) => type.Kind == IrisKind.Numeric ? type.Scale : type.IsInteger || type.IsDateTime ? 0 : 9;

    private static bool Whole(IrisType type) => type.IsInteger || type.Kind is IrisKind.Date or IrisKind.Null;

    private static IrisType Integer(IrisType[] _) =>
        IrisType.BigInt;

    public static IrisType Sum(IrisType[] types) => types.All(Whole) ? Integer(types) : IrisType.Numeric(28, types.Max(Scale));

    public static IrisType Product(IrisType[] types) => types.All(Whole) ? Integer(types) : IrisType.Numeric(28, types.Sum(Scale));

    public static IrisType Square(IrisType[] types) => Product([types[0], types[0]]);

    public static IrisType Quotient(IrisType[] types) => IrisType.Numeric(28, 18);

    public static decimal Quot(decimal a, decimal b) => b == 0 ? throw ByZero() : a / b;

    public static object Divide(decimal a, decimal b) => Quot(a, b);

    /// <summary>The remainder that has the sign of the divisor, as ObjectScript's # gives it.</summary>
    public static object Modulo(decimal a, decimal b)
    {
        if (b == 0) throw ByZero();
        var rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }
}
