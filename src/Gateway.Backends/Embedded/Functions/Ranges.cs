using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Ranges and multiranges: made, taken apart, compared, combined. Each argument is followed by the OID of its type.</summary>
/// <remarks>
/// An operator between two of them has four functions in pg_proc, one for each combination of range and multirange; the sets
/// they stand for are the same.
/// </remarks>
internal static class Ranges
{
    private delegate bool Test(RangeElement element, List<RangeValue> left, List<RangeValue> right);

    public static void AddTo(FunctionTable f)
    {
        f.Loose("range_constructor2", 4, c => Construct(c, "[)"));
        f.Loose("range_constructor3", 6, c => Construct(c, c.IsNull(4)
            ? throw new PgException(SqlStates.DataException, "range constructor flags argument must not be null")
            : c.Text(4)));
        f.Add("multirange_constructor1", 2, c => Many(c, RangeSet.Argument(c, 0)));
        f.Add("multirange_constructor2", 2, ConstructMany);

        foreach (var kind in (ReadOnlySpan<string>)["range", "multirange"])
        {
            f.Add($"{kind}_empty", 2, c => c.Return(RangeSet.Argument(c, 0).Ranges.Count == 0));
            f.Add($"{kind}_lower", 2, c => Bound(c, range => range.Lower));
            f.Add($"{kind}_upper", 2, c => Bound(c, range => range.Upper));
            f.Add($"{kind}_lower_inc", 2, c => c.Return(RangeSet.Argument(c, 0).Hull.Lower.IsInclusive));
            f.Add($"{kind}_upper_inc", 2, c => c.Return(RangeSet.Argument(c, 0).Hull.Upper.IsInclusive));
            f.Add($"{kind}_lower_inf", 2, c => c.Return(RangeSet.Argument(c, 0).Hull is { IsEmpty: false, Lower.Value: null }));
            f.Add($"{kind}_upper_inf", 2, c => c.Return(RangeSet.Argument(c, 0).Hull is { IsEmpty: false, Upper.Value: null }));
            f.Add($"{kind}_contains_elem", 4, c => c.Return(Has(RangeSet.Argument(c, 0), c, 2)));
            f.Add($"elem_contained_by_{kind}", 4, c => c.Return(Has(RangeSet.Argument(c, 2), c, 0)));
            Comparisons(f, kind);
        }

        Between(f, "contains", RangeSets.Covers);
        Between(f, "contained_by", (element, left, right) => RangeSets.Covers(element, right, left));
        Between(f, "overlaps", RangeSets.Overlap);
        Between(f, "before", RangeSets.IsBefore);
        Between(f, "after", (element, left, right) => RangeSets.IsBefore(element, right, left));
        Between(f, "overleft", RangeSets.EndsWithin);
        Between(f, "overright", RangeSets.BeginsWithin);
        Between(f, "adjacent", RangeSets.AreAdjacent);

        f.Add("range_union", 4, c => Combine(c, RangeSets.Union));
        f.Add("range_merge", 4, c => Combine(c, RangeSets.Merge));
        f.Add("range_minus", 4, c => Combine(c, RangeSets.Minus));
        f.Add("range_intersect", 4, c => Combine(c, Intersect));
        f.Add("multirange_union", 4, c => CombineMany(c, (element, left, right) => RangeValue.Merge(element, [.. left, .. right])));
        f.Add("multirange_minus", 4, c => CombineMany(c, RangeSets.Difference));
        f.Add("multirange_intersect", 4, c => CombineMany(c, RangeSets.Intersection));
        f.Add("range_merge_from_multirange", 2, c => One(c, RangeSet.Argument(c, 0).Element, RangeSet.Argument(c, 0).Hull));
        f.Add("multirange_unnest", 2, c =>
        {
            var set = RangeSet.Argument(c, 0);
            SetResult.Texts(c, set.Ranges.Select(range => RangeSet.Text(set.Element, range)));
        });

        f.Aggregate("range_agg", 2, () => new Gathered());
        f.Aggregate("range_intersect_agg", 2, () => new Common());

        f.Add("int4range_subdiff", 2, c => c.Return((double)c.Int(0) - c.Int(1)));
        f.Add("int8range_subdiff", 2, c => c.Return((double)c.Int(0) - c.Int(1)));
        f.Add("numrange_subdiff", 2, c => c.Return(FloatText.ParseFloat8(Encoding.UTF8.GetBytes((Numerics.Get(c, 0) - Numerics.Get(c, 1)).ToString()))));
        f.Add("daterange_subdiff", 2, c => c.Return((double)(c.Int(0) - c.Int(1))));
        f.Add("tsrange_subdiff", 2, c => c.Return(((double)c.Int(0) - c.Int(1)) / 1_000_000));
        f.Add("tstzrange_subdiff", 2, c => c.Return(((double)c.Int(0) - c.Int(1)) / 1_000_000));
        foreach (var name in (ReadOnlySpan<string>)["int4range_canonical", "int8range_canonical", "daterange_canonical"])
            f.Add(name, 1, c => c.ReturnArgument(0));
    }

    private static void Comparisons(FunctionTable f, string kind)
    {
        f.Add($"{kind}_cmp", 4, c => c.Return((long)Math.Sign(Compare(c))));
        f.Add($"{kind}_eq", 4, c => c.Return(Compare(c) == 0));
        f.Add($"{kind}_ne", 4, c => c.Return(Compare(c) != 0));
        f.Add($"{kind}_lt", 4, c => c.Return(Compare(c) < 0));
        f.Add($"{kind}_le", 4, c => c.Return(Compare(c) <= 0));
        f.Add($"{kind}_ge", 4, c => c.Return(Compare(c) >= 0));
        f.Add($"{kind}_gt", 4, c => c.Return(Compare(c) > 0));
        f.Add($"{kind}_key", 2, c =>
        {
            var key = c.Host.Scratch;
            RangeSet.Argument(c, 0).WriteKey(key);
            c.ReturnBlob(key.WrittenSpan);
        });
    }

    private static int Compare(Call c)
    {
        using var left = new ByteWriter();
        using var right = new ByteWriter();
        RangeSet.Argument(c, 0).WriteKey(left);
        RangeSet.Argument(c, 2).WriteKey(right);
        return left.WrittenSpan.SequenceCompareTo(right.WrittenSpan);
    }

    private static void Between(FunctionTable f, string what, Test test)
    {
        foreach (var name in (ReadOnlySpan<string>)[$"range_{what}", $"range_{what}_multirange", $"multirange_{what}_range", $"multirange_{what}_multirange"])
            f.Add(name, 4, c => c.Return(RangeSet.Argument(c, 0) is var left && test(left.Element, left.Ranges, RangeSet.Argument(c, 2).Ranges)));
    }

    private static void Construct(Call c, string flags)
    {
        if (flags is not ("[)" or "[]" or "(]" or "()"))
            throw new PgException(SqlStates.SyntaxError, "invalid range bound flags") { Hint = "Valid values are \"[]\", \"[)\", \"(]\", and \"()\"." };
        var element = Codecs.RangeOver(c.Oid(1)).Element;
        One(c, element, RangeValue.Of(
            element,
            new RangeBound(c.IsNull(0) ? null : Text(c, 0), flags[0] == '['),
            new RangeBound(c.IsNull(2) ? null : Text(c, 2), flags[1] == ']')));
    }

    private static void ConstructMany(Call c)
    {
        var array = PgArray.Argument(c, 0);
        if (array.Dimensions > 1) throw new PgException("21000", "multiranges cannot be constructed from multidimensional arrays");
        var element = ((RangeCodec)Codecs.Get(array.Element)).Element;
        var ranges = new List<RangeValue>();
        foreach (var item in array.Items)
        {
            if (item is null) throw new PgException("22004", "multirange values cannot contain null members");
            ranges.AddRange(RangeSet.Read(array.Element, Datum.FromBinary(array.Element, item).Data).Ranges);
        }

        Many(c, new RangeSet(element, RangeValue.Merge(element, ranges)));
    }

    private static RangeValue Intersect(RangeElement element, RangeValue left, RangeValue right) =>
        RangeSets.Intersection(element, RangeSets.Of(left), RangeSets.Of(right)) is [var both] ? both : RangeValue.Empty;

    private static void Combine(Call c, Func<RangeElement, RangeValue, RangeValue, RangeValue> combine)
    {
        var left = RangeSet.Argument(c, 0);
        One(c, left.Element, combine(left.Element, left.Hull, RangeSet.Argument(c, 2).Hull));
    }

    private static void CombineMany(Call c, Func<RangeElement, List<RangeValue>, List<RangeValue>, List<RangeValue>> combine)
    {
        var left = RangeSet.Argument(c, 0);
        Many(c, left with { Ranges = combine(left.Element, left.Ranges, RangeSet.Argument(c, 2).Ranges) });
    }

    private static bool Has(RangeSet set, Call c, int i) => RangeSets.Has(set.Element, set.Ranges, Text(c, i));

    /// <summary>A bound's type as the range keeps it.</summary>
    private static byte[] Text(Call c, int i)
    {
        using var text = new ByteWriter();
        Datum.Argument(c, i, c.Oid(i + 1)).WriteText(c.Oid(i + 1), FormatSettings.Default, text);
        return text.WrittenSpan.ToArray();
    }

    private static void Bound(Call c, Func<RangeValue, RangeBound> which)
    {
        var set = RangeSet.Argument(c, 0);
        if (which(set.Hull).Value is { } bound) Datum.FromText(set.Element.Codec.Oid, bound, FormatSettings.Default).Return(c);
    }

    private static void One(Call c, RangeElement element, RangeValue range)
    {
        var text = c.Host.Scratch;
        RangeText.Print(range, element, FormatSettings.Default, text);
        c.ReturnText(text.WrittenSpan);
    }

    private static void Many(Call c, RangeSet set)
    {
        var text = c.Host.Scratch;
        RangeText.PrintMany(set.Ranges, set.Element, FormatSettings.Default, text);
        c.ReturnText(text.WrittenSpan);
    }

    /// <summary>range_agg: the union of all, as a multirange.</summary>
    private sealed class Gathered : Accumulator
    {
        private readonly List<RangeValue> _ranges = [];
        private RangeElement? _element;

        public override void Step(Call c)
        {
            var set = RangeSet.Argument(c, 0);
            _element = set.Element;
            _ranges.AddRange(set.Ranges);
        }

        public override void Inverse(Call c) => throw PgException.Unsupported("range_agg over a moving window frame is not supported");

        public override void Result(Call c)
        {
            if (_element is { } element) Many(c, new RangeSet(element, RangeValue.Merge(element, _ranges)));
        }
    }

    /// <summary>range_intersect_agg: what is in all of them.</summary>
    private sealed class Common : Accumulator
    {
        private RangeSet? _common;
        private bool _isMany;

        public override void Step(Call c)
        {
            var set = RangeSet.Argument(c, 0);
            _isMany = Codecs.Get(c.Oid(1)) is MultirangeCodec;
            _common = _common is { } before ? before with { Ranges = RangeSets.Intersection(set.Element, before.Ranges, set.Ranges) } : set;
        }

        public override void Inverse(Call c) => throw PgException.Unsupported("range_intersect_agg over a moving window frame is not supported");

        public override void Result(Call c)
        {
            if (_common is not { } common) return;
            if (_isMany) Many(c, common);
            else One(c, common.Element, common.Hull);
        }
    }
}
