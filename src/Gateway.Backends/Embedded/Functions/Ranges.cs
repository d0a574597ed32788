using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Ranges: made of bounds, taken apart, compared. Each argument is followed by the OID of its type.</summary>
internal static class Ranges
{
    public static void AddTo(FunctionTable f)
    {
        f.Loose("range_constructor2", 4, c => Construct(c, "[)"));
        f.Loose("range_constructor3", 6, c => Construct(c, c.IsNull(4)
            ? throw new PgException(SqlStates.DataException, "range constructor flags argument must not be null")
            : c.Text(4)));
        f.Add("range_empty", 2, c => c.Return(Of(c, 0).Value.IsEmpty));
        f.Add("range_lower", 2, c => Bound(c, value => value.Lower));
        f.Add("range_upper", 2, c => Bound(c, value => value.Upper));
        f.Add("range_lower_inc", 2, c => c.Return(Of(c, 0).Value.Lower.IsInclusive));
        f.Add("range_upper_inc", 2, c => c.Return(Of(c, 0).Value.Upper.IsInclusive));
        f.Add("range_lower_inf", 2, c => c.Return(Of(c, 0).Value is { IsEmpty: false, Lower.Value: null }));
        f.Add("range_upper_inf", 2, c => c.Return(Of(c, 0).Value is { IsEmpty: false, Upper.Value: null }));
        f.Add("range_contains_elem", 4, c => c.Return(Has(Of(c, 0), Text(c, 2))));
        f.Add("elem_contained_by_range", 4, c => c.Return(Has(Of(c, 2), Text(c, 0))));
        f.Add("range_contains", 4, c => c.Return(Covers(Of(c, 0), Of(c, 2).Value)));
        f.Add("range_contained_by", 4, c => c.Return(Covers(Of(c, 2), Of(c, 0).Value)));
        f.Add("range_overlaps", 4, c => c.Return(Overlap(Of(c, 0), Of(c, 2).Value)));
    }

    private static (RangeCodec Codec, RangeValue Value) Of(Call c, int i)
    {
        var codec = (RangeCodec)Codecs.Get(c.Oid(i + 1));
        return (codec, RangeText.Read(c.Bytes(i), codec.Element, FormatSettings.Default));
    }

    private static void Construct(Call c, string flags)
    {
        if (flags is not ("[)" or "[]" or "(]" or "()"))
            throw new PgException(SqlStates.SyntaxError, "invalid range bound flags") { Hint = "Valid values are \"[]\", \"[)\", \"(]\", and \"()\"." };
        var element = Codecs.RangeOver(c.Oid(1)).Element;
        var range = RangeValue.Of(
            element,
            new RangeBound(c.IsNull(0) ? null : Text(c, 0), flags[0] == '['),
            new RangeBound(c.IsNull(2) ? null : Text(c, 2), flags[1] == ']'));
        using var text = new ByteWriter();
        RangeText.Print(range, element, FormatSettings.Default, text);
        c.ReturnText(text.WrittenSpan);
    }

    /// <summary>A bound's type as the range keeps it.</summary>
    private static byte[] Text(Call c, int i)
    {
        using var text = new ByteWriter();
        Datum.Argument(c, i, c.Oid(i + 1)).WriteText(c.Oid(i + 1), FormatSettings.Default, text);
        return text.WrittenSpan.ToArray();
    }

    private static void Bound(Call c, Func<RangeValue, RangeBound> which)
    {
        var (codec, range) = Of(c, 0);
        if (which(range).Value is { } bound) Datum.FromText(codec.Element.Codec.Oid, bound, FormatSettings.Default).Return(c);
    }

    private static bool Has((RangeCodec Codec, RangeValue Value) range, byte[] value)
    {
        var (codec, (lower, upper, isEmpty)) = range;
        if (isEmpty) return false;
        if (lower.Value is { } low && codec.Element.Compare(low, value) is var below && (below > 0 || (below == 0 && !lower.IsInclusive))) return false;
        return upper.Value is not { } high || codec.Element.Compare(value, high) is var above && (above < 0 || (above == 0 && upper.IsInclusive));
    }

    private static bool Covers((RangeCodec Codec, RangeValue Value) outer, RangeValue inner)
    {
        if (inner.IsEmpty) return true;
        var element = outer.Codec.Element;
        return !outer.Value.IsEmpty
            && RangeValue.CompareLower(element, outer.Value.Lower, inner.Lower) <= 0
            && RangeValue.CompareUpper(element, outer.Value.Upper, inner.Upper) >= 0;
    }

    private static bool Overlap((RangeCodec Codec, RangeValue Value) left, RangeValue right) =>
        !left.Value.IsEmpty && !right.IsEmpty
        && Meets(left.Codec.Element, left.Value.Lower, right.Upper) && Meets(left.Codec.Element, right.Lower, left.Value.Upper);

    private static bool Meets(RangeElement element, RangeBound lower, RangeBound upper)
    {
        if (lower.Value is not { } low || upper.Value is not { } high) return true;
        var order = element.Compare(low, high);
        return order < 0 || (order == 0 && lower.IsInclusive && upper.IsInclusive);
    }
}
