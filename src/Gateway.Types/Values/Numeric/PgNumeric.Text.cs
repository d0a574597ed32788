using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gateway.Types;

/// <summary>Text, carrier and wire form.</summary>
public readonly partial struct PgNumeric
{
    /// <summary>Reads what a user typed, or the carrier.</summary>
    /// <exception cref="PgException">22P02, or 22003 when the value is too large for the format.</exception>
    public static PgNumeric Parse(ReadOnlySpan<byte> text)
    {
        if (TryParseShort(text, out var value)) return value;
        var canonical = Scratch.Rent();
        NumericText.Canonicalize(text, canonical);
        var result = FromCanonical(canonical.WrittenSpan);
        Scratch.Return(canonical);
        return result;
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static PgNumeric Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the binary form.</summary>
    /// <exception cref="PgException">22P03 for a malformed value.</exception>
    public static PgNumeric FromBinary(ReadOnlySpan<byte> data)
    {
        var canonical = Scratch.Rent();
        NumericText.FromBinary(data, canonical);
        var result = FromCanonical(canonical.WrittenSpan);
        Scratch.Return(canonical);
        return result;
    }

    /// <summary>Appends the binary form.</summary>
    public void WriteBinary(ByteWriter output)
    {
        var canonical = Scratch.Rent();
        Write(canonical);
        NumericText.ToBinary(canonical.WrittenSpan, output);
        Scratch.Return(canonical);
    }

    /// <summary>Appends the canonical text, which is the carrier.</summary>
    public void Write(ByteWriter output)
    {
        switch (_kind)
        {
            case NumericKind.NaN: output.Bytes("NaN"u8); return;
            case NumericKind.PositiveInfinity: output.Bytes("Infinity"u8); return;
            case NumericKind.NegativeInfinity: output.Bytes("-Infinity"u8); return;
        }

        if (Sign < 0) output.Byte((byte)'-');
        if (IsSmall)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(_small < 0 ? (ulong)-_small : (ulong)_small, digits, out var count);
            Digits(digits[..count], output);
        }
        else
        {
            var text = BigInteger.Abs(_big).ToString(CultureInfo.InvariantCulture);
            var scratch = Scratch.Rent();
            scratch.Utf8(text);
            Digits(scratch.WrittenSpan, output);
            Scratch.Return(scratch);
        }
    }

    public override string ToString()
    {
        var scratch = Scratch.Rent();
        Write(scratch);
        var text = Encoding.UTF8.GetString(scratch.WrittenSpan);
        Scratch.Return(scratch);
        return text;
    }

    private void Digits(ReadOnlySpan<byte> digits, ByteWriter output)
    {
        var whole = digits.Length - _scale;
        if (whole <= 0) output.Byte((byte)'0');
        else output.Bytes(digits[..whole]);
        if (_scale == 0) return;
        output.Byte((byte)'.');
        for (var i = whole; i < 0; i++) output.Byte((byte)'0');
        output.Bytes(digits[Math.Max(whole, 0)..]);
    }

    // [-]digits[.digits] with at most 18 digits in all.
    private static bool TryParseShort(ReadOnlySpan<byte> text, out PgNumeric value)
    {
        value = default;
        if (text.Length is 0 or > 20) return false;
        var i = text[0] == '-' ? 1 : 0;
        long mantissa = 0;
        var digits = 0;
        var dot = -1;
        for (; i < text.Length; i++)
        {
            if (text[i] == '.' && dot < 0)
            {
                dot = digits;
                continue;
            }

            if (!Ascii.IsDigit(text[i])) return false;
            mantissa = (mantissa * 10) + (text[i] - '0');
            digits++;
        }

        if (digits is 0 or > 18) return false;
        value = new PgNumeric(text[0] == '-' ? -mantissa : mantissa, dot < 0 ? 0 : digits - dot);
        return true;
    }

    private static PgNumeric FromCanonical(ReadOnlySpan<byte> text)
    {
        if (TryParseShort(text, out var value)) return value;
        if (text[0] == 'N') return NaN;
        if (text[0] == 'I') return PositiveInfinity;
        if (text[^1] == 'y') return NegativeInfinity;
        var dot = text.IndexOf((byte)'.');
        var characters = new char[text.Length];
        var count = 0;
        foreach (var b in text)
            if (b != '.') characters[count++] = (char)b;
        var mantissa = BigInteger.Parse(characters.AsSpan(0, count), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new PgNumeric(mantissa, dot < 0 ? 0 : text.Length - dot - 1);
    }
}
