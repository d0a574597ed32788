using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>A line of SQLite's EXPLAIN QUERY PLAN, and those below it.</summary>
internal sealed record Step(string Detail)
{
    public List<Step> Inner { get; } = [];

    public static List<Step> Of(EmbeddedConnection connection, string sql)
    {
        var top = new List<Step>();
        var known = new Dictionary<long, Step>();
        foreach (var (id, parent, detail) in connection.Query("EXPLAIN QUERY PLAN " + sql, row => (row.GetInt64(0), row.GetInt64(1), row.GetString(3))))
        {
            var step = known[id] = new Step(detail);
            (known.TryGetValue(parent, out var above) ? above.Inner : top).Add(step);
        }

        return top;
    }
}

/// <summary>How one table is read: <c>SCAN t</c>, <c>SEARCH t USING COVERING INDEX i (a=? AND b>?)</c>.</summary>
internal sealed partial record Access(string Name, bool Seeks, string? Index, bool Covering, bool Automatic, bool ByRowId, bool ByKey, bool Virtual, bool LeftJoin, bool Exists)
{
    /// <summary>What is looked up: a column, or null for an expression, and the comparison.</summary>
    public List<(string? Column, string Operator)> Terms { get; } = [];

    public static Access? Of(string detail)
    {
        if (Form().Match(detail) is not { Success: true } match) return null;
        var how = match.Groups["how"].Value;
        var access = new Access(
            match.Groups["name"].Value is ['m', 'a', 'i', 'n', '.', .. var own] ? own : match.Groups["name"].Value,
            match.Groups["verb"].Value == "SEARCH",
            match.Groups["index"] is { Success: true } index ? index.Value : null,
            how.Contains("COVERING", StringComparison.Ordinal),
            how.Contains("AUTOMATIC", StringComparison.Ordinal),
            how.StartsWith("INTEGER PRIMARY KEY", StringComparison.Ordinal),
            how.StartsWith("PRIMARY KEY", StringComparison.Ordinal),
            match.Groups["virtual"].Success,
            match.Groups["left"].Success,
            match.Groups["exists"].Success);
        if (match.Groups["terms"] is { Success: true } terms)
            foreach (var term in terms.Value.Split(" AND ").Select(text => Term().Match(text)).Where(found => found.Success))
                access.Terms.Add((term.Groups["column"].Value is "<expr>" or "" ? null : term.Groups["column"].Value, term.Groups["operator"].Value));
        return access;
    }

    /// <summary><c>SCAN 3 CONSTANT ROWS</c>; 0 for something else.</summary>
    public static int ConstantRows(string detail) =>
        detail is "SCAN CONSTANT ROW" ? 1
        : Rows().Match(detail) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<verb>SCAN|SEARCH) (?<name>.+?)(?<exists> EXISTS)?( VIRTUAL TABLE INDEX (?<virtual>.*?))?( USING (?<how>INTEGER PRIMARY KEY|PRIMARY KEY|(AUTOMATIC )?(PARTIAL )?(COVERING )?INDEX (?<index>.+?)))?( \((?<terms>[^()]*=\?.*|.*[<>]\?.*|.* IS .*)\))?(?<left> LEFT-JOIN)?$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?<column><expr>|.+?)(?<operator>=|<|>| IS )\?$")]
    private static partial Regex Term();

    [GeneratedRegex(@"^SCAN (\d+)(?: CONSTANT ROWS?|-ROW VALUES CLAUSE)$")]
    private static partial Regex Rows();
}
