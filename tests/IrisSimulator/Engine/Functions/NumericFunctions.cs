using IrisSimulator.Engine.Types;
using static IrisSimulator.Engine.Functions.Want;

namespace IrisSimulator.Engine.Functions;

/// <summary>Arithmetic and the numeric functions of section 9.</summary>
internal static class NumericFunctions
{
    private static IrisType Exact(IrisType[] types) => types[0].Kind switch
    {
        IrisKind.Double => IrisType.Double,
        IrisKind.Numeric => types[0],
        _ when types[0].IsInteger => types[0].Kind == IrisKind.BigInt ? IrisType.BigInt : IrisType.Integer,
        _ => IrisType.Numeric(28, 9),
    };

    private static IrisType Whole(IrisType[] types) => IrisType.BigInt;
    private static IrisType Real(IrisType[] types) => IrisType.Double;
    private static IrisType Small(IrisType[] types) => IrisType.Integer;

    public static IEnumerable<FunctionRule> All()
    {
        yield return new("+", 2, 2, [Number], Arithmetic.Sum, a => (decimal)a[0]! + (decimal)a[1]!);
        yield return new("-", 2, 2, [Number], Arithmetic.Sum, a => (decimal)a[0]! - (decimal)a[1]!);
        yield return new("*", 2, 2, [Number], Arithmetic.Product, a => (decimal)a[0]! * (decimal)a[1]!);
        yield return new("/", 2, 2, [Number], Arithmetic.Quotient, a => Arithmetic.Divide((decimal)a[0]!, (decimal)a[1]!));
        yield return new("/d", 2, 2, [Want.Double], Real, a => (double)a[1]! == 0 ? throw Arithmetic.ByZero() : (double)a[0]! / (double)a[1]!);
        yield return new("\\", 2, 2, [Number], Whole, a => Math.Truncate(Arithmetic.Quot((decimal)a[0]!, (decimal)a[1]!)));
        yield return new("#", 2, 2, [Number], Arithmetic.Sum, a => Arithmetic.Modulo((decimal)a[0]!, (decimal)a[1]!));
        yield return new("NEGATE", 1, 1, [Number], Exact, a => -(decimal)a[0]!);
        yield return new("PLUS", 1, 1, [Number], Exact, a => (decimal)a[0]!);

        yield return new("ABS", 1, 1, [Number], Exact, a => Math.Abs((decimal)a[0]!));
        yield return new("CEILING", 1, 1, [Number], Whole, a => Math.Ceiling((decimal)a[0]!));
        yield return new("FLOOR", 1, 1, [Number], Whole, a => Math.Floor((decimal)a[0]!));
        yield return new("SIGN", 1, 1, [Number], Small, a => (long)Math.Sign((decimal)a[0]!));
        yield return new("MOD", 2, 2, [Number], Arithmetic.Sum, a => Arithmetic.Modulo((decimal)a[0]!, (decimal)a[1]!));
        yield return new("ROUND", 2, 3, [Number, Want.Whole, Want.Whole], Exact, a => a.Length > 2 && (long)a[2]! != 0
            ? Numbers.Truncate((decimal)a[0]!, (int)(long)a[1]!) : Numbers.Round((decimal)a[0]!, (int)(long)a[1]!));
        yield return new("TRUNCATE", 2, 2, [Number, Want.Whole], Exact, a => Numbers.Truncate((decimal)a[0]!, (int)(long)a[1]!));
        yield return new("SQRT", 1, 1, [Number], _ => IrisType.Numeric(28, 18), a => (decimal)a[0]! < 0
            ? throw Fail.With(-400, "<ILLEGAL VALUE> SQRT of a negative number") : Inexact(Math.Sqrt((double)(decimal)a[0]!)));
        yield return new("SQUARE", 1, 1, [Number], Arithmetic.Square, a => (decimal)a[0]! * (decimal)a[0]!);
        yield return new("POWER", 2, 2, [Number], types => types[0].Kind == IrisKind.Double ? IrisType.Double : IrisType.Numeric(28, 18),
            a => Power((decimal)a[0]!, (decimal)a[1]!));
        yield return new("ISNUMERIC", 1, 1, [Text], Small, a => Numbers.Whole((string)a[0]!) is null ? 0L : 1L);
        yield return new("TO_NUMBER", 1, 1, [Text], _ => IrisType.Numeric(28, 9), a => Numbers.Leading((string)a[0]!));
        yield return new("STR", 1, 3, [Number, Want.Whole, Want.Whole], _ => IrisType.Text, Str);

        foreach (var (name, of) in Curves)
            yield return new(name, 1, 1, [Want.Double], Real, a => Finite(of((double)a[0]!)));
        yield return new("ATAN2", 2, 2, [Want.Double], Real, a => Math.Atan2((double)a[0]!, (double)a[1]!));
        yield return new("PI", 0, 0, [Raw], Real, _ => Math.PI);
    }

    private static readonly (string, Func<double, double>)[] Curves =
    [
        ("EXP", Math.Exp), ("LOG", x => x <= 0 ? double.NaN : Math.Log(x)), ("LOG10", x => x <= 0 ? double.NaN : Math.Log10(x)),
        ("SIN", Math.Sin), ("COS", Math.Cos), ("TAN", Math.Tan), ("COT", x => 1 / Math.Tan(x)), ("ACOS", Math.Acos),
        ("ASIN", Math.Asin), ("ATAN", Math.Atan), ("DEGREES", x => x * 180 / Math.PI), ("RADIANS", x => x * Math.PI / 180),
    ];

    private static object Finite(double value) =>
        double.IsFinite(value) ? value : throw Fail.With(-400, "<ILLEGAL VALUE>");

    private static object Inexact(double value) => (decimal)value;

    private static object Power(decimal x, decimal y)
    {
        if (y == Math.Truncate(y) && y is >= 0 and <= 64)
        {
            var result = 1m;
            try
            {
                for (var i = 0; i < y; i++) result *= x;
                return result;
            }
            catch (OverflowException)
            {
                throw Fail.With(-400, "<MAXNUMBER>");
            }
        }
        if (x == 0 && y < 0) throw Arithmetic.ByZero();
        var power = Math.Pow((double)x, (double)y);
        if (!double.IsFinite(power)) throw Fail.With(-400, "<ILLEGAL VALUE>");
        return Numbers.FromDouble(power);
    }

    private static object Str(object?[] a)
    {
        var decimals = a.Length > 2 ? (int)(long)a[2]! : 0;
        var length = a.Length > 1 ? (int)(long)a[1]! : 10;
        var text = Numbers.Round((decimal)a[0]!, decimals).ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
        return text.Length > length ? new string('*', length) : text.PadLeft(length);
    }
}
