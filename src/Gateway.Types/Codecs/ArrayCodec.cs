using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>An array of any type; the carrier is the binary form.</summary>
/// <remarks>
/// Binary: Int32 dimensions, Int32 1 if there are NULLs, Int32 element OID, per dimension Int32 length and Int32 lower
/// bound, then each element as Int32 length (-1 for NULL) and its binary form. An empty array has no dimensions.
/// </remarks>
/// <param name="elementOid">typelem, where it is not the codec's own: an array over a domain.</param>
public sealed class ArrayCodec(uint oid, Codec element, uint elementOid = 0) : BytesCodec(oid)
{
    public const int MaxDimensions = 6;

    private readonly byte _delimiter = element.Oid == Oids.Box ? (byte)';' : (byte)',';

    public Codec Element { get; } = element;

    public uint ElementOid { get; } = elementOid == 0 ? element.Oid : elementOid;

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        var dimensions = BinaryForm.NextInt32(ref value);
        BinaryForm.Next(ref value, 8);
        if (dimensions == 0)
        {
            output.Bytes("{}"u8);
            return;
        }

        Span<int> lengths = stackalloc int[MaxDimensions];
        var header = value;
        var explicitBounds = false;
        for (var i = 0; i < dimensions; i++)
        {
            lengths[i] = BinaryForm.NextInt32(ref value);
            explicitBounds |= BinaryForm.NextInt32(ref value) != 1;
        }

        if (explicitBounds)
        {
            for (var i = 0; i < dimensions; i++)
            {
                var length = BinaryForm.NextInt32(ref header);
                var lower = BinaryForm.NextInt32(ref header);
                output.Byte((byte)'[');
                output.Decimal((long)lower);
                output.Byte((byte)':');
                output.Decimal((long)lower + length - 1);
                output.Byte((byte)']');
            }

            output.Byte((byte)'=');
        }

        Level(lengths[..dimensions], ref value, settings, output);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        if (ElementForm.Differs(Element)) Rewrite(value, output, toWire: true);
        else output.Bytes(value);
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        new ArrayInput(text, Element, ElementOid, _delimiter, settings).Write(carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        if (ElementForm.Differs(Element))
        {
            Rewrite(data, carrier, toWire: false);
            return;
        }

        Check(data);
        carrier.Bytes(data);
    }

    // The elements themselves are checked too: whoever prints the array later must not meet a surprise.
    private void Check(ReadOnlySpan<byte> data)
    {
        var count = Header(ref data);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryForm.NextInt32(ref data);
            if (length >= 0) ElementForm.Check(Element, BinaryForm.Next(ref data, length));
        }

        if (!data.IsEmpty) throw BinaryForm.Invalid("incorrect binary data format");
    }

    private void Rewrite(ReadOnlySpan<byte> data, ByteWriter output, bool toWire)
    {
        var all = data;
        var count = Header(ref data);
        output.Bytes(all[..^data.Length]);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryForm.NextInt32(ref data);
            if (length < 0)
            {
                output.Int32(-1);
                continue;
            }

            var at = output.ReserveInt32();
            if (toWire) ElementForm.ToWire(Element, BinaryForm.Next(ref data, length), output);
            else ElementForm.FromWire(Element, BinaryForm.Next(ref data, length), output);
            output.PatchInt32(at, output.Length - at - sizeof(int));
        }

        if (!data.IsEmpty) throw BinaryForm.Invalid("incorrect binary data format");
    }

    /// <summary>Reads over the header; returns the number of elements.</summary>
    private long Header(ref ReadOnlySpan<byte> data)
    {
        var dimensions = BinaryForm.NextInt32(ref data);
        if (dimensions is < 0 or > MaxDimensions) throw BinaryForm.Invalid($"invalid number of dimensions: {dimensions}");
        if (BinaryForm.NextInt32(ref data) is not (0 or 1)) throw BinaryForm.Invalid("invalid array flags");
        var elementOid = (uint)BinaryForm.NextInt32(ref data);
        if (elementOid != ElementOid)
            throw new PgException(SqlStates.DatatypeMismatch, $"binary data has array element type {elementOid} ({TypeNames.Format(elementOid)}) instead of expected {ElementOid} ({TypeNames.Format(ElementOid)})");
        long count = dimensions == 0 ? 0 : 1;
        for (var i = 0; i < dimensions; i++)
        {
            var length = BinaryForm.NextInt32(ref data);
            if (length < 0 || (count *= length) > int.MaxValue) throw BinaryForm.Invalid("array size exceeds the maximum allowed");
            BinaryForm.NextInt32(ref data);
        }

        return count;
    }

    private void Level(scoped ReadOnlySpan<int> lengths, ref ReadOnlySpan<byte> data, FormatSettings settings, ByteWriter output)
    {
        output.Byte((byte)'{');
        for (var i = 0; i < lengths[0]; i++)
        {
            if (i > 0) output.Byte(_delimiter);
            if (lengths.Length > 1) Level(lengths[1..], ref data, settings, output);
            else WriteElement(ref data, settings, output);
        }

        output.Byte((byte)'}');
    }

    private void WriteElement(ref ReadOnlySpan<byte> data, FormatSettings settings, ByteWriter output)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(data);
        data = data[4..];
        if (length < 0)
        {
            output.Bytes("NULL"u8);
            return;
        }

        var scratch = Scratch.Rent();
        ElementForm.BinaryToText(Element, data[..length], settings, scratch);
        data = data[length..];
        var text = scratch.WrittenSpan;
        if (!NeedsQuotes(text)) output.Bytes(text);
        else Quote(text, output);
        Scratch.Return(scratch);
    }

    private bool NeedsQuotes(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || Ascii.Is(text, "null"u8)) return true;
        foreach (var b in text)
            if (b is (byte)'"' or (byte)'\\' or (byte)'{' or (byte)'}' || b == _delimiter || Ascii.IsSpace(b)) return true;
        return false;
    }

    private static void Quote(ReadOnlySpan<byte> text, ByteWriter output)
    {
        output.Byte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\') output.Byte((byte)'\\');
            output.Byte(b);
        }

        output.Byte((byte)'"');
    }
}
