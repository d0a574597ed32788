using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>The value of a range or multirange: see <see cref="RangeSets"/>.</summary>
internal readonly record struct RangeSet(RangeElement Element, List<RangeValue> Ranges)
{
    public RangeValue Hull => RangeSets.Hull(Ranges);

    /// <summary>An argument that is followed by the OID of its type.</summary>
    public static RangeSet Argument(Call c, int i) => Read(c.Oid(i + 1), c.Bytes(i));

    public static RangeSet Read(uint type, ReadOnlySpan<byte> carrier) => Codecs.Get(type) switch
    {
        RangeCodec codec => new RangeSet(codec.Element, RangeSets.Of(RangeText.Read(carrier, codec.Element, FormatSettings.Default))),
        MultirangeCodec codec => new RangeSet(codec.Element, RangeText.ReadMany(carrier, codec.Element, FormatSettings.Default)),
        _ => throw new PgException(SqlStates.InternalError, $"type {type} is no range"),
    };

    public static string Text(RangeElement element, RangeValue range)
    {
        using var text = new ByteWriter();
        RangeText.Print(range, element, FormatSettings.Default, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>
    /// Appends bytes that compare as PostgreSQL compares the values: by lower, then upper bound of each range in turn; an empty
    /// range, and a multirange that ends before the other, come first.
    /// </summary>
    public void WriteKey(ByteWriter key)
    {
        foreach (var range in Ranges)
        {
            key.Byte(1);
            Bound(range.Lower, none: 0, inclusive: 0, exclusive: 1, key);
            Bound(range.Upper, none: 2, inclusive: 1, exclusive: 0, key);
        }

        key.Byte(0);
    }

    private void Bound(RangeBound bound, byte none, byte inclusive, byte exclusive, ByteWriter key)
    {
        if (bound.Value is not { } value)
        {
            key.Byte(none);
            return;
        }

        var type = Element.Codec.Oid;
        key.Byte(1);
        SortKey.Write(type, Datum.FromText(type, value, FormatSettings.Default), key);
        key.Byte(bound.IsInclusive ? inclusive : exclusive);
    }
}
