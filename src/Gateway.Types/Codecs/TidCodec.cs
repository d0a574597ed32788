using System.Globalization;
using System.Text;

namespace Gateway.Types;

/// <summary>tid, the place of a row: carried as <c>(block,offset)</c>. Binary: UInt32 block, UInt16 offset.</summary>
public sealed class TidCodec() : TextCodec(Oids.Tid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        var (block, offset) = Parse(value);
        output.Int32((int)block);
        output.Int16((short)offset);
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) => Print(Parse(text), carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var block = (uint)BinaryForm.NextInt32(ref data);
        Print((block, (ushort)BinaryForm.NextInt16(ref data)), carrier);
        data.Exactly(0);
    }

    private static void Print((uint Block, ushort Offset) tid, ByteWriter output) => output.Utf8($"({tid.Block},{tid.Offset})");

    private static (uint Block, ushort Offset) Parse(ReadOnlySpan<byte> text)
    {
        var parts = Encoding.UTF8.GetString(text).Trim().Split(',');
        return parts is [['(', .. var block], [.. var offset, ')']]
            && uint.TryParse(block, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var b)
            && ushort.TryParse(offset, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var o)
            ? (b, o)
            : throw PgException.InvalidText("tid", text);
    }
}
