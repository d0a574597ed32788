namespace Gateway.Types;

/// <summary>How one type is written to and read from the wire, in text and in binary form.</summary>
/// <remarks>
/// The concrete base class follows from the type's <see cref="Carrier"/>: <see cref="Int64Codec"/>,
/// <see cref="Float64Codec"/>, <see cref="TextCodec"/> or <see cref="BytesCodec"/>. Encoders append the value's bytes
/// only (never its length). Decoders raise PostgreSQL's own errors: 22P02 and 22007 for text, 22P03 for binary, 22003
/// and 22008 for range. Codecs have no state.
/// </remarks>
public abstract class Codec(uint oid)
{
    public uint Oid { get; } = oid;

    public abstract Carrier Carrier { get; }
}

public abstract class Int64Codec(uint oid) : Codec(oid)
{
    public sealed override Carrier Carrier => Carrier.Int64;

    public abstract void EncodeText(long value, FormatSettings settings, ByteWriter output);

    public abstract void EncodeBinary(long value, ByteWriter output);

    public abstract long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings);

    public abstract long DecodeBinary(ReadOnlySpan<byte> data);

    /// <summary>As an element of an array or a field of a record in its carrier: the binary form, save for enums.</summary>
    public virtual void EncodeElement(long value, ByteWriter output) => EncodeBinary(value, output);

    public virtual long DecodeElement(ReadOnlySpan<byte> data) => DecodeBinary(data);
}

public abstract class Float64Codec(uint oid) : Codec(oid)
{
    public sealed override Carrier Carrier => Carrier.Float64;

    public abstract void EncodeText(double value, FormatSettings settings, ByteWriter output);

    public abstract void EncodeBinary(double value, ByteWriter output);

    public abstract double DecodeText(ReadOnlySpan<byte> text, FormatSettings settings);

    public abstract double DecodeBinary(ReadOnlySpan<byte> data);
}

/// <summary>For types whose carrier is their own text form (Text) or their binary form (Bytes).</summary>
public abstract class SpanCodec(uint oid) : Codec(oid)
{
    /// <summary>Carrier to text form.</summary>
    public abstract void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output);

    /// <summary>Carrier to binary form.</summary>
    public abstract void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output);

    /// <summary>Text form to carrier.</summary>
    public abstract void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier);

    /// <summary>Binary form to carrier.</summary>
    public abstract void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier);
}

public abstract class TextCodec(uint oid) : SpanCodec(oid)
{
    public sealed override Carrier Carrier => Carrier.Text;
}

public abstract class BytesCodec(uint oid) : SpanCodec(oid)
{
    public sealed override Carrier Carrier => Carrier.Bytes;
}
