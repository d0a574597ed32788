using System.Numerics;

namespace Gateway.Types;

/// <summary>Powers of ten.</summary>
internal static class Powers
{
    private static readonly long[] Small = [.. Enumerable.Range(0, 19).Select(n => (long)BigInteger.Pow(10, n))];
    private static readonly BigInteger[] Common = [.. Enumerable.Range(0, 256).Select(n => BigInteger.Pow(10, n))];

    /// <summary>10^n for n up to 18.</summary>
    public static long Int64(int exponent) => Small[exponent];

    public static BigInteger Big(int exponent) => exponent < Common.Length ? Common[exponent] : BigInteger.Pow(10, exponent);

    /// <summary>The number of decimal digits; 0 for 0.</summary>
    public static int DigitCount(BigInteger value)
    {
        value = BigInteger.Abs(value);
        if (value.IsZero) return 0;
        var estimate = Math.Max((int)((value.GetBitLength() - 1) * 0.30102999566398119521), 0);
        return value >= Big(estimate) ? (value >= Big(estimate + 1) ? estimate + 2 : estimate + 1) : estimate;
    }

    /// <summary>value / 10^digits, rounded half away from zero.</summary>
    public static BigInteger RoundedShift(BigInteger value, int digits)
    {
        var power = Big(digits);
        return RoundedDivide(value, power);
    }

    /// <summary>The quotient rounded half away from zero.</summary>
    public static BigInteger RoundedDivide(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        if (BigInteger.Abs(rest) * 2 < BigInteger.Abs(divisor)) return quotient;
        return value.Sign * divisor.Sign < 0 ? quotient - 1 : quotient + 1;
    }
}
