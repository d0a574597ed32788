using System.Globalization;
using System.Numerics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Arithmetic and bit operators of int2, int4 and int8, with PostgreSQL's overflow errors.</summary>
internal static class Integers
{
    public static void AddTo(FunctionTable f)
    {
        // The widest operand decides the result: int24pl is int4, int82pl is int8.
        foreach (var (name, range) in (ReadOnlySpan<(string, Func<long, long>)>)
            [("2", Int2), ("4", Int4), ("24", Int4), ("42", Int4)])
        {
            f.Add($"int{name}pl", 2, c => c.Return(range(c.Int(0) + c.Int(1))));
            f.Add($"int{name}mi", 2, c => c.Return(range(c.Int(0) - c.Int(1))));
            f.Add($"int{name}mul", 2, c => c.Return(range(c.Int(0) * c.Int(1))));
            f.Add($"int{name}div", 2, c => c.Return(range(c.Int(0) / NonZero(c.Int(1)))));
        }

        foreach (var name in (ReadOnlySpan<string>)["8", "28", "48", "82", "84"])
        {
            f.Add($"int{name}pl", 2, c => c.Return(Add(c.Int(0), c.Int(1))));
            f.Add($"int{name}mi", 2, c => c.Return(Subtract(c.Int(0), c.Int(1))));
            f.Add($"int{name}mul", 2, c => c.Return(Multiply(c.Int(0), c.Int(1))));
            f.Add($"int{name}div", 2, c => c.Return(Divide(c.Int(0), c.Int(1))));
        }

        foreach (var (size, range) in (ReadOnlySpan<(string, Func<long, long>)>)[("2", Int2), ("4", Int4), ("8", Int8)])
        {
            f.Add($"int{size}mod", 2, c => c.Return(Modulo(c.Int(0), c.Int(1))));
            f.Add($"int{size}up", 1, c => c.Return(c.Int(0)));
            f.Add($"int{size}um", 1, c => c.Return(range(Subtract(0, c.Int(0)))));
            f.Add($"int{size}abs", 1, c => c.Return(range(c.Int(0) < 0 ? Subtract(0, c.Int(0)) : c.Int(0))));
            f.Add($"int{size}and", 2, c => c.Return(c.Int(0) & c.Int(1)));
            f.Add($"int{size}or", 2, c => c.Return(c.Int(0) | c.Int(1)));
            f.Add($"int{size}xor", 2, c => c.Return(c.Int(0) ^ c.Int(1)));
            f.Add($"int{size}not", 1, c => c.Return(~c.Int(0)));
        }

        f.Add("int2shl", 2, c => c.Return((short)((int)c.Int(0) << (int)c.Int(1))));
        f.Add("int2shr", 2, c => c.Return((short)((int)c.Int(0) >> (int)c.Int(1))));
        f.Add("int4shl", 2, c => c.Return((long)((int)c.Int(0) << (int)c.Int(1))));
        f.Add("int4shr", 2, c => c.Return((long)((int)c.Int(0) >> (int)c.Int(1))));
        f.Add("int8shl", 2, c => c.Return(c.Int(0) << (int)c.Int(1)));
        f.Add("int8shr", 2, c => c.Return(c.Int(0) >> (int)c.Int(1)));

        f.Add("int4gcd", 2, c => c.Return(Int4(Gcd(c.Int(0), c.Int(1), "integer"))));
        f.Add("int8gcd", 2, c => c.Return(Gcd(c.Int(0), c.Int(1), "bigint")));
        f.Add("int4lcm", 2, c => c.Return(Int4(Lcm(c.Int(0), c.Int(1), "integer"))));
        f.Add("int8lcm", 2, c => c.Return(Lcm(c.Int(0), c.Int(1), "bigint")));

        f.Add("to_hex32", 1, c => c.Return(((uint)c.Int(0)).ToString("x", CultureInfo.InvariantCulture)));
        f.Add("to_hex64", 1, c => c.Return(c.Int(0).ToString("x", CultureInfo.InvariantCulture)));

        // money is cents.
        f.Add("cash_pl", 2, c => c.Return(Add(c.Int(0), c.Int(1))));
        f.Add("cash_mi", 2, c => c.Return(Subtract(c.Int(0), c.Int(1))));
        foreach (var type in (ReadOnlySpan<string>)["int2", "int4", "int8"])
        {
            f.Add($"cash_mul_{type}", 2, c => c.Return(Multiply(c.Int(0), c.Int(1))));
            f.Add($"{type}_mul_cash", 2, c => c.Return(Multiply(c.Int(0), c.Int(1))));
            f.Add($"cash_div_{type}", 2, c => c.Return(Divide(c.Int(0), c.Int(1))));
        }

        foreach (var type in (ReadOnlySpan<string>)["flt4", "flt8"])
        {
            f.Add($"cash_mul_{type}", 2, c => c.Return((long)Math.Round(c.Int(0) * c.Double(1))));
            f.Add($"{type}_mul_cash", 2, c => c.Return((long)Math.Round(c.Double(0) * c.Int(1))));
            f.Add($"cash_div_{type}", 2, c => c.Return((long)Math.Round(c.Int(0) / Floats.NonZero(c.Double(1)))));
        }

        f.Add("cash_div_cash", 2, c => c.Return(c.Int(0) / (double)NonZero(c.Int(1))));

        // pg_lsn is an unsigned position in a signed carrier.
        f.Add("pg_lsn_mi", 2, c => c.Return(((BigInteger)(ulong)c.Int(0) - (ulong)c.Int(1)).ToString(CultureInfo.InvariantCulture)));
    }

    public static long Int2(long value) => value is >= short.MinValue and <= short.MaxValue
        ? value
        : throw new PgException(SqlStates.NumericValueOutOfRange, "smallint out of range");

    public static long Int4(long value) => value is >= int.MinValue and <= int.MaxValue
        ? value
        : throw new PgException(SqlStates.NumericValueOutOfRange, "integer out of range");

    public static long Int8(long value) => value;

    public static PgException Int8OutOfRange() => new(SqlStates.NumericValueOutOfRange, "bigint out of range");

    public static PgException DivisionByZero() => new(SqlStates.DivisionByZero, "division by zero");

    public static long NonZero(long divisor) => divisor == 0 ? throw DivisionByZero() : divisor;

    public static long Add(long left, long right)
    {
        var sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? throw Int8OutOfRange() : sum;
    }

    public static long Subtract(long left, long right)
    {
        var difference = left - right;
        return ((left ^ right) & (left ^ difference)) < 0 ? throw Int8OutOfRange() : difference;
    }

    public static long Multiply(long left, long right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high == low >> 63 ? low : throw Int8OutOfRange();
    }

    private static long Divide(long left, long right) =>
        NonZero(right) == -1 ? Subtract(0, left) : left / right;

    private static long Modulo(long left, long right) => NonZero(right) == -1 ? 0 : left % right;

    private static long Gcd(long left, long right, string type)
    {
        var gcd = BigInteger.GreatestCommonDivisor(left, right);
        return gcd <= long.MaxValue ? (long)gcd : throw new PgException(SqlStates.NumericValueOutOfRange, $"{type} out of range");
    }

    private static long Lcm(long left, long right, string type)
    {
        if (left == 0 || right == 0) return 0;
        var lcm = BigInteger.Abs((BigInteger)left * right) / BigInteger.GreatestCommonDivisor(left, right);
        return lcm <= long.MaxValue ? (long)lcm : throw new PgException(SqlStates.NumericValueOutOfRange, $"{type} out of range");
    }
}
