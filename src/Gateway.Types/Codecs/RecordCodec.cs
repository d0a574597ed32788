namespace Gateway.Types;

/// <summary>An anonymous row; the carrier is the binary form: Int32 fields, then each as Int32 type OID, Int32 length (-1 NULL), value.</summary>
public sealed class RecordCodec() : BytesCodec(Oids.Record)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        var scratch = Scratch.Rent();
        output.Byte((byte)'(');
        var count = BinaryForm.NextInt32(ref value);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) output.Byte((byte)',');
            var type = (uint)BinaryForm.NextInt32(ref value);
            var length = BinaryForm.NextInt32(ref value);
            if (length < 0) continue;
            scratch.Clear();
            ElementForm.BinaryToText(Codecs.Get(type), BinaryForm.Next(ref value, length), settings, scratch);
            Field(scratch.WrittenSpan, output);
        }

        output.Byte((byte)')');
        Scratch.Return(scratch);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        throw PgException.Unsupported("input of anonymous composite types is not implemented");

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var scratch = Scratch.Rent();
        EncodeText(data, FormatSettings.Default, scratch);
        Scratch.Return(scratch);
        carrier.Bytes(data);
    }

    private static void Field(ReadOnlySpan<byte> text, ByteWriter output)
    {
        var quote = text.IsEmpty;
        foreach (var b in text) quote |= b is (byte)'"' or (byte)'\\' or (byte)'(' or (byte)')' or (byte)',' || Ascii.IsSpace(b);
        if (!quote)
        {
            output.Bytes(text);
            return;
        }

        output.Byte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\') output.Byte(b);
            output.Byte(b);
        }

        output.Byte((byte)'"');
    }
}
