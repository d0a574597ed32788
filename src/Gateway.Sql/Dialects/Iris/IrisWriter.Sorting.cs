using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>ORDER BY. For IRIS NULL is the smallest value, for PostgreSQL the largest.</summary>
public sealed partial class IrisWriter
{
    private bool OrderBy(ImmutableArray<SortItem> items)
    {
        Write("ORDER BY ");
        var start = _sql.Length;
        foreach (var item in items)
        {
            if (_constants.IsConstant(item.Value)) continue;
            if (_sql.Length > start) Write(", ");
            if (!Sort(item)) return false;
        }

        return true;
    }

    private bool Sort(SortItem item)
    {
        if (_constants.IsConstant(item.Value)) return true;
        if (item.UsingOperator is { Symbol: not ("<" or ">") }) return Refuse("ORDER BY … USING is done here");
        var value = item.Value;
        if (DistanceOf(value) is { } distance) return Nearest(item, distance);
        if (value is RowConstructor || !IrisTypes.Comparable(StorageOf(value))) return Refuse($"ORDER BY over {TypeNames.Format(value.Type.Oid)} is done here");
        if (value is ScalarSubquery) return Refuse("IRIS passes over a subquery in ORDER BY");
        var descending = item.Descending || item.UsingOperator is { Symbol: ">" };
        var nullsFirst = item.Nulls == NullsOrder.Default ? descending : item.Nulls == NullsOrder.First;

        // Ascending IRIS has NULLs first, descending last.
        if (nullsFirst == descending && !NeverNull(value))
        {
            Write("CASE WHEN ");
            if (!IsNullTest(value, false)) return false;
            Write(nullsFirst ? " THEN 0 ELSE 1 END, " : " THEN 1 ELSE 0 END, ");
        }

        return TextKey(value) && (!descending || Write(" DESC"));
    }
}
