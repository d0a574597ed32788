using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>One value of a known type outside of SQLite, for the functions that take any type.</summary>
internal readonly record struct Datum(Carrier Carrier, bool IsNull, long Int, double Float, byte[]? Data)
{
    public static Datum Null { get; } = new(Carrier.Int64, true, 0, 0, null);

    public static Datum Of(long value) => new(Carrier.Int64, false, value, 0, null);

    public static Datum Of(double value) => new(Carrier.Float64, false, 0, value, null);

    public static Datum Of(string text) => new(Carrier.Text, false, 0, 0, Encoding.UTF8.GetBytes(text));

    public string Text => Encoding.UTF8.GetString(Data!);

    public static Carrier CarrierOf(uint type) => PgTypes.Find(type)?.Carrier ?? Carrier.Text;

    public static Datum Argument(Call c, int i, uint type)
    {
        if (c.IsNull(i)) return Null;
        return CarrierOf(type) switch
        {
            Carrier.Int64 => Of(c.Int(i)),
            Carrier.Float64 => Of(c.Double(i)),
            var carrier => new Datum(carrier, false, 0, 0, c.Bytes(i).ToArray()),
        };
    }

    public static Datum FromBinary(uint type, ReadOnlySpan<byte> data)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                return Of(codec.DecodeElement(data));
            case Float64Codec codec:
                return Of(codec.DecodeBinary(data));
            case ArrayCodec or RecordCodec:
                return new Datum(Carrier.Bytes, false, 0, 0, data.ToArray());
            case SpanCodec codec:
                using (var writer = new ByteWriter())
                {
                    codec.DecodeBinary(data, writer);
                    return new Datum(CarrierOf(type), false, 0, 0, writer.WrittenSpan.ToArray());
                }

            default:
                throw new PgException(SqlStates.InternalError, $"type {type} has no codec");
        }
    }

    public static Datum FromText(uint type, ReadOnlySpan<byte> text, FormatSettings settings)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                return Of(codec.DecodeText(text, settings));
            case Float64Codec codec:
                return Of(codec.DecodeText(text, settings));
            case SpanCodec codec:
                using (var writer = new ByteWriter())
                {
                    codec.DecodeText(text, settings, writer);
                    return new Datum(CarrierOf(type), false, 0, 0, writer.WrittenSpan.ToArray());
                }

            default:
                throw new PgException(SqlStates.InternalError, $"type {type} has no codec");
        }
    }

    public void WriteBinary(uint type, ByteWriter output)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                codec.EncodeElement(Int, output);
                break;
            case Float64Codec codec:
                codec.EncodeBinary(Float, output);
                break;
            case ArrayCodec or RecordCodec:
                output.Bytes(Data);
                break;
            case SpanCodec codec:
                codec.EncodeBinary(Data, output);
                break;
        }
    }

    public void WriteText(uint type, FormatSettings settings, ByteWriter output)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                codec.EncodeText(Int, settings, output);
                break;
            case Float64Codec codec:
                codec.EncodeText(Float, settings, output);
                break;
            case SpanCodec codec:
                codec.EncodeText(Data, settings, output);
                break;
        }
    }

    public string ToText(uint type, FormatSettings settings)
    {
        using var writer = new ByteWriter();
        WriteText(type, settings, writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    public void Return(Call c)
    {
        if (IsNull) return;
        switch (Carrier)
        {
            case Carrier.Int64:
                c.Return(Int);
                break;
            case Carrier.Float64:
                c.Return(Float);
                break;
            case Carrier.Text:
                c.ReturnText(Data);
                break;
            default:
                c.ReturnBlob(Data);
                break;
        }
    }

    /// <summary>PostgreSQL's order of two non-null values of a type.</summary>
    public static int Compare(uint type, Datum left, Datum right)
    {
        switch (type)
        {
            case Oids.Numeric:
                return NumericOrder.Compare(left.Data, right.Data);
            case Oids.Interval:
                return PgInterval.Read(left.Data).CompareTo(PgInterval.Read(right.Data));
            case Oids.BpChar:
                return left.Data.AsSpan().TrimEnd((byte)' ').SequenceCompareTo(right.Data.AsSpan().TrimEnd((byte)' '));
            case Oids.Vector:
                return VectorMath.Compare(left.Data, right.Data);
            case Oids.Halfvec:
                return VectorMath.Compare(HalfVectors.Widen(left.Data), HalfVectors.Widen(right.Data));
            case Oids.Sparsevec:
                return SparseVectors.Compare(left.Data, right.Data);
            case Oids.Jsonb:
                return JsonOrder.Compare(left.Data, right.Data);
            case Oids.Inet or Oids.Cidr:
                return Network.Parse(left.Text).Key().AsSpan().SequenceCompareTo(Network.Parse(right.Text).Key());
            case Oids.Tid:
                return Tids.Compare(left.Text, right.Text);
            case Oids.Record:
                return PgRecord.Read(left.Data).Key().AsSpan().SequenceCompareTo(PgRecord.Read(right.Data).Key());
        }

        if (PgTypes.Find(type) is { Kind: 'r' or 'm' })
        {
            using var leftKey = new ByteWriter();
            using var rightKey = new ByteWriter();
            RangeSet.Read(type, left.Data).WriteKey(leftKey);
            RangeSet.Read(type, right.Data).WriteKey(rightKey);
            return leftKey.WrittenSpan.SequenceCompareTo(rightKey.WrittenSpan);
        }

        if (PgTypes.Find(type) is { IsArray: true }) return PgArray.Compare(PgArray.Read(left.Data), PgArray.Read(right.Data));
        return left.Carrier switch
        {
            Carrier.Int64 => left.Int.CompareTo(right.Int),
            Carrier.Float64 => CompareFloats(left.Float, right.Float),
            _ => left.Data.AsSpan().SequenceCompareTo(right.Data),
        };
    }

    // NaN is the largest value, and equal to itself.
    private static int CompareFloats(double left, double right) =>
        double.IsNaN(left) ? double.IsNaN(right) ? 0 : 1 : double.IsNaN(right) ? -1 : left.CompareTo(right);
}
