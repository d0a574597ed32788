namespace Gateway.Types;

/// <summary>boolean: t or f; reads every spelling of chapter 8.6 of the manual.</summary>
public sealed class BoolCodec() : Int64Codec(Oids.Bool)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) =>
        output.Byte(value != 0 ? (byte)'t' : (byte)'f');

    public override void EncodeBinary(long value, ByteWriter output) => output.Byte(value != 0 ? (byte)1 : (byte)0);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) =>
        TryParse(text, out var value) ? (value ? 1 : 0) : throw PgException.InvalidText("boolean", text);

    public override long DecodeBinary(ReadOnlySpan<byte> data) => data.Exactly(1)[0] != 0 ? 1 : 0;

    /// <summary>true, yes, on, 1 and false, no, off, 0; unique prefixes, any case, surrounding white space.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        var word = Ascii.Trim(text);
        value = IsPrefix(word, "true"u8, 1) || IsPrefix(word, "yes"u8, 1) || IsPrefix(word, "on"u8, 2) || word.SequenceEqual("1"u8);
        return value || IsPrefix(word, "false"u8, 1) || IsPrefix(word, "no"u8, 1) || IsPrefix(word, "off"u8, 2)
            || word.SequenceEqual("0"u8);
    }

    private static bool IsPrefix(ReadOnlySpan<byte> word, ReadOnlySpan<byte> whole, int least) =>
        word.Length >= least && word.Length <= whole.Length && Ascii.StartsWith(word, whole[..word.Length]);
}
