namespace Gateway.Types;

/// <summary>An anonymous row; the carrier is the binary form: Int32 fields, then each as Int32 type OID, Int32 length (-1 NULL), value.</summary>
/// <param name="types">Those of the database it belongs to, for its fields.</param>
public sealed class RecordCodec(UserTypes? types = null) : BytesCodec(Oids.Record)
{
    public UserTypes Types { get; } = types ?? UserTypes.Empty;

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
            var codec = CodecOf(type);
            if (codec is RecordCodec record) record.EncodeText(field, settings, scratch);
            else ElementForm.BinaryToText(codec, field, settings, scratch);
            Field(scratch.WrittenSpan, output);
        }

        output.Byte((byte)')');
        Scratch.Return(scratch);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        if (Types.IsEmpty)
        {
            output.Bytes(value);
            return;
        }

        var count = BinaryForm.NextInt32(ref value);
        output.Int32(count);
        for (var i = 0; i < count; i++)
        {
            var type = (uint)BinaryForm.NextInt32(ref value);
            var length = BinaryForm.NextInt32(ref value);
            output.Int32((int)type);
            if (length < 0)
            {
                output.Int32(-1);
                continue;
            }

            var at = output.ReserveInt32();
            ElementForm.ToWire(CodecOf(type), BinaryForm.Next(ref value, length), output);
            output.PatchInt32(at, output.Length - at - sizeof(int));
        }
    }

    internal Codec CodecOf(uint type) => type == Oids.Record ? this : type >= UserTypes.FirstOid ? Types.FindCodec(type) ?? Codecs.Get(type) : Codecs.Get(type);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        throw PgException.Unsupported("input of anonymous composite types is not implemented");

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        Check(data, 0);
        if (!Types.IsEmpty && HoldsEnum(data)) throw PgException.Unsupported("a record with an enum in it is not supported as a parameter in binary format");
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

    private bool HoldsEnum(ReadOnlySpan<byte> data)
    {
        var count = BinaryForm.NextInt32(ref data);
        for (var i = 0; i < count; i++)
        {
            var type = (uint)BinaryForm.NextInt32(ref data);
            var length = BinaryForm.NextInt32(ref data);
            if (length < 0) continue;
            var field = BinaryForm.Next(ref data, length);
            if (type == Oids.Record ? HoldsEnum(field) : type >= UserTypes.FirstOid) return true;
        }

        return false;
    }
}
