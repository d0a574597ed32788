namespace Gateway.Types;

/// <summary>int2vector and oidvector: numbers between spaces; binary as a one-dimensional array from 0.</summary>
public sealed class VectorCodec(uint oid, Int64Codec element) : BytesCodec(oid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        var dimensions = BinaryForm.NextInt32(ref value);
        BinaryForm.Next(ref value, 8);
        if (dimensions == 0) return;
        var count = BinaryForm.NextInt32(ref value);
        BinaryForm.NextInt32(ref value);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) output.Byte((byte)' ');
            var length = BinaryForm.NextInt32(ref value);
            element.EncodeText(element.DecodeBinary(BinaryForm.Next(ref value, length)), settings, output);
        }
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        carrier.Int32(1);
        carrier.Int32(0);
        carrier.Int32((int)element.Oid);
        var countAt = carrier.ReserveInt32();
        carrier.Int32(0);
        var count = 0;
        for (text = Ascii.Trim(text); !text.IsEmpty; text = Ascii.Trim(text), count++)
        {
            var end = 0;
            while (end < text.Length && !Ascii.IsSpace(text[end])) end++;
            var value = element.DecodeText(text[..end], settings);
            var at = carrier.ReserveInt32();
            element.EncodeBinary(value, carrier);
            carrier.PatchInt32(at, carrier.Length - at - 4);
            text = text[end..];
        }

        carrier.PatchInt32(countAt, count);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var rest = data;
        var dimensions = BinaryForm.NextInt32(ref rest);
        BinaryForm.NextInt32(ref rest);
        if (dimensions != 1 || (uint)BinaryForm.NextInt32(ref rest) != element.Oid) throw BinaryForm.Invalid("invalid vector data");
        var count = BinaryForm.NextInt32(ref rest);
        if (BinaryForm.NextInt32(ref rest) != 0) throw BinaryForm.Invalid("invalid vector data");
        for (var i = 0; i < count; i++) element.DecodeBinary(BinaryForm.Next(ref rest, BinaryForm.NextInt32(ref rest)));
        if (!rest.IsEmpty) throw BinaryForm.Invalid("invalid vector data");
        carrier.Bytes(data);
    }
}
