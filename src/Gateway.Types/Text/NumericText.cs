using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>numeric between its three forms (what people type, the canonical text, the wire) without arithmetic.</summary>
/// <remarks>
/// Canonical: optional minus, at least one digit, and exactly scale digits behind the dot; or NaN, Infinity, -Infinity.
/// Binary: Int16 count, weight (of the first base-10000 digit), sign (0, 0x4000 minus, 0xC000 NaN, 0xD000 and 0xF000
/// infinities), scale, then the base-10000 digits.
/// </remarks>
public static class NumericText
{
    /// <summary>The largest scale a numeric may have.</summary>
    public const int MaxScale = 16383;

    /// <summary>The most digits before the dot.</summary>
    public const int MaxIntegerDigits = 131072;

    private const ushort Minus = 0x4000;
    private const ushort NaN = 0xC000;
    private const ushort PlusInfinity = 0xD000;
    private const ushort MinusInfinity = 0xF000;

    /// <summary>Appends the canonical form of what a user typed.</summary>
    /// <exception cref="PgException">22P02, or 22003 when the value is too large for the format.</exception>
    public static void Canonicalize(ReadOnlySpan<byte> text, ByteWriter output)
    {
        var number = Ascii.Trim(text);
        if (TryWord(number, output)) return;

        var negative = false;
        var i = 0;
        if (number.Length > 0 && number[0] is (byte)'-' or (byte)'+') negative = number[i++] == (byte)'-';
        var start = i;
        while (i < number.Length && Ascii.IsDigit(number[i])) i++;
        var whole = number[start..i];
        ReadOnlySpan<byte> fraction = default;
        if (i < number.Length && number[i] == '.')
        {
            start = ++i;
            while (i < number.Length && Ascii.IsDigit(number[i])) i++;
            fraction = number[start..i];
        }

        if (whole.Length + fraction.Length == 0) throw PgException.InvalidText("numeric", text);
        var exponent = 0;
        if (i < number.Length) exponent = Exponent(number[i..], text);
        Write(negative, whole, fraction, exponent, output);
    }

    /// <summary>Appends the binary form of a canonical text.</summary>
    public static void ToBinary(ReadOnlySpan<byte> canonical, ByteWriter output)
    {
        if (!Ascii.IsDigit(canonical[^1]))
        {
            // 0x20 is what PostgreSQL sends in the scale field of an infinity.
            if (canonical[0] == 'N') Header(output, 0, 0, NaN, 0);
            else Header(output, 0, 0, canonical[0] == 'I' ? PlusInfinity : MinusInfinity, 0x20);
            return;
        }

        var negative = canonical[0] == '-';
        var number = negative ? canonical[1..] : canonical;
        var dot = number.IndexOf((byte)'.');
        var whole = dot < 0 ? number : number[..dot];
        var fraction = dot < 0 ? default : number[(dot + 1)..];

        // Groups of four counted from the dot, to the left and to the right.
        var left = (whole.Length + 3) / 4;
        var right = (fraction.Length + 3) / 4;
        var first = 0;
        while (first < left + right && Group(whole, fraction, left, first) == 0) first++;
        var last = left + right;
        while (last > first && Group(whole, fraction, left, last - 1) == 0) last--;
        var count = last - first;
        Header(output, count, count == 0 ? 0 : left - 1 - first, negative && count > 0 ? Minus : (ushort)0, fraction.Length);
        for (var g = first; g < last; g++) output.Int16((short)Group(whole, fraction, left, g));
    }

    /// <summary>Appends the canonical text of a binary form.</summary>
    /// <exception cref="PgException">22P03 for a malformed value.</exception>
    public static void FromBinary(ReadOnlySpan<byte> data, ByteWriter output)
    {
        var count = (int)BinaryForm.NextInt16(ref data);
        var weight = (int)BinaryForm.NextInt16(ref data);
        var sign = (ushort)BinaryForm.NextInt16(ref data);
        var scale = (int)(ushort)BinaryForm.NextInt16(ref data);
        if (count < 0) throw BinaryForm.Invalid("invalid length in external \"numeric\" value");
        if (sign is not (0 or Minus or NaN or PlusInfinity or MinusInfinity))
            throw BinaryForm.Invalid("invalid sign in external \"numeric\" value");
        if (scale > MaxScale) throw BinaryForm.Invalid("invalid scale in external \"numeric\" value");
        if (data.Length != count * 2) throw BinaryForm.Invalid("incorrect binary data format");
        for (var i = 0; i < count; i++)
            if (BinaryPrimitives.ReadUInt16BigEndian(data[(i * 2)..]) > 9999)
                throw BinaryForm.Invalid("invalid digit in external \"numeric\" value");

        if (sign >= NaN)
        {
            output.Bytes(sign == NaN ? "NaN"u8 : sign == PlusInfinity ? "Infinity"u8 : "-Infinity"u8);
            return;
        }

        // The digits beyond the scale are cut off; a value without others has no sign.
        var start = output.Length;
        if (sign == Minus) output.Byte((byte)'-');
        var digitsAt = output.Length;
        for (var g = Math.Max(weight, 0); g >= 0; g--) Group(output, Digit(data, weight - g), 4);
        TrimLeadingZeros(output, digitsAt);
        if (scale > 0)
        {
            output.Byte((byte)'.');
            var left = scale;
            for (var g = 1; left > 0; g++, left -= 4) Group(output, Digit(data, weight + g), Math.Min(left, 4));
        }

        if (sign == Minus && output.WrittenSpan[digitsAt..].IndexOfAnyInRange((byte)'1', (byte)'9') < 0)
        {
            output.WrittenSpan[digitsAt..].CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsMemory(output.WrittenMemory).Span[start..]);
            output.Truncate(output.Length - 1);
        }
    }

    private static bool TryWord(ReadOnlySpan<byte> number, ByteWriter output)
    {
        var negative = number.Length > 0 && number[0] == '-';
        var signed = negative || (number.Length > 0 && number[0] == '+');
        var word = signed ? number[1..] : number;
        if (Ascii.Is(number, "nan"u8))
        {
            output.Bytes("NaN"u8);
            return true;
        }

        if (!Ascii.Is(word, "infinity"u8) && !Ascii.Is(word, "inf"u8)) return false;
        output.Bytes(negative ? "-Infinity"u8 : "Infinity"u8);
        return true;
    }

    private static int Exponent(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        if (rest[0] is not ((byte)'e' or (byte)'E')) throw PgException.InvalidText("numeric", text);
        var i = 1;
        var negative = false;
        if (i < rest.Length && rest[i] is (byte)'-' or (byte)'+') negative = rest[i++] == (byte)'-';
        if (i == rest.Length) throw PgException.InvalidText("numeric", text);
        long exponent = 0;
        for (; i < rest.Length; i++)
        {
            if (!Ascii.IsDigit(rest[i])) throw PgException.InvalidText("numeric", text);
            exponent = Math.Min((exponent * 10) + (rest[i] - '0'), int.MaxValue);
        }

        if (exponent >= int.MaxValue / 2) throw Overflow();
        return (int)(negative ? -exponent : exponent);
    }

    private static void Write(bool negative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent, ByteWriter output)
    {
        // The value is the digits of both parts together with the dot moved behind the first `point` of them.
        var point = whole.Length + exponent;
        var scale = Math.Max(fraction.Length - exponent, 0);
        var total = whole.Length + fraction.Length;
        var first = 0;
        while (first < total && At(whole, fraction, first) == '0') first++;
        if (first < total && point - first > MaxIntegerDigits) throw Overflow();
        if (scale > MaxScale) throw Overflow();
        var isZero = first == total;
        if (negative && !isZero) output.Byte((byte)'-');
        if (isZero || point <= first) output.Byte((byte)'0');
        else for (var i = first; i < point; i++) output.Byte(i < total ? At(whole, fraction, i) : (byte)'0');
        if (scale == 0) return;
        output.Byte((byte)'.');
        for (var i = point; i < point + scale; i++) output.Byte(i >= 0 && i < total ? At(whole, fraction, i) : (byte)'0');
    }

    private static byte At(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int index) =>
        index < whole.Length ? whole[index] : fraction[index - whole.Length];

    private static PgException Overflow() => new(SqlStates.NumericValueOutOfRange, "value overflows numeric format");

    private static void Header(ByteWriter output, int count, int weight, ushort sign, int scale)
    {
        output.Int16((short)count);
        output.Int16((short)weight);
        output.Int16((short)sign);
        output.Int16((short)scale);
    }

    private static int Group(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int left, int group)
    {
        var value = 0;
        if (group < left)
        {
            var end = whole.Length - ((left - 1 - group) * 4);
            for (var i = Math.Max(end - 4, 0); i < end; i++) value = (value * 10) + (whole[i] - '0');
            return value;
        }

        var start = (group - left) * 4;
        for (var i = start; i < start + 4; i++) value = (value * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return value;
    }

    private static int Digit(ReadOnlySpan<byte> digits, int index) =>
        index >= 0 && index * 2 < digits.Length ? BinaryPrimitives.ReadUInt16BigEndian(digits[(index * 2)..]) : 0;

    private static void Group(ByteWriter output, int value, int digits)
    {
        var span = output.Take(digits);
        for (var i = 0; i < digits; i++, value = value * 10 % 10000) span[i] = (byte)('0' + (value / 1000));
    }

    private static void TrimLeadingZeros(ByteWriter output, int from)
    {
        var digits = System.Runtime.InteropServices.MemoryMarshal.AsMemory(output.WrittenMemory).Span[from..];
        var zeros = 0;
        while (zeros < digits.Length - 1 && digits[zeros] == '0') zeros++;
        if (zeros == 0) return;
        digits[zeros..].CopyTo(digits);
        output.Truncate(output.Length - zeros);
    }
}
