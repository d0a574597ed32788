namespace Gateway.Types;

/// <summary>int4range and its kin: carried as PostgreSQL prints them in the default settings.</summary>
/// <remarks>
/// Binary: one byte of flags (1 empty, 2 and 4 lower and upper inclusive, 8 and 16 lower and upper infinite), then each finite
/// bound as Int32 length and its binary form.
/// </remarks>
public sealed class RangeCodec : TextCodec
{
    private const int EmptyFlag = 1, LowerInclusive = 2, UpperInclusive = 4, LowerInfinite = 8, UpperInfinite = 16;

    internal RangeCodec(uint oid, RangeElement element) : base(oid) => Element = element;

    public RangeElement Element { get; }

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        if (Element.IsPlain || ReferenceEquals(settings, FormatSettings.Default)) output.Bytes(value);
        else RangeText.Print(RangeText.Read(value, Element, FormatSettings.Default), Element, settings, output);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) =>
        Write(RangeText.Read(value, Element, FormatSettings.Default), output);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        RangeText.Print(RangeText.Read(text, Element, settings), Element, FormatSettings.Default, carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        RangeText.Print(Read(ref data), Element, FormatSettings.Default, carrier);
        data.Exactly(0);
    }

    internal void Write(RangeValue range, ByteWriter output)
    {
        if (range.IsEmpty)
        {
            output.Byte(EmptyFlag);
            return;
        }

        output.Byte((byte)((range.Lower.IsInclusive ? LowerInclusive : 0) | (range.Upper.IsInclusive ? UpperInclusive : 0)
            | (range.Lower.Value is null ? LowerInfinite : 0) | (range.Upper.Value is null ? UpperInfinite : 0)));
        Write(range.Lower.Value, output);
        Write(range.Upper.Value, output);
    }

    internal RangeValue Read(ref ReadOnlySpan<byte> data)
    {
        var flags = BinaryForm.Next(ref data, 1)[0];
        if ((flags & EmptyFlag) != 0) return RangeValue.Empty;
        var lower = (flags & LowerInfinite) == 0 ? Bound(ref data) : null;
        var upper = (flags & UpperInfinite) == 0 ? Bound(ref data) : null;
        return RangeValue.Of(Element, new RangeBound(lower, (flags & LowerInclusive) != 0), new RangeBound(upper, (flags & UpperInclusive) != 0));
    }

    private byte[] Bound(ref ReadOnlySpan<byte> data)
    {
        var length = BinaryForm.NextInt32(ref data);
        using var text = new ByteWriter();
        ElementForm.BinaryToText(Element.Codec, BinaryForm.Next(ref data, length), FormatSettings.Default, text);
        return text.WrittenSpan.ToArray();
    }

    private void Write(byte[]? bound, ByteWriter output)
    {
        if (bound is null) return;
        var length = output.ReserveInt32();
        ElementForm.TextToBinary(Element.Codec, bound, FormatSettings.Default, output);
        output.PatchInt32(length, output.Length - length - sizeof(int));
    }
}

/// <summary>int4multirange and its kin. Binary: Int32 number of ranges, each as Int32 length and its binary form.</summary>
public sealed class MultirangeCodec(uint oid, RangeCodec range) : TextCodec(oid)
{
    public RangeElement Element => range.Element;

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        if (Element.IsPlain || ReferenceEquals(settings, FormatSettings.Default)) output.Bytes(value);
        else RangeText.PrintMany(RangeText.ReadMany(value, Element, FormatSettings.Default), Element, settings, output);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        var ranges = RangeText.ReadMany(value, Element, FormatSettings.Default);
        output.Int32(ranges.Count);
        foreach (var part in ranges)
        {
            var length = output.ReserveInt32();
            range.Write(part, output);
            output.PatchInt32(length, output.Length - length - sizeof(int));
        }
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        RangeText.PrintMany(RangeText.ReadMany(text, Element, settings), Element, FormatSettings.Default, carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var count = BinaryForm.NextInt32(ref data);
        var ranges = new List<RangeValue>();
        for (var i = 0; i < count; i++)
        {
            var part = BinaryForm.Next(ref data, BinaryForm.NextInt32(ref data));
            ranges.Add(range.Read(ref part));
            part.Exactly(0);
        }

        data.Exactly(0);
        RangeText.PrintMany(RangeValue.Merge(Element, ranges), Element, FormatSettings.Default, carrier);
    }
}
