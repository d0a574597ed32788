using System.Buffers.Binary;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Writes values as bytes that compare, byte by byte, as PostgreSQL compares the values; no key is the start of another.</summary>
internal static class SortKey
{
    public static void Write(uint type, Datum value, ByteWriter key)
    {
        switch (value.Carrier)
        {
            case Carrier.Int64:
                key.Int64(value.Int ^ long.MinValue);
                break;
            case Carrier.Float64:
                Float(value.Float, key);
                break;
            case Carrier.Text when type == Oids.Numeric:
                Numeric(value.Data, key);
                break;
            case Carrier.Text when type == Oids.Jsonb:
                Escaped(JsonOrder.Key(value.Data), key);
                break;
            case Carrier.Text when type == Oids.BpChar:
                Escaped(value.Data.AsSpan().TrimEnd((byte)' '), key);
                break;
            case Carrier.Text when PgTypes.Find(type) is { Kind: 'r' or 'm' }:
                RangeSet.Read(type, value.Data).WriteKey(key);
                break;
            case Carrier.Bytes when type == Oids.Record:
                Escaped(PgRecord.Read(value.Data).Key(), key);
                break;
            case Carrier.Bytes when PgTypes.Find(type) is { IsArray: true }:
                Escaped(Arrays.Key(PgArray.Read(value.Data)), key);
                break;
            case Carrier.Bytes when type == Oids.Vector:
                using (var vector = new ByteWriter())
                {
                    VectorMath.WriteKey(value.Data, vector);
                    Escaped(vector.WrittenSpan, key);
                }

                break;
            case Carrier.Bytes when type == Oids.Halfvec:
                Write(Oids.Vector, value with { Data = HalfVectors.Widen(value.Data) }, key);
                break;
            case Carrier.Bytes when type == Oids.Sparsevec:
                SparseVectors.WriteKey(value.Data, key);
                break;
            default:
                Escaped(type == Oids.Interval ? IntervalKey(value.Data) : value.Data, key);
                break;
        }
    }

    /// <summary>A zero byte ends the text; one inside becomes 1 1, and 1 becomes 1 2.</summary>
    private static void Escaped(ReadOnlySpan<byte> bytes, ByteWriter key)
    {
        foreach (var b in bytes)
        {
            if (b > 1)
            {
                key.Byte(b);
                continue;
            }

            key.Byte(1);
            key.Byte((byte)(b + 1));
        }

        key.Byte(0);
    }

    private static byte[] IntervalKey(ReadOnlySpan<byte> data)
    {
        var value = PgInterval.Read(data);
        var span = ((((Int128)value.Months * 30) + value.Days) * Calendar.MicrosecondsPerDay) + value.Microseconds;
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)span ^ ((UInt128)1 << 127));
        return bytes;
    }

    private static void Float(double value, ByteWriter key)
    {
        if (value == 0) value = 0;
        var bits = double.IsNaN(value) ? long.MaxValue : BitConverter.DoubleToInt64Bits(value);
        key.Int64(bits < 0 ? ~bits : bits ^ long.MinValue);
    }

    /// <summary>Sign, magnitude (digits in front of the dot), digits without trailing zeros; all inverted below zero.</summary>
    public static void Numeric(ReadOnlySpan<byte> text, ByteWriter key)
    {
        if (text[0] == 'N' || text[0] == 'I')
        {
            key.Byte(text[0] == 'N' ? (byte)5 : (byte)4);
            return;
        }

        var negative = text[0] == '-';
        if (negative) text = text[1..];
        if (text[0] == 'I')
        {
            key.Byte(0);
            return;
        }

        var point = text.IndexOf((byte)'.');
        var whole = (point < 0 ? text : text[..point]).TrimStart((byte)'0');
        var fraction = point < 0 ? default : text[(point + 1)..].TrimEnd((byte)'0');
        if (whole.IsEmpty && fraction.IsEmpty)
        {
            key.Byte(2);
            return;
        }

        var leading = fraction.Length - fraction.TrimStart((byte)'0').Length;
        var magnitude = whole.IsEmpty ? -leading : whole.Length;
        var digits = whole.IsEmpty ? fraction[leading..] : fraction.IsEmpty ? whole.TrimEnd((byte)'0') : [.. whole, .. fraction];
        var flip = (byte)(negative ? 0xFF : 0);
        key.Byte(negative ? (byte)1 : (byte)3);
        key.Int32((magnitude ^ int.MinValue) ^ (negative ? -1 : 0));
        foreach (var digit in digits) key.Byte((byte)(digit ^ flip));
        key.Byte(flip);
    }

    /// <summary>jsonb: Null, String, Number, Boolean, Array, Object in this order; containers by size first.</summary>
    public static void Json(JsonElement value, ByteWriter key)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                key.Byte(1);
                break;
            case JsonValueKind.String:
                key.Byte(2);
                Escaped(System.Text.Encoding.UTF8.GetBytes(value.GetString()!), key);
                break;
            case JsonValueKind.Number:
                key.Byte(3);
                Numeric(PgNumeric.Parse(value.GetRawText()).ToString() is var text ? System.Text.Encoding.UTF8.GetBytes(text) : [], key);
                break;
            case JsonValueKind.False:
                key.Byte(4);
                break;
            case JsonValueKind.True:
                key.Byte(5);
                break;
            case JsonValueKind.Array:
                // An empty array at the top sorts below everything else.
                key.Byte(6);
                key.Int32(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Json(item, key);
                break;
            default:
                key.Byte(7);
                key.Int32(value.EnumerateObject().Count());
                foreach (var member in value.EnumerateObject())
                {
                    Escaped(System.Text.Encoding.UTF8.GetBytes(member.Name), key);
                    Json(member.Value, key);
                }

                break;
        }
    }
}

internal static class JsonOrder
{
    public static byte[] Key(ReadOnlySpan<byte> text)
    {
        using var document = Jsons.Parse(text);
        using var key = new ByteWriter();
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 0) key.Byte(0);
        SortKey.Json(root, key);
        return key.WrittenSpan.ToArray();
    }

    public static int Compare(byte[]? left, byte[]? right) => Key(left).AsSpan().SequenceCompareTo(Key(right));
}
