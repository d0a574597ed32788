using Gateway.Backends.Explaining;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>How rows and costs are estimated: docs/embedded.md. The units are PostgreSQL's defaults.</summary>
internal static class Costs
{
    public const double Page = 1;
    public const double RandomPage = 4;
    public const double Tuple = 0.01;
    public const double Operator = 0.0025;

    private const int PageBytes = 8192;
    private const int RowBytes = 24;
    private const int TextWidth = 32;

    // What a condition keeps of the rows when nothing else is known of it.
    public const double Equality = 0.005;
    public const double Range = 1.0 / 3;

    public static int Width(uint type) => PgTypes.Find(type)?.Length is { } length and > 0 ? length : TextWidth;

    public static int Width(RelationInfo table) => table.Columns.Sum(column => Width(Sql.Analysis.Domains.Below(column.Type).Oid));

    public static Estimate Scan(double rows, int width, int conditions, double kept)
    {
        var pages = Math.Max(rows > 0 ? 1 : 0, Math.Ceiling(rows * (width + RowBytes) / PageBytes));
        return new Estimate(0, (pages * Page) + (rows * (Tuple + (conditions * Operator))), Rows(rows * kept), width);
    }

    /// <param name="found">Rows that the index leads to.</param>
    public static Estimate Seek(double rows, double found, int width, int conditions, double kept)
    {
        var descent = Math.Ceiling(Math.Log2(Math.Max(rows, 2))) * Operator;
        var pages = 1 + Math.Max(1, Math.Ceiling(found * (width + RowBytes) / PageBytes));
        return new Estimate(descent, descent + (pages * RandomPage) + (found * (Tuple + ((conditions + 1) * Operator))), Rows(found * kept), width);
    }

    public static Estimate Join(Estimate outer, Estimate inner, double kept) => new(
        outer.Startup + inner.Startup,
        outer.Total + (outer.Rows * inner.Total) + (outer.Rows * inner.Rows * Tuple),
        Rows(outer.Rows * inner.Rows * kept),
        outer.Width + inner.Width);

    public static Estimate Sort(Estimate input)
    {
        var startup = input.Total + (2 * Operator * input.Rows * Math.Log2(Math.Max(input.Rows, 2)));
        return input with { Startup = startup, Total = startup + (input.Rows * Operator) };
    }

    public static Estimate Group(Estimate input, bool single, int width)
    {
        var total = input.Total + (input.Rows * Operator);
        var rows = single ? 1 : Math.Min(input.Rows, 200);
        return new Estimate(single ? total : input.Startup, total + (rows * Tuple), rows, width);
    }

    public static Estimate Limit(Estimate input, double? limit)
    {
        if (limit is not { } count || count >= input.Rows) return input;
        return input with { Rows = count, Total = input.Startup + ((input.Total - input.Startup) * count / Math.Max(input.Rows, 1)) };
    }

    /// <summary>No node that may return rows is said to return none.</summary>
    public static double Rows(double estimate) => Math.Max(1, Math.Round(estimate));
}
