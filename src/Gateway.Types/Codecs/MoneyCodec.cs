using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>money in cents, printed as the C locale does: <c>-$1,234.50</c>.</summary>
public sealed class MoneyCodec() : Int64Codec(Oids.Money)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output)
    {
        if (value < 0) output.Byte((byte)'-');
        output.Byte((byte)'$');
        var cents = value < 0 ? (ulong)-value : (ulong)value;
        Span<byte> digits = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(cents / 100, digits, out var count);
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && (count - i) % 3 == 0) output.Byte((byte)',');
            output.Byte(digits[i]);
        }

        output.Byte((byte)'.');
        output.TwoDigits((int)(cents % 100));
    }

    public override void EncodeBinary(long value, ByteWriter output) => output.Int64(value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings)
    {
        var rest = Ascii.Trim(text);
        var negative = false;
        Skip(ref rest, (byte)'$');
        if (rest.Length > 0 && rest[0] is (byte)'-' or (byte)'(')
        {
            negative = true;
            rest = rest[1..];
        }
        else
        {
            Skip(ref rest, (byte)'+');
        }

        Skip(ref rest, (byte)'$');
        Int128 cents = 0;
        var fraction = -1;
        var any = false;
        var i = 0;
        for (; i < rest.Length && fraction < 2; i++)
        {
            if (Ascii.IsDigit(rest[i]))
            {
                cents = (cents * 10) + (rest[i] - '0');
                if (fraction >= 0) fraction++;
                any = true;
                if (cents > long.MaxValue) cents = (Int128)long.MaxValue * 4;
            }
            else if (rest[i] == '.' && fraction < 0)
            {
                fraction = 0;
            }
            else if (rest[i] != ',' || fraction >= 0)
            {
                break;
            }
        }

        // Rounded half up on the third decimal; what follows it has no say.
        if (fraction == 2 && i < rest.Length && Ascii.IsDigit(rest[i]))
        {
            if (rest[i] >= '5') cents++;
            while (i < rest.Length && Ascii.IsDigit(rest[i])) i++;
        }

        for (var f = Math.Max(fraction, 0); f < 2; f++) cents *= 10;
        while (i < rest.Length && (Ascii.IsSpace(rest[i]) || rest[i] is (byte)')' or (byte)'$' or (byte)'-'))
        {
            if (rest[i] == '-') negative = true;
            i++;
        }

        if ((!any && !text.IsEmpty) || i < rest.Length) throw PgException.InvalidText("money", text);
        if (negative) cents = -cents;
        if (cents > long.MaxValue || cents < long.MinValue) throw PgException.OutOfRange("money", Ascii.String(text));
        return (long)cents;
    }

    public override long DecodeBinary(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8));

    private static void Skip(ref ReadOnlySpan<byte> text, byte what)
    {
        if (text.Length > 0 && text[0] == what) text = Ascii.Trim(text[1..]);
    }
}
