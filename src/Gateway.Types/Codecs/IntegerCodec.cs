using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>smallint, integer and bigint.</summary>
public sealed class IntegerCodec : Int64Codec
{
    private readonly int _width;
    private readonly string _name;
    private readonly long _min;
    private readonly long _max;

    private IntegerCodec(uint oid, int width, string name, long min, long max) : base(oid) =>
        (_width, _name, _min, _max) = (width, name, min, max);

    public static IntegerCodec Int2 { get; } = new(Oids.Int2, 2, "smallint", short.MinValue, short.MaxValue);

    public static IntegerCodec Int4 { get; } = new(Oids.Int4, 4, "integer", int.MinValue, int.MaxValue);

    public static IntegerCodec Int8 { get; } = new(Oids.Int8, 8, "bigint", long.MinValue, long.MaxValue);

    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) => output.Decimal(value);

    public override void EncodeBinary(long value, ByteWriter output)
    {
        switch (_width)
        {
            case 2: output.Int16((short)value); break;
            case 4: output.Int32((int)value); break;
            default: output.Int64(value); break;
        }
    }

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) =>
        TryPlain(text, out var value) && value >= _min && value <= _max ? value : DecodeAny(text);

    /// <summary>The usual number: a minus or none, and no more digits than surely fit.</summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, out long value)
    {
        const int Digits = 18;
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative) text = text[1..];
        if (text.Length is 0 or > Digits) return false;
        foreach (var letter in text)
        {
            var digit = (uint)letter - '0';
            if (digit > 9) return false;
            value = (value * 10) + digit;
        }

        if (negative) value = -value;
        return true;
    }

    private long DecodeAny(ReadOnlySpan<byte> text)
    {
        var number = Ascii.Trim(text);
        var negative = false;
        var i = 0;
        if (number.Length > 0 && number[0] is (byte)'-' or (byte)'+') negative = number[i++] == (byte)'-';
        if (i == number.Length) throw PgException.InvalidText(_name, text);

        // Collected as a negative number, for there is one more of those.
        long value = 0;
        var overflow = false;
        for (; i < number.Length; i++)
        {
            if (!Ascii.IsDigit(number[i])) throw PgException.InvalidText(_name, text);
            var digit = number[i] - '0';
            if (value < (long.MinValue + digit) / 10) overflow = true;
            else value = (value * 10) - digit;
        }

        if (overflow || (negative ? value < _min : value < -_max)) throw PgException.OutOfRange(_name, Ascii.String(text));
        return negative ? value : -value;
    }

    public override long DecodeBinary(ReadOnlySpan<byte> data) => _width switch
    {
        2 => BinaryPrimitives.ReadInt16BigEndian(data.Exactly(2)),
        4 => BinaryPrimitives.ReadInt32BigEndian(data.Exactly(4)),
        _ => BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8)),
    };
}
