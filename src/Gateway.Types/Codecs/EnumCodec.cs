using System.Buffers.Binary;
using System.Text;

namespace Gateway.Types;

/// <summary>An enum: both forms are the label, the carrier is the label's number.</summary>
/// <remarks>Arrays and records hold the number as well, so that a label can be renamed without a look at any row.</remarks>
public sealed class EnumCodec : Int64Codec
{
    private readonly Dictionary<long, byte[]> _labels;
    private readonly Dictionary<string, long> _values;
    private readonly UserType _type;

    public EnumCodec(UserType type)
        : base(type.Oid)
    {
        _type = type;
        _labels = type.Labels.ToDictionary(label => label.Value, label => Encoding.UTF8.GetBytes(label.Name));
        _values = type.Labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal);
    }

    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) => EncodeBinary(value, output);

    public override void EncodeBinary(long value, ByteWriter output) => output.Bytes(
        _labels.GetValueOrDefault(value) ?? throw new PgException(SqlStates.InvalidBinaryRepresentation, $"invalid internal value for enum: {value}"));

    public override void EncodeElement(long value, ByteWriter output) => output.Int64(value);

    public override long DecodeElement(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt64BigEndian(data);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) => DecodeBinary(text);

    public override long DecodeBinary(ReadOnlySpan<byte> data)
    {
        var label = Encoding.UTF8.GetString(data);
        return _values.TryGetValue(label, out var value)
            ? value
            : throw new PgException(SqlStates.InvalidTextRepresentation, $"invalid input value for enum {Name}: \"{label}\"");
    }

    private string Name => TypeScope.Types.Find(Oid) is not null ? TypeNames.Format(Oid)
        : _type.Schema == "public" ? QuotedName.Of(_type.Name) : $"{QuotedName.Of(_type.Schema)}.{QuotedName.Of(_type.Name)}";
}
