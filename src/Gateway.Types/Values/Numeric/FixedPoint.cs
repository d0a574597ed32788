using System.Numerics;

namespace Gateway.Types;

/// <summary>Elementary functions on decimals: a mantissa and its scale in, a mantissa at a wanted scale out.</summary>
/// <remarks>Results are good to a few units of the last place: callers ask for guard digits and round.</remarks>
internal static class FixedPoint
{
    /// <summary>The integer square root, rounded down.</summary>
    public static BigInteger Sqrt(BigInteger value)
    {
        if (value.IsZero) return value;
        // Newton from above converges without ever passing the root.
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (value / root)) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }

    public static BigInteger Exp(BigInteger mantissa, int scale, int digits)
    {
        // e^x = (e^(x / 2^k))^(2^k), with x / 2^k so small that the series is short; each squaring doubles the error.
        var magnitude = (int)Math.Max(0, mantissa.GetBitLength() - (scale * 3.3219280948873623));
        var halvings = magnitude + 8 + (int)Math.Sqrt(digits);
        var work = digits + (halvings * 302 / 1000) + 10 + (int)Math.Ceiling(Math.Min(Math.Pow(2, Math.Min(magnitude, 20)) * 0.4343, 140_000));
        var one = Powers.Big(work);
        var x = (scale <= work ? mantissa * Powers.Big(work - scale) : BigInteger.Divide(mantissa, Powers.Big(scale - work))) >> halvings;
        var sum = one + x;
        var term = x;
        for (var n = 2; ; n++)
        {
            term = BigInteger.Divide(term * x, one * n);
            if (term.IsZero || term == BigInteger.MinusOne) break;
            sum += term;
        }

        for (var i = 0; i < halvings; i++) sum = BigInteger.Divide(sum * sum, one);
        return Powers.RoundedShift(sum, work - digits);
    }

    public static BigInteger Ln(BigInteger mantissa, int scale, int digits)
    {
        var work = digits + 20;
        var one = Powers.Big(work);
        // value = y * 2^twos with y near 1.
        var bits = mantissa.GetBitLength();
        var value = mantissa;
        var twos = (int)Math.Round(bits - (scale * 3.3219280948873623));
        if (Math.Abs(twos) <= 1) twos = 0;
        value = twos >= 0
            ? Powers.RoundedDivide(mantissa * one, Powers.Big(scale) << twos)
            : Powers.RoundedDivide((mantissa * one) << -twos, Powers.Big(scale));

        // Roots bring it nearer still: ln y = 2^k ln y^(1/2^k).
        var roots = 4 + ((int)Math.Sqrt(digits) / 3);
        var extra = (roots * 302 / 1000) + 4;
        var fine = Powers.Big(work + extra);
        value *= Powers.Big(extra);
        for (var i = 0; i < roots; i++) value = Sqrt(value * fine);
        var result = Artanh(value - fine, value + fine, fine) << (roots + 1);
        if (twos != 0) result += twos * (Artanh(BigInteger.One, 3, fine) << 1);
        return Powers.RoundedShift(result, work + extra - digits);
    }

    /// <summary>mantissa * 10^ten to a power, kept to a number of significant digits.</summary>
    public static (BigInteger Mantissa, long Ten) Pow(BigInteger mantissa, long ten, long power, int keep)
    {
        BigInteger result = 1;
        long resultTen = 0;
        while (true)
        {
            if ((power & 1) != 0) (result, resultTen) = Keep(result * mantissa, resultTen + ten, keep);
            power >>= 1;
            if (power == 0) return (result, resultTen);
            (mantissa, ten) = Keep(mantissa * mantissa, ten * 2, keep);
        }
    }

    private static (BigInteger Mantissa, long Ten) Keep(BigInteger mantissa, long ten, int keep)
    {
        var surplus = Powers.DigitCount(mantissa) - keep;
        return surplus <= 0 ? (mantissa, ten) : (Powers.RoundedShift(mantissa, surplus), ten + surplus);
    }

    // artanh(a / b) as a fixed-point number of the given unit.
    private static BigInteger Artanh(BigInteger a, BigInteger b, BigInteger unit)
    {
        var z = BigInteger.Divide(a * unit, b);
        var square = BigInteger.Divide(z * z, unit);
        var (sum, power) = (z, z);
        for (var n = 3; ; n += 2)
        {
            power = BigInteger.Divide(power * square, unit);
            var term = BigInteger.Divide(power, n);
            if (term.IsZero) return sum;
            sum += term;
        }
    }
}
