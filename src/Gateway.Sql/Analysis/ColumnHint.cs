namespace Gateway.Sql.Analysis;

/// <summary>"Perhaps you meant…" for a misspelt column.</summary>
internal static class ColumnHint
{
    // A suggestion may differ in half of its letters at most, and by three edits at most.
    private const int MostEdits = 3;

    public static string? For(string name, Scope scope, RangeItem? only)
    {
        var best = MostEdits + 1;
        (RangeItem Item, int Index)? first = null, second = null;
        var tooMany = false;
        for (var level = scope; level is not null; level = level.Parent)
            foreach (var item in level.Items)
            {
                if (!item.Qualified || !item.IsPlain || (only is not null && item != only)) continue;
                for (var i = 0; i < item.Count; i++)
                {
                    var candidate = item.Name(i);
                    var edits = Distance(name, candidate, best);
                    if (edits > best || edits > name.Length / 2 || edits > MostEdits) continue;
                    if (edits < best)
                    {
                        best = edits;
                        (first, second, tooMany) = ((item, i), null, false);
                    }
                    else if (second is null)
                    {
                        second = (item, i);
                    }
                    else
                    {
                        tooMany = true;
                    }
                }
            }

        if (first is not { } one || tooMany) return null;
        return second is { } other
            ? $"Perhaps you meant to reference the column \"{Show(one)}\" or the column \"{Show(other)}\"."
            : $"Perhaps you meant to reference the column \"{Show(one)}\".";

        static string Show((RangeItem Item, int Index) column) => $"{column.Item.Alias}.{column.Item.Name(column.Index)}";
    }

    /// <summary>The column exists in a table that cannot be seen from here.</summary>
    public static string? Unreachable(string name, Scope scope)
    {
        for (var level = scope; level is not null; level = level.Parent)
        {
            if (Holder(level.Hidden) is { } hidden) return Hint(hidden);
            foreach (var item in level.Items)
                if (Holder(item) is { } found) return Hint(found);
        }

        return null;

        RangeItem? Holder(RangeItem? item) => item is { Qualified: true, IsPlain: true } && item.Find(name) >= 0 ? item : null;

        string Hint(RangeItem item) =>
            $"There is a column named \"{name}\" in table \"{item.Alias}\", but it cannot be referenced from this part of the query.";
    }

    /// <summary>Levenshtein distance; anything above <paramref name="limit"/> may be reported as limit + 1.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        Span<int> row = b.Length < 128 ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
