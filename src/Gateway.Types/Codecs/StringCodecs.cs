using System.Text;
using System.Text.Unicode;

namespace Gateway.Types;

/// <summary>text, varchar, bpchar, unknown, xml and every type that travels as its text form.</summary>
public class StringCodec(uint oid) : TextCodec(oid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        RequireUtf8(text);
        carrier.Bytes(text);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        RequireUtf8(data);
        carrier.Bytes(data);
    }

    /// <exception cref="PgException">22021 naming the first offending bytes, as PostgreSQL does; also for a zero byte.</exception>
    public static void RequireUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text) && !text.Contains((byte)0)) return;
        var rest = text;
        while (rest.Length > 0)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var consumed);
            if (status != System.Buffers.OperationStatus.Done || rest[0] == 0) break;
            rest = rest[consumed..];
        }

        throw PgException.NotUtf8(rest);
    }
}

/// <summary>name: text cut to 63 bytes, never through a character.</summary>
public sealed class NameCodec() : StringCodec(Oids.Name)
{
    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        base.DecodeText(Cut(text), settings, carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => base.DecodeBinary(Cut(data), carrier);

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 63) return text;
        var end = 63;
        while (end > 0 && (text[end] & 0xC0) == 0x80) end--;
        return text[..end];
    }
}

/// <summary>"char": one byte; the empty text is the zero byte.</summary>
public sealed class CharCodec() : TextCodec(Oids.Char)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) =>
        output.Byte(value.Length == 0 ? (byte)0 : value[0]);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        carrier.Bytes(text[..Math.Min(1, text.Length)]);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        if (data.Exactly(1)[0] != 0) carrier.Bytes(data);
    }
}

/// <summary>void: nothing, in either form.</summary>
public sealed class VoidCodec() : TextCodec(Oids.Void)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
    }
}
