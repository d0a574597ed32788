using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Conversions: through text, by modifier, between numbers; and the few helpers that every type needs.</summary>
internal static class Casts
{
    public static void AddTo(FunctionTable f)
    {
        // pg_in and pg_out depend on DateStyle, TimeZone and their kin; for most types they do not, but SQLite has one flag per function.
        f.Stable("in", 3, c =>
        {
            var type = c.Oid(1);
            var value = type == Oids.Interval ? IntervalOf(c.Bytes(0), c.Format, (int)c.Int(2)) : Datum.FromText(type, c.Bytes(0), c.Format);
            Modify(c, value, type, (int)c.Int(2), isExplicit: true);
        });
        f.Stable("out", 2, c =>
        {
            var output = c.Host.Scratch;
            switch (Codecs.Get(c.Oid(1)))
            {
                case Int64Codec codec: codec.EncodeText(c.Int(0), c.Format, output); break;
                case Float64Codec codec: codec.EncodeText(c.Double(0), c.Format, output); break;
                case SpanCodec codec: codec.EncodeText(c.Bytes(0), c.Format, output); break;
            }

            c.ReturnText(output.WrittenSpan);
            c.Host.DropLargeScratch();
        });
        f.Add("typmod", 4, c => Modify(c, Datum.Argument(c, 0, c.Oid(1)), c.Oid(1), (int)c.Int(2), c.Bool(3)));

        f.Add("interval_key", 1, c =>
        {
            var value = c.Interval(0);
            var span = ((((Int128)value.Months * 30) + value.Days) * Calendar.MicrosecondsPerDay) + value.Microseconds;
            Span<byte> key = stackalloc byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(key, (UInt128)span ^ ((UInt128)1 << 127));
            c.ReturnBlob(key);
        });

        // ROW(…): each value is followed by the OID of its type.
        f.Loose("row", -1, c =>
        {
            using var record = new ByteWriter();
            record.Int32(c.Count / 2);
            for (var i = 0; i + 1 < c.Count; i += 2)
            {
                var type = c.Oid(i + 1) == Oids.Unknown ? Oids.Text : c.Oid(i + 1);
                var item = PgArray.Binary(type, Datum.Argument(c, i, type));
                record.Int32((int)type);
                record.Int32(item?.Length ?? -1);
                if (item is not null) record.Bytes(item);
            }

            c.ReturnBlob(record.WrittenSpan);
        });

        // GREATEST and LEAST ignore NULLs: the type, then the values.
        f.Loose("greatest", -1, c => Extreme(c, 1));
        f.Loose("least", -1, c => Extreme(c, -1));
        f.Loose("limit", 1, c => c.Return(c.IsNull(0) ? -1 : c.Int(0) >= 0 ? c.Int(0) : throw new PgException("2201W", "LIMIT must not be negative")));
        f.Loose("offset", 1, c => c.Return(c.IsNull(0) ? 0 : c.Int(0) >= 0 ? c.Int(0) : throw new PgException("2201X", "OFFSET must not be negative")));
        f.Loose("pg_num_nulls", -1, c => c.Return((long)Enumerable.Range(0, c.Count / 2).Count(i => c.IsNull(i * 2))));
        f.Loose("pg_num_nonnulls", -1, c => c.Return((long)Enumerable.Range(0, c.Count / 2).Count(i => !c.IsNull(i * 2))));
        f.Loose("pg_typeof", 2, c => c.Return(c.Int(1) == Oids.Unknown ? Oids.Unknown : c.Int(1)));

        // Integers.
        foreach (var name in (ReadOnlySpan<string>)["int82", "i4toi2"])
            f.Add(name, 1, c => c.Return(Integers.Int2(c.Int(0))));
        f.Add("int84", 1, c => c.Return(Integers.Int4(c.Int(0))));
        f.Add("i8tooid", 1, c => c.Return(c.Int(0) is >= 0 and <= uint.MaxValue ? c.Int(0) : throw new PgException(SqlStates.NumericValueOutOfRange, "OID out of range")));
        f.Add("i4tof", 1, c => c.Return((double)(float)c.Int(0)));
        f.Add("i8tof", 1, c => c.Return((double)(float)c.Int(0)));
        f.Add("int4_cash", 1, c => c.Return(Integers.Multiply(c.Int(0), 100)));
        f.Add("int8_cash", 1, c => c.Return(Integers.Multiply(c.Int(0), 100)));

        // Floats: half to even, as the processor rounds.
        f.Add("dtof", 1, c =>
        {
            var value = c.Double(0);
            var single = (float)value;
            if (float.IsInfinity(single) && !double.IsInfinity(value)) throw Floats.Overflow();
            if (single == 0 && value != 0) throw Floats.Underflow();
            c.Return((double)single);
        });
        foreach (var from in (ReadOnlySpan<string>)["d", "f"])
        {
            f.Add($"{from}toi2", 1, c => c.Return(Integers.Int2(Whole(c.Double(0), "smallint", short.MinValue, short.MaxValue))));
            f.Add($"{from}toi4", 1, c => c.Return(Integers.Int4(Whole(c.Double(0), "integer", int.MinValue, int.MaxValue))));
            f.Add($"{from}toi8", 1, c => c.Return(Whole(c.Double(0), "bigint", long.MinValue, long.MaxValue)));
        }
    }

    private static long Whole(double value, string type, double least, double most)
    {
        var rounded = Math.Round(value, MidpointRounding.ToEven);
        if (double.IsNaN(rounded) || rounded < least || rounded > most || rounded >= 9.2233720368547758e18)
            throw new PgException(SqlStates.NumericValueOutOfRange, $"{type} out of range");
        return (long)rounded;
    }

    private static void Extreme(Call c, int sign)
    {
        var type = c.Oid(0);
        var best = Datum.Null;
        var at = 0;
        for (var i = 1; i < c.Count; i++)
        {
            if (c.IsNull(i)) continue;
            var value = Datum.Argument(c, i, type);
            if (!best.IsNull && Datum.Compare(type, value, best) * sign <= 0) continue;
            best = value;
            at = i;
        }

        if (at > 0) c.ReturnArgument(at);
    }

    /// <summary>Applies a type modifier and returns the value.</summary>
    private static Datum IntervalOf(ReadOnlySpan<byte> text, FormatSettings settings, int typmod)
    {
        using var carrier = new ByteWriter();
        PgInterval.Parse(text, settings, typmod).Write(carrier);
        return Datum.FromBinary(Oids.Interval, carrier.WrittenSpan);
    }

    public static void Modify(Call c, Datum value, uint type, int typmod, bool isExplicit)
    {
        if (typmod == -1)
        {
            value.Return(c);
            return;
        }

        switch (type)
        {
            case Oids.Numeric:
                Numerics.Return(c, Typmod.ApplyNumeric(PgNumeric.Parse(value.Data), typmod));
                break;
            case Oids.VarChar or Oids.BpChar or Oids.Bit or Oids.VarBit:
                using (var writer = new ByteWriter())
                {
                    if (type == Oids.VarChar) Typmod.ApplyVarChar(value.Data, typmod, isExplicit, writer);
                    else if (type == Oids.BpChar) Typmod.ApplyBpChar(value.Data, typmod, isExplicit, writer);
                    else Typmod.ApplyBit(value.Data, typmod, type == Oids.VarBit, isExplicit, writer);
                    c.ReturnText(writer.WrittenSpan);
                }

                break;
            case Oids.Timestamp or Oids.TimestampTz or Oids.Time:
                c.Return(Typmod.ApplyTime(value.Int, typmod));
                break;
            case Oids.TimeTz:
                var data = value.Data!.ToArray();
                var flipped = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(data) ^ long.MinValue;
                System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(data, Typmod.ApplyTime(flipped, typmod) ^ long.MinValue);
                c.ReturnBlob(data);
                break;
            case Oids.Vector or Oids.Halfvec or Oids.Sparsevec:
                Typmod.CheckVector(type, value.Data, typmod);
                c.ReturnBlob(value.Data);
                break;
            case Oids.Interval:
                c.Return(Typmod.ApplyInterval(PgInterval.Read(value.Data), typmod));
                break;
            default:
                if (PgTypes.Find(type) is { IsArray: true, ElementOid: var element })
                {
                    var array = PgArray.Read(value.Data);
                    for (var i = 0; i < array.Items.Length; i++)
                        if (array.Items[i] is { } item) array.Items[i] = Modified(element, item, typmod, isExplicit);
                    array.Return(c);
                    break;
                }

                value.Return(c);
                break;
        }
    }

    /// <summary>An array element in binary form under its type's modifier.</summary>
    public static byte[] Modified(uint element, byte[] item, int typmod, bool isExplicit)
    {
        if (typmod == -1) return item;
        var value = Datum.FromBinary(element, item);
        switch (element)
        {
            case Oids.Numeric:
                return PgArray.Binary(element, Datum.Of(Typmod.ApplyNumeric(PgNumeric.Parse(value.Data), typmod).ToString()))!;
            case Oids.VarChar or Oids.BpChar:
                using (var writer = new ByteWriter())
                {
                    if (element == Oids.VarChar) Typmod.ApplyVarChar(value.Data, typmod, isExplicit, writer);
                    else Typmod.ApplyBpChar(value.Data, typmod, isExplicit, writer);
                    return writer.WrittenSpan.ToArray();
                }

            case Oids.Timestamp or Oids.TimestampTz or Oids.Time:
                return PgArray.Binary(element, Datum.Of(Typmod.ApplyTime(value.Int, typmod)))!;
            case Oids.Vector or Oids.Halfvec or Oids.Sparsevec:
                Typmod.CheckVector(element, item, typmod);
                return item;
            default:
                return item;
        }
    }
}
