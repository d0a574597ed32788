using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>float4 and float8: arithmetic, mathematical functions. A float4 is a double that a float can hold.</summary>
internal static class Floats
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var name in (ReadOnlySpan<string>)["4", "8", "48", "84"])
        {
            Func<double, double> round = name == "4" ? x => (float)x : x => x;
            f.Add($"float{name}pl", 2, c => c.Return(Checked(round(c.Double(0) + c.Double(1)), c.Double(0), c.Double(1))));
            f.Add($"float{name}mi", 2, c => c.Return(Checked(round(c.Double(0) - c.Double(1)), c.Double(0), c.Double(1))));
            f.Add($"float{name}mul", 2, c =>
            {
                var (a, b) = (c.Double(0), c.Double(1));
                var product = Checked(round(a * b), a, b);
                c.Return(product == 0 && a != 0 && b != 0 ? throw Underflow() : product);
            });
            f.Add($"float{name}div", 2, c =>
            {
                var (a, b) = (c.Double(0), c.Double(1));
                if (b == 0 && !double.IsNaN(a)) throw Integers.DivisionByZero();
                var quotient = Checked(round(a / b), a, b);
                c.Return(quotient == 0 && a != 0 && !double.IsInfinity(b) ? throw Underflow() : quotient);
            });
        }

        foreach (var name in (ReadOnlySpan<string>)["float4", "float8"])
        {
            f.Add($"{name}up", 1, c => c.Return(c.Double(0)));
            f.Add($"{name}um", 1, c => c.Return(-c.Double(0)));
            f.Add($"{name}abs", 1, c => c.Return(Math.Abs(c.Double(0))));
        }

        One("dround", x => Math.Round(x, MidpointRounding.ToEven));
        One("dtrunc", Math.Truncate);
        One("dceil", Math.Ceiling);
        One("dfloor", Math.Floor);
        One("dsign", x => double.IsNaN(x) ? x : x > 0 ? 1 : x < 0 ? -1 : 0);
        One("dsqrt", x => x < 0 ? throw new PgException("2201F", "cannot take square root of a negative number") : Math.Sqrt(x));
        One("dcbrt", Math.Cbrt);
        One("dexp", x => Exp(x));
        One("dlog1", x => Math.Log(ForLogarithm(x)));
        One("dlog10", x => Math.Log10(ForLogarithm(x)));
        One("degrees", x => x / Math.PI * 180);
        One("radians", x => x / 180 * Math.PI);
        One("dsin", x => Math.Sin(Finite(x)));
        One("dcos", x => Math.Cos(Finite(x)));
        One("dtan", x => Math.Tan(Finite(x)));
        One("dcot", x => 1 / Math.Tan(Finite(x)));
        One("dasin", x => Math.Asin(Unit(x)));
        One("dacos", x => Math.Acos(Unit(x)));
        One("datan", Math.Atan);
        One("dsinh", Math.Sinh);
        One("dcosh", Math.Cosh);
        One("dtanh", Math.Tanh);
        One("dasinh", Math.Asinh);
        One("dacosh", x => x < 1 ? throw InputOutOfRange() : Math.Acosh(x));
        One("datanh", x => x is < -1 or > 1 ? throw InputOutOfRange() : Math.Atanh(x));
        f.Add("datan2", 2, c => c.Return(Math.Atan2(c.Double(0), c.Double(1))));
        f.Add("dpow", 2, c => c.Return(Power(c.Double(0), c.Double(1))));
        f.Add("dpi", 0, c => c.Return(Math.PI));

        f.Stable("drandom", 0, c => c.Return((c.Host.Random ?? Random.Shared).NextDouble()));
        f.Stable("setseed", 1, c =>
        {
            if (c.Double(0) is not (>= -1 and <= 1))
                throw new PgException(SqlStates.InvalidParameterValue, $"setseed parameter {c.Double(0)} is out of allowed range [-1,1]");
            c.Host.Random = new Random(c.Double(0).GetHashCode());
            c.ReturnText(default);
        });

        f.Add("width_bucket_float8", 4, c =>
        {
            var (x, low, high, count) = (c.Double(0), c.Double(1), c.Double(2), c.Int(3));
            if (count <= 0) throw WidthBucket("count must be greater than zero");
            if (double.IsNaN(x) || double.IsNaN(low) || double.IsNaN(high)) throw WidthBucket("operand, lower bound, and upper bound cannot be NaN");
            if (double.IsInfinity(low) || double.IsInfinity(high)) throw WidthBucket("lower and upper bounds must be finite");
            if (low == high) throw WidthBucket("lower bound cannot equal upper bound");
            var ascending = low < high;
            if (ascending ? x < low : x > low) c.Return(0L);
            else if (ascending ? x >= high : x <= high) c.Return(Integers.Int4(count + 1));
            else c.Return(Math.Min((long)(count * ((x - low) / (high - low))), count - 1) + 1);
        });

        void One(string name, Func<double, double> body) => f.Add(name, 1, c => c.Return(body(c.Double(0))));
    }

    public static PgException WidthBucket(string message) => new("2201G", message);

    public static double NonZero(double divisor) => divisor == 0 ? throw Integers.DivisionByZero() : divisor;

    public static PgException Overflow() => new(SqlStates.NumericValueOutOfRange, "value out of range: overflow");

    public static PgException Underflow() => new(SqlStates.NumericValueOutOfRange, "value out of range: underflow");

    public static PgException InputOutOfRange() => new(SqlStates.NumericValueOutOfRange, "input is out of range");

    private static double Checked(double result, double left, double right) =>
        double.IsInfinity(result) && !double.IsInfinity(left) && !double.IsInfinity(right) ? throw Overflow() : result;

    private static double Finite(double x) => double.IsInfinity(x) ? throw InputOutOfRange() : x;

    private static double Unit(double x) => x is < -1 or > 1 ? throw InputOutOfRange() : x;

    private static double ForLogarithm(double x) => x switch
    {
        0 => throw new PgException("2201E", "cannot take logarithm of zero"),
        < 0 => throw new PgException("2201E", "cannot take logarithm of a negative number"),
        _ => x,
    };

    private static double Exp(double x)
    {
        var result = Math.Exp(x);
        if (double.IsInfinity(result) && !double.IsInfinity(x)) throw Overflow();
        return result == 0 && !double.IsInfinity(x) ? throw Underflow() : result;
    }

    private static double Power(double x, double y)
    {
        if (x == 0 && y < 0) throw new PgException("2201F", "zero raised to a negative power is undefined");
        if (x < 0 && !double.IsInfinity(x) && !double.IsInfinity(y) && y != Math.Floor(y))
            throw new PgException("2201F", "a negative number raised to a non-integer power yields a complex result");
        var result = Math.Pow(x, y);
        if (double.IsInfinity(result) && !double.IsInfinity(x) && !double.IsInfinity(y)) throw Overflow();
        return result == 0 && x != 0 && !double.IsInfinity(x) && !double.IsInfinity(y) ? throw Underflow() : result;
    }
}
