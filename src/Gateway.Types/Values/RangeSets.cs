namespace Gateway.Types;

/// <summary>
/// Ranges and multiranges as sets: lists of ranges in order, none empty, no two that overlap or touch. A range is a list of one,
/// or of none when it is empty.
/// </summary>
/// <remarks>Rules: manual, 9.20 (range functions and operators).</remarks>
public static class RangeSets
{
    public static List<RangeValue> Of(RangeValue range) => range.IsEmpty ? [] : [range];

    /// <summary>The smallest range that holds all of them.</summary>
    public static RangeValue Hull(List<RangeValue> ranges) =>
        ranges.Count == 0 ? RangeValue.Empty : new RangeValue(ranges[0].Lower, ranges[^1].Upper, false);

    public static bool Has(RangeElement element, List<RangeValue> ranges, byte[] value) => ranges.Exists(range =>
        (range.Lower.Value is not { } low || (element.Compare(low, value) is var below && (below < 0 || (below == 0 && range.Lower.IsInclusive))))
        && (range.Upper.Value is not { } high || (element.Compare(value, high) is var above && (above < 0 || (above == 0 && range.Upper.IsInclusive)))));

    public static bool Covers(RangeElement element, List<RangeValue> outer, List<RangeValue> inner) => inner.TrueForAll(part => outer.Exists(range =>
        RangeValue.CompareLower(element, range.Lower, part.Lower) <= 0 && RangeValue.CompareUpper(element, range.Upper, part.Upper) >= 0));

    public static bool Overlap(RangeElement element, List<RangeValue> left, List<RangeValue> right) =>
        left.Exists(a => right.Exists(b => Overlap(element, a, b)));

    /// <summary>Everything of the left is below everything of the right; false when one is empty.</summary>
    public static bool IsBefore(RangeElement element, List<RangeValue> left, List<RangeValue> right) =>
        left.Count > 0 && right.Count > 0 && !Meets(element, right[0].Lower, left[^1].Upper);

    /// <summary>The left does not go beyond the right's upper bound.</summary>
    public static bool EndsWithin(RangeElement element, List<RangeValue> left, List<RangeValue> right) =>
        left.Count > 0 && right.Count > 0 && RangeValue.CompareUpper(element, left[^1].Upper, right[^1].Upper) <= 0;

    /// <summary>The left does not go below the right's lower bound.</summary>
    public static bool BeginsWithin(RangeElement element, List<RangeValue> left, List<RangeValue> right) =>
        left.Count > 0 && right.Count > 0 && RangeValue.CompareLower(element, left[0].Lower, right[0].Lower) >= 0;

    public static bool AreAdjacent(RangeElement element, List<RangeValue> left, List<RangeValue> right) =>
        left.Count > 0 && right.Count > 0
        && (Touch(element, left[^1].Upper, right[0].Lower) || Touch(element, right[^1].Upper, left[0].Lower));

    public static List<RangeValue> Intersection(RangeElement element, List<RangeValue> left, List<RangeValue> right)
    {
        var result = new List<RangeValue>();
        foreach (var a in left)
            foreach (var b in right)
                if (Overlap(element, a, b))
                    result.Add(new RangeValue(
                        RangeValue.CompareLower(element, a.Lower, b.Lower) >= 0 ? a.Lower : b.Lower,
                        RangeValue.CompareUpper(element, a.Upper, b.Upper) <= 0 ? a.Upper : b.Upper,
                        false));
        return result;
    }

    public static List<RangeValue> Difference(RangeElement element, List<RangeValue> left, List<RangeValue> right)
    {
        var rest = left;
        foreach (var cut in right)
        {
            var kept = new List<RangeValue>();
            foreach (var range in rest)
            {
                if (!Overlap(element, range, cut))
                {
                    kept.Add(range);
                    continue;
                }

                if (RangeValue.CompareLower(element, range.Lower, cut.Lower) < 0) kept.Add(new RangeValue(range.Lower, Turned(cut.Lower), false));
                if (RangeValue.CompareUpper(element, range.Upper, cut.Upper) > 0) kept.Add(new RangeValue(Turned(cut.Upper), range.Upper, false));
            }

            rest = kept;
        }

        return rest;
    }

    /// <exception cref="PgException">22000 when there is a gap between the two.</exception>
    public static RangeValue Union(RangeElement element, RangeValue left, RangeValue right) =>
        RangeValue.Merge(element, [left, right]) is { Count: > 1 }
            ? throw new PgException(SqlStates.DataException, "result of range union would not be contiguous")
            : Merge(element, left, right);

    /// <summary>The smallest range that holds both.</summary>
    public static RangeValue Merge(RangeElement element, RangeValue left, RangeValue right)
    {
        if (left.IsEmpty || right.IsEmpty) return left.IsEmpty ? right : left;
        return new RangeValue(
            RangeValue.CompareLower(element, left.Lower, right.Lower) <= 0 ? left.Lower : right.Lower,
            RangeValue.CompareUpper(element, left.Upper, right.Upper) >= 0 ? left.Upper : right.Upper,
            false);
    }

    /// <exception cref="PgException">22000 when the right lies inside the left.</exception>
    public static RangeValue Minus(RangeElement element, RangeValue left, RangeValue right) =>
        Difference(element, Of(left), Of(right)) switch
        {
            [] => RangeValue.Empty,
            [var rest] => rest,
            _ => throw new PgException(SqlStates.DataException, "result of range difference would not be contiguous"),
        };

    private static RangeBound Turned(RangeBound bound) => bound with { IsInclusive = !bound.IsInclusive };

    private static bool Overlap(RangeElement element, RangeValue left, RangeValue right) =>
        Meets(element, left.Lower, right.Upper) && Meets(element, right.Lower, left.Upper);

    /// <summary>Some value is above the one and below the other.</summary>
    private static bool Meets(RangeElement element, RangeBound lower, RangeBound upper)
    {
        if (lower.Value is not { } low || upper.Value is not { } high) return true;
        var order = element.Compare(low, high);
        return order < 0 || (order == 0 && lower.IsInclusive && upper.IsInclusive);
    }

    /// <summary>Nothing lies between the two, and nothing in both.</summary>
    private static bool Touch(RangeElement element, RangeBound upper, RangeBound lower) =>
        upper.Value is { } end && lower.Value is { } begin && upper.IsInclusive != lower.IsInclusive && element.Compare(end, begin) == 0;
}
