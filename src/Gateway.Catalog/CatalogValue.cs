using System.Text;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>A value of a catalog's row in its type's <see cref="Carrier"/>, or NULL.</summary>
public readonly struct CatalogValue
{
    private readonly object? _data;
    private readonly long _bits;
    private readonly byte _kind;

    private CatalogValue(byte kind, long bits, object? data) => (_kind, _bits, _data) = (kind, bits, data);

    public static CatalogValue Null => default;

    public bool IsNull => _kind == 0;

    /// <summary>Meaningless for NULL.</summary>
    public Carrier Carrier => (Carrier)(_kind - 1);

    public long Int64 => _bits;

    public double Float64 => BitConverter.Int64BitsToDouble(_bits);

    public string Text => (string)_data!;

    public byte[] Bytes => (byte[])_data!;

    public static CatalogValue Of(double value) => new(1 + (byte)Carrier.Float64, BitConverter.DoubleToInt64Bits(value), null);

    public static CatalogValue Of(byte[] value) => new(1 + (byte)Carrier.Bytes, 0, value);

    public static implicit operator CatalogValue(long value) => new(1 + (byte)Carrier.Int64, value, null);

    public static implicit operator CatalogValue(bool value) => value ? 1L : 0L;

    public static implicit operator CatalogValue(string? value) => value is null ? default : new(1 + (byte)Carrier.Text, 0, value);

    /// <summary>For <c>"char"</c>; '\0' is its empty value.</summary>
    public static implicit operator CatalogValue(char value) => value == '\0' ? "" : value.ToString();

    /// <summary>The value whose text form is <paramref name="text"/>; NULL for null.</summary>
    public static CatalogValue Parse(uint type, string? text)
    {
        if (text is null) return default;
        switch (Codecs.Get(type))
        {
            case Int64Codec codec: return codec.DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default);
            case Float64Codec codec: return Of(codec.DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default));
            case SpanCodec codec:
                using (var carrier = new ByteWriter())
                {
                    codec.DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default, carrier);
                    return codec is TextCodec ? Encoding.UTF8.GetString(carrier.WrittenSpan) : Of(carrier.WrittenSpan.ToArray());
                }

            default: throw new InvalidOperationException($"no codec for type {type}");
        }
    }
}
