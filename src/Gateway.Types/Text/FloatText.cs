using System.Globalization;
using System.Numerics;

namespace Gateway.Types;

/// <summary>float4 and float8 as text: the shortest digits that read back to the same value, or a fixed number of them.</summary>
public static class FloatText
{
    /// <summary>Writes a float8 as PostgreSQL prints it.</summary>
    /// <param name="extraDigits">extra_float_digits: above 0 the shortest exact form, else 15 + n significant digits.</param>
    public static void WriteFloat8(double value, int extraDigits, ByteWriter output)
    {
        if (WriteSpecial(value, output)) return;
        Span<byte> text = stackalloc byte[40];
        int length;
        if (extraDigits > 0)
        {
            value.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
            if (IsBoundary(text[..length], value)) length = Strict(value, text);
            Layout(text[..length], 15, output);
        }
        else
        {
            var digits = Math.Max(15 + extraDigits, 1);
            value.TryFormat(text, out length, Scientific(digits), CultureInfo.InvariantCulture);
            Layout(text[..length], digits, output);
        }
    }

    /// <summary>Writes a float4 as PostgreSQL prints it; <paramref name="extraDigits"/> as above, with 6 + n digits.</summary>
    public static void WriteFloat4(float value, int extraDigits, ByteWriter output)
    {
        if (WriteSpecial(value, output)) return;
        Span<byte> text = stackalloc byte[40];
        int length;
        if (extraDigits > 0)
        {
            value.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
            if (IsBoundary(text[..length], value)) length = Strict(value, text);
            Layout(text[..length], 6, output);
        }
        else
        {
            var digits = Math.Max(6 + extraDigits, 1);
            value.TryFormat(text, out length, Scientific(digits), CultureInfo.InvariantCulture);
            Layout(text[..length], digits, output);
        }
    }

    /// <summary>Reads a float8.</summary>
    /// <exception cref="PgException">22P02 for what is no number, 22003 for one that overflows or vanishes.</exception>
    public static double ParseFloat8(ReadOnlySpan<byte> text)
    {
        var number = Ascii.Trim(text);
        if (TryWord(number, out var special)) return special;
        if (!IsNumber(number) || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw PgException.InvalidText("double precision", text);
        if (double.IsInfinity(value) || (value == 0 && HasNonZeroDigit(number))) throw OutOfRange(number, "double precision");
        return value;
    }

    /// <summary>Reads a float4, rounded once, from the text.</summary>
    /// <exception cref="PgException">22P02 for what is no number, 22003 for one that overflows or vanishes.</exception>
    public static float ParseFloat4(ReadOnlySpan<byte> text)
    {
        var number = Ascii.Trim(text);
        if (TryWord(number, out var special)) return (float)special;
        if (!IsNumber(number) || !float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw PgException.InvalidText("real", text);
        if (float.IsInfinity(value) || (value == 0 && HasNonZeroDigit(number))) throw OutOfRange(number, "real");
        return value;
    }

    /// <summary>As C's strtof reads it, rounded once: what is too large is infinite, what is too small is 0.</summary>
    public static bool TryParseFloat4(ReadOnlySpan<byte> number, out float value)
    {
        if (TryWord(number, out var special))
        {
            value = (float)special;
            return true;
        }

        value = 0;
        return IsNumber(number) && float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static PgException OutOfRange(ReadOnlySpan<byte> number, string type) =>
        new(SqlStates.NumericValueOutOfRange, $"\"{Ascii.String(number)}\" is out of range for type {type}");

    private static bool TryWord(ReadOnlySpan<byte> number, out double value)
    {
        var negative = number.Length > 0 && number[0] == '-';
        var word = negative || (number.Length > 0 && number[0] == '+') ? number[1..] : number;
        // The framework's own NaN has the sign bit set, PostgreSQL's has not.
        value = BitConverter.Int64BitsToDouble(0x7FF8000000000000);
        if (Ascii.Is(word, "nan"u8)) return true;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.Is(word, "infinity"u8) || Ascii.Is(word, "inf"u8);
    }

    // The framework also takes white space inside and a few things PostgreSQL does not: the grammar is checked here.
    private static bool IsNumber(ReadOnlySpan<byte> number)
    {
        var i = 0;
        if (number.Length > 0 && number[0] is (byte)'-' or (byte)'+') i++;
        var digits = 0;
        for (; i < number.Length && Ascii.IsDigit(number[i]); i++) digits++;
        if (i < number.Length && number[i] == '.')
            for (i++; i < number.Length && Ascii.IsDigit(number[i]); i++) digits++;
        if (digits == 0) return false;
        if (i == number.Length) return true;
        if (number[i++] is not ((byte)'e' or (byte)'E')) return false;
        if (i < number.Length && number[i] is (byte)'-' or (byte)'+') i++;
        return i < number.Length && number[i..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool HasNonZeroDigit(ReadOnlySpan<byte> number)
    {
        foreach (var b in number)
        {
            if (b is >= (byte)'1' and <= (byte)'9') return true;
            if (b is (byte)'e' or (byte)'E') return false;
        }

        return false;
    }

    private static bool WriteSpecial(double value, ByteWriter output)
    {
        if (double.IsFinite(value)) return false;
        output.Bytes(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        return true;
    }

    private static ReadOnlySpan<char> Scientific(int digits) => digits switch
    {
        15 => "E14",
        6 => "E5",
        _ => "E" + (digits - 1).ToString(CultureInfo.InvariantCulture),
    };

    // Lays digits and exponent out as C's %g does: plain between 1e-4 and 1e(precision), otherwise scientific.
    private static void Layout(ReadOnlySpan<byte> number, int precision, ByteWriter output)
    {
        Span<byte> digits = stackalloc byte[40];
        Split(number, digits, out var count, out var exponent, out var negative);
        if (negative) output.Byte((byte)'-');
        if (count == 0)
        {
            output.Byte((byte)'0');
        }
        else if (exponent < -4 || exponent >= precision)
        {
            output.Byte(digits[0]);
            if (count > 1)
            {
                output.Byte((byte)'.');
                output.Bytes(digits[1..count]);
            }

            output.Byte((byte)'e');
            output.Byte(exponent < 0 ? (byte)'-' : (byte)'+');
            exponent = Math.Abs(exponent);
            if (exponent >= 100) output.Decimal((long)exponent);
            else output.TwoDigits(exponent);
        }
        else if (exponent < 0)
        {
            output.Bytes("0.0000"u8[..(1 - exponent)]);
            output.Bytes(digits[..count]);
        }
        else
        {
            for (var i = 0; i <= exponent; i++) output.Byte(i < count ? digits[i] : (byte)'0');
            if (count > exponent + 1)
            {
                output.Byte((byte)'.');
                output.Bytes(digits[(exponent + 1)..count]);
            }
        }
    }

    // Significant digits without zeros at either end; the exponent is that of the first digit.
    private static void Split(ReadOnlySpan<byte> number, Span<byte> digits, out int count, out int exponent, out bool negative)
    {
        negative = number[0] == '-';
        count = 0;
        exponent = -1;
        var seenDot = false;
        var i = negative ? 1 : 0;
        for (; i < number.Length && number[i] != 'E'; i++)
        {
            if (number[i] == '.')
            {
                seenDot = true;
                continue;
            }

            if (count > 0 || number[i] != '0') digits[count++] = number[i];
            if (!seenDot && count > 0) exponent++;
            else if (seenDot && count == 0) exponent--;
        }

        if (i < number.Length)
        {
            System.Buffers.Text.Utf8Parser.TryParse(number[(i + 1)..], out int scientific, out _);
            exponent += scientific;
        }

        while (count > 0 && digits[count - 1] == '0') count--;
    }

    // The framework accepts a decimal that lies exactly half way to the neighbour when the mantissa is even (it does
    // read back as the same value); PostgreSQL wants one strictly inside: 1e23 prints as 9.999999999999999e+22. A short
    // decimal can only lie half way when its power of five divides the odd number 2m±1, hence the limits.
    private static bool IsBoundary(ReadOnlySpan<byte> text, double value)
    {
        value = Math.Abs(value);
        if (value is < 2e15 or > 1e42) return false;
        return IsMidpoint(text, new BigInteger(value), new BigInteger(Math.BitIncrement(value)), new BigInteger(Math.BitDecrement(value)), 1);
    }

    private static bool IsBoundary(ReadOnlySpan<byte> text, float value)
    {
        value = Math.Abs(value);
        if (value is < 4e6f or > 1e20f) return false;
        double next = MathF.BitIncrement(value), previous = MathF.BitDecrement(value);
        // Doubled, so that the halves near 2^23 are whole.
        return IsMidpoint(text, new BigInteger(value * 2.0), new BigInteger(next * 2.0), new BigInteger(previous * 2.0), 2);
    }

    private static bool IsMidpoint(ReadOnlySpan<byte> text, BigInteger value, BigInteger next, BigInteger previous, int unit)
    {
        Span<byte> digits = stackalloc byte[40];
        Split(text, digits, out var count, out var exponent, out _);
        var zeros = exponent - count + 1;
        if (zeros < 0) return false;
        System.Buffers.Text.Utf8Parser.TryParse(digits[..count], out long mantissa, out _);
        var twice = BigInteger.Pow(10, zeros) * mantissa * unit * 2;
        return twice == value + next || twice == value + previous;
    }

    private static int Strict(double value, Span<byte> text)
    {
        for (var digits = 1; digits <= 17; digits++)
        {
            value.TryFormat(text, out var length, "E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text[..length], CultureInfo.InvariantCulture) == value && !IsBoundary(text[..length], value)) return length;
        }

        value.TryFormat(text, out var exact, "E16", CultureInfo.InvariantCulture);
        return exact;
    }

    private static int Strict(float value, Span<byte> text)
    {
        for (var digits = 1; digits <= 9; digits++)
        {
            value.TryFormat(text, out var length, "E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.Parse(text[..length], CultureInfo.InvariantCulture) == value && !IsBoundary(text[..length], value)) return length;
        }

        value.TryFormat(text, out var exact, "E8", CultureInfo.InvariantCulture);
        return exact;
    }
}
