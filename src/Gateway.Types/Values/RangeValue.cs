namespace Gateway.Types;

/// <summary>A bound of a range: null for none, else the element's canonical text.</summary>
public readonly record struct RangeBound(byte[]? Value, bool IsInclusive);

/// <summary>A range in the form PostgreSQL keeps it: bounds in order, those of whole numbers and dates as [lower,upper).</summary>
public readonly record struct RangeValue(RangeBound Lower, RangeBound Upper, bool IsEmpty)
{
    public static RangeValue Empty { get; } = new(default, default, true);

    /// <exception cref="PgException">22000 when the bounds are the wrong way round, 22003 and 22008 for one that has no next.</exception>
    public static RangeValue Of(RangeElement element, RangeBound lower, RangeBound upper)
    {
        if (lower.Value is null) lower = default;
        if (upper.Value is null) upper = default;
        if (Order(element, lower, upper) is { } order)
        {
            if (order > 0)
                throw new PgException(SqlStates.DataException, "range lower bound must be less than or equal to range upper bound");
            if (order == 0 && !(lower.IsInclusive && upper.IsInclusive)) return Empty;
        }

        if (element.IsDiscrete)
        {
            if (lower is { Value: { } low, IsInclusive: false } && !element.IsEndless(low)) lower = new RangeBound(element.Next(low), true);
            if (upper is { Value: { } high, IsInclusive: true } && !element.IsEndless(high)) upper = new RangeBound(element.Next(high), false);
            if (Order(element, lower, upper) is { } after && (after > 0 || (after == 0 && !(lower.IsInclusive && upper.IsInclusive)))) return Empty;
        }

        return new RangeValue(lower, upper, false);
    }

    /// <summary>Of a multirange: in order, none empty, those that overlap or touch made one.</summary>
    public static List<RangeValue> Merge(RangeElement element, List<RangeValue> ranges)
    {
        var sorted = ranges.Where(range => !range.IsEmpty).ToList();
        sorted.Sort((a, b) => CompareLower(element, a.Lower, b.Lower) is var c and not 0 ? c : CompareUpper(element, a.Upper, b.Upper));
        var merged = new List<RangeValue>();
        foreach (var range in sorted)
        {
            if (merged.Count == 0 || !Reaches(element, merged[^1].Upper, range.Lower))
            {
                merged.Add(range);
                continue;
            }

            if (CompareUpper(element, merged[^1].Upper, range.Upper) < 0) merged[^1] = merged[^1] with { Upper = range.Upper };
        }

        return merged;
    }

    private static int? Order(RangeElement element, RangeBound lower, RangeBound upper) =>
        lower.Value is { } low && upper.Value is { } high ? element.Compare(low, high) : null;

    private static bool Reaches(RangeElement element, RangeBound upper, RangeBound lower)
    {
        if (upper.Value is not { } end || lower.Value is not { } begin) return true;
        var order = element.Compare(end, begin);
        return order > 0 || (order == 0 && (upper.IsInclusive || lower.IsInclusive));
    }

    /// <summary>No bound is below every other.</summary>
    public static int CompareLower(RangeElement element, RangeBound a, RangeBound b)
    {
        if (a.Value is null || b.Value is null) return (a.Value is null ? 0 : 1) - (b.Value is null ? 0 : 1);
        return element.Compare(a.Value, b.Value) is var order and not 0 ? order : b.IsInclusive.CompareTo(a.IsInclusive);
    }

    /// <summary>No bound is above every other.</summary>
    public static int CompareUpper(RangeElement element, RangeBound a, RangeBound b)
    {
        if (a.Value is null || b.Value is null) return (a.Value is null ? 1 : 0) - (b.Value is null ? 1 : 0);
        return element.Compare(a.Value, b.Value) is var order and not 0 ? order : a.IsInclusive.CompareTo(b.IsInclusive);
    }
}

/// <summary>What a range needs of the type of its bounds, which it keeps as text of the default settings.</summary>
public sealed class RangeElement(uint oid, Codec codec)
{
    public Codec Codec { get; } = codec;

    public bool IsDiscrete { get; } = oid is Oids.Int4 or Oids.Int8 or Oids.Date;

    /// <summary>Its text does not depend on the session's settings.</summary>
    public bool IsPlain { get; } = oid is Oids.Int4 or Oids.Int8 or Oids.Numeric;

    public int Compare(byte[] left, byte[] right) =>
        Codec is Int64Codec c
            ? c.DecodeText(left, FormatSettings.Default).CompareTo(c.DecodeText(right, FormatSettings.Default))
            : PgNumeric.Parse(left).CompareTo(PgNumeric.Parse(right));

    /// <summary>infinity and -infinity of a date have no next: such a bound stays as it is written.</summary>
    public bool IsEndless(byte[] bound) => oid == Oids.Date && bound is [.., (byte)'y'];

    public byte[] Next(byte[] bound)
    {
        var codec = (Int64Codec)Codec;
        var value = codec.DecodeText(bound, FormatSettings.Default);
        var max = oid switch { Oids.Int4 => int.MaxValue, Oids.Int8 => long.MaxValue, _ => 2145031948 };
        if (value >= max)
            throw oid == Oids.Date
                ? new PgException(SqlStates.DatetimeFieldOverflow, "date out of range")
                : new PgException(SqlStates.NumericValueOutOfRange, oid == Oids.Int4 ? "integer out of range" : "bigint out of range");
        using var writer = new ByteWriter();
        codec.EncodeText(value + 1, FormatSettings.Default, writer);
        return writer.WrittenSpan.ToArray();
    }
}
