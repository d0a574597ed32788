using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace Gateway.Types;

/// <summary>Numbers as text, straight into the buffer.</summary>
internal static class Printing
{
    public static void Decimal(this ByteWriter output, long value)
    {
        if ((ulong)(value + 9_999_999) <= 2 * 9_999_999)
        {
            Short(output, (int)value);
            return;
        }

        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    // Up to seven digits and a minus, the usual number: collected in a register, the first digit lowest, and written with one store.
    private static void Short(ByteWriter output, int value)
    {
        var rest = (uint)Math.Abs(value);
        var text = 0UL;
        var length = 0;
        do
        {
            var tens = rest / 10;
            text = (text << 8) | ('0' + (rest - (tens * 10)));
            rest = tens;
            length++;
        }
        while (rest > 0);
        if (value < 0)
        {
            text = (text << 8) | '-';
            length++;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), text);
        output.Advance(length);
    }

    public static void Decimal(this ByteWriter output, ulong value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    public static void TwoDigits(this ByteWriter output, int value)
    {
        var span = output.Take(2);
        span[0] = (byte)('0' + (value / 10));
        span[1] = (byte)('0' + (value % 10));
    }

    /// <summary>At least <paramref name="width"/> digits, zeros in front; the value is not negative.</summary>
    public static void Padded(this ByteWriter output, long value, int width)
    {
        value.TryFormat(output.GetSpan(24), out var written, Format(width), CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>A dot and the microseconds without trailing zeros; nothing when there are none.</summary>
    public static void Fraction(this ByteWriter output, int microseconds)
    {
        if (microseconds == 0) return;
        var digits = 6;
        while (microseconds % 10 == 0)
        {
            microseconds /= 10;
            digits--;
        }

        output.Byte((byte)'.');
        var span = output.Take(digits);
        for (var i = digits - 1; i >= 0; i--, microseconds /= 10) span[i] = (byte)('0' + (microseconds % 10));
    }

    public static void Hex(this ByteWriter output, ReadOnlySpan<byte> bytes)
    {
        System.Convert.TryToHexStringLower(bytes, output.GetSpan((bytes.Length * 2) + 1), out var written);
        output.Advance(written);
    }

    private static ReadOnlySpan<char> Format(int width) => width switch
    {
        2 => "D2",
        3 => "D3",
        4 => "D4",
        _ => "D" + width.ToString(CultureInfo.InvariantCulture),
    };
}
