using System.Numerics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>numeric: exact arithmetic on the text carrier, with PostgreSQL's scales.</summary>
internal static class Numerics
{
    public static void AddTo(FunctionTable f)
    {
        Two("numeric_add", (a, b) => a + b);
        Two("numeric_sub", (a, b) => a - b);
        Two("numeric_mul", (a, b) => a * b);
        Two("numeric_div", (a, b) => a / b);
        Two("numeric_mod", (a, b) => a % b);
        Two("numeric_div_trunc", (a, b) => a.IntegerDivide(b));
        Two("numeric_power", (a, b) => a.Power(b));
        Two("numeric_log", (a, b) => b.Log(a));
        Two("numeric_gcd", Gcd);
        Two("numeric_lcm", Lcm);

        One("numeric_uplus", a => a);
        One("numeric_uminus", a => -a);
        One("numeric_abs", a => a.Abs());
        One("numeric_sign", a => a.IsNaN ? a : a.Sign);
        One("numeric_ceil", a => a.Ceiling());
        One("numeric_floor", a => a.Floor());
        One("numeric_sqrt", a => a.Sqrt());
        One("numeric_exp", a => a.Exp());
        One("numeric_ln", a => a.Ln());
        One("log", a => a.Log10());
        One("log10", a => a.Log10());
        One("round", a => a.Round(0));
        One("trunc", a => a.Truncate(0));
        One("numeric_trim_scale", a => a.TrimScale());
        f.Add("numeric_round", 2, c => Return(c, Get(c, 0).Round((int)c.Int(1))));
        f.Add("numeric_trunc", 2, c => Return(c, Get(c, 0).Truncate((int)c.Int(1))));
        f.Add("numeric_scale", 1, c =>
        {
            if (Get(c, 0) is { IsFinite: true } value) c.Return((long)value.Scale);
        });
        f.Add("numeric_min_scale", 1, c =>
        {
            if (Get(c, 0) is { IsFinite: true } value) c.Return((long)value.TrimScale().Scale);
        });
        f.Add("numeric_fac", 1, c => Return(c, Factorial(c.Int(0))));
        f.Add("width_bucket_numeric", 4, WidthBucket);

        f.Add("numeric_int2", 1, c => c.Return(Integers.Int2(ToInt64(c, "smallint"))));
        f.Add("numeric_int4", 1, c => c.Return(Integers.Int4(ToInt64(c, "integer"))));
        f.Add("numeric_int8", 1, c => c.Return(ToInt64(c, "bigint")));
        f.Add("numeric_float8", 1, c => c.Return(Get(c, 0).ToDouble()));
        f.Add("numeric_float4", 1, c =>
        {
            var value = Get(c, 0);
            var single = (float)value.ToDouble();
            if (float.IsInfinity(single) && value.IsFinite) throw new PgException(SqlStates.NumericValueOutOfRange, $"\"{value}\" is out of range for type real");
            c.Return((double)single);
        });
        f.Add("float8_numeric", 1, c => Return(c, PgNumeric.FromDouble(c.Double(0))));
        f.Add("float4_numeric", 1, c => Return(c, PgNumeric.FromSingle((float)c.Double(0))));
        f.Add("numeric_cash", 1, c => c.Return((Get(c, 0) * 100L).Round(0).ToInt64()));
        f.Add("cash_numeric", 1, c => Return(c, PgNumeric.Create(c.Int(0), 2)));

        void One(string name, Func<PgNumeric, PgNumeric> body) => f.Add(name, 1, c => Return(c, body(Get(c, 0))));

        void Two(string name, Func<PgNumeric, PgNumeric, PgNumeric> body) => f.Add(name, 2, c => Return(c, body(Get(c, 0), Get(c, 1))));
    }

    public static PgNumeric Get(Call c, int i) => PgNumeric.Parse(c.Bytes(i));

    public static void Return(Call c, PgNumeric value)
    {
        using var writer = new ByteWriter(64);
        value.Write(writer);
        c.ReturnText(writer.WrittenSpan);
    }

    private static long ToInt64(Call c, string type)
    {
        var value = Get(c, 0);
        if (value.IsNaN) throw PgException.Unsupported($"cannot convert NaN to {type}");
        if (value.IsInfinity) throw PgException.Unsupported($"cannot convert infinity to {type}");
        try
        {
            return value.ToInt64();
        }
        catch (PgException error) when (error.SqlState == SqlStates.NumericValueOutOfRange)
        {
            throw new PgException(SqlStates.NumericValueOutOfRange, $"{type} out of range");
        }
    }

    private static PgNumeric Gcd(PgNumeric a, PgNumeric b)
    {
        if (a.IsNaN || b.IsNaN || a.IsInfinity || b.IsInfinity) return PgNumeric.NaN;
        var scale = Math.Max(a.Scale, b.Scale);
        (a, b) = (a.Abs(), b.Abs());
        while (!b.IsZero) (a, b) = (b, a % b);
        return a.Round(scale);
    }

    private static PgNumeric Lcm(PgNumeric a, PgNumeric b)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        return a.IsZero || b.IsZero ? PgNumeric.Zero.Round(scale) : (a.IntegerDivide(Gcd(a, b)) * b).Abs().Round(scale);
    }

    private static PgNumeric Factorial(long n)
    {
        if (n < 0) throw new PgException(SqlStates.NumericValueOutOfRange, "factorial of a negative number is undefined");
        if (n > 32177) throw new PgException(SqlStates.NumericValueOutOfRange, "value overflows numeric format");
        var product = BigInteger.One;
        for (var i = 2; i <= n; i++) product *= i;
        return PgNumeric.Create(product, 0);
    }

    private static void WidthBucket(Call c)
    {
        var (x, low, high, count) = (Get(c, 0), Get(c, 1), Get(c, 2), c.Int(3));
        if (count <= 0) throw Floats.WidthBucket("count must be greater than zero");
        if (x.IsNaN || low.IsNaN || high.IsNaN) throw Floats.WidthBucket("operand, lower bound, and upper bound cannot be NaN");
        if (!low.IsFinite || !high.IsFinite) throw Floats.WidthBucket("lower and upper bounds must be finite");
        if (low == high) throw Floats.WidthBucket("lower bound cannot equal upper bound");
        if (low < high ? x < low : x > low) c.Return(0L);
        else if (low < high ? x >= high : x <= high) c.Return(Integers.Int4(count + 1));
        else c.Return(((x - low) * count).IntegerDivide(high - low).ToInt64() + 1);
    }
}
