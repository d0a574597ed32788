using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>regclass, regproc and the other OID aliases; 0 prints as <c>-</c>, what has no name as its number.</summary>
/// <remarks>Names come from <see cref="FormatSettings.Names"/>; without it, only regtype has any.</remarks>
public sealed class RegCodec(uint oid, string state, string missing) : Int64Codec(oid)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output)
    {
        if (value == 0) output.Utf8(Zero(Oid));
        else if (settings.Names?.NameOf(Oid, (uint)value) is { } known) output.Utf8(known);
        else if (Oid == Oids.RegType && PgTypes.Find((uint)value) is not null) output.Utf8(TypeNames.Format((uint)value));
        else output.Decimal((ulong)(uint)value);
    }

    /// <summary>How no object is written; a dash would be an operator.</summary>
    public static string Zero(uint type) => type is Oids.RegOper or Oids.RegOperator ? "0" : "-";

    public override void EncodeBinary(long value, ByteWriter output) => output.Int32((int)(uint)value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings)
    {
        if (text.SequenceEqual("-"u8) && Zero(Oid) == "-") return 0;
        if (text.Length > 0 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) return OidCodec.Parse(text, "oid", 4);
        var name = System.Text.Encoding.UTF8.GetString(text);
        if (settings.Names is { } names) return names.Find(Oid, name);
        if (Oid == Oids.RegType && TypeNames.Find(name) is { } type) return type.Oid;
        throw new PgException(state, string.Format(null, missing, name));
    }

    public override long DecodeBinary(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32BigEndian(data.Exactly(4));
}
