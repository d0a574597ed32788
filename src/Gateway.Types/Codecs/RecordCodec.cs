namespace Gateway.Types;

/// <summary>An anonymous row; the carrier is the binary form: Int32 fields, then each as Int32 type OID, Int32 length (-1 NULL), value.</summary>
public sealed class RecordCodec() : BytesCodec(Oids.Record)
{
    // Quotes double with every level of the text form: deeper than this is an attack.
    private const int MaxDepth = 16;

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
            var field = BinaryForm.Next(ref value, length);
            // A record was checked with the whole; checking it again at every level would double the work each time.
            if (Codecs.Get(type) is RecordCodec record) record.EncodeText(field, settings, scratch);
            else ElementForm.BinaryToText(Codecs.Get(type), field, settings, scratch);
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
        Check(data, 0);
        carrier.Bytes(data);
    }

    private static void Check(ReadOnlySpan<byte> data, int depth)
    {
        if (depth == MaxDepth) throw new PgException(SqlStates.StatementTooComplex, "stack depth limit exceeded");
        var count = BinaryForm.NextInt32(ref data);
        for (var i = 0; i < count; i++)
        {
            var codec = Codecs.Get((uint)BinaryForm.NextInt32(ref data));
            var length = BinaryForm.NextInt32(ref data);
            if (length < 0) continue;
            var field = BinaryForm.Next(ref data, length);
            if (codec is RecordCodec) Check(field, depth + 1);
            else ElementForm.Check(codec, field);
        }

        if (count < 0 || !data.IsEmpty) throw BinaryForm.Invalid("incorrect binary data format");
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
