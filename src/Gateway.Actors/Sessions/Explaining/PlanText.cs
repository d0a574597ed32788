using System.Globalization;
using Gateway.Backends.Explaining;

namespace Gateway.Actors.Sessions.Explaining;

/// <summary>What was measured of a statement: with ANALYZE its run, else the time of planning.</summary>
/// <param name="FirstRow">Until the first row, or the end where there is none.</param>
internal readonly record struct Measurement(TimeSpan Planning, TimeSpan FirstRow, TimeSpan LastRow, TimeSpan Execution, long Rows);

/// <summary>A plan as lines, laid out as PostgreSQL does. What ran is measured as a whole: only the top node has actual numbers.</summary>
internal sealed class PlanText(ExplainOptions options)
{
    private readonly List<string> _lines = [];

    public IEnumerable<string> Of(PlanNode plan, Measurement measured, IEnumerable<string> translation)
    {
        Node(plan, 0, measured);
        if (options.Verbose) _lines.AddRange(translation.Select(line => "Translation: " + line));
        if (options.Summary) _lines.Add($"Planning Time: {Milliseconds(measured.Planning)} ms");
        if (options.Summary && options.Analyze) _lines.Add($"Execution Time: {Milliseconds(measured.Execution)} ms");
        return _lines;
    }

    public static string Cost(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    public static string Count(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);

    /// <param name="arrow">Where its arrow stands; 0 for the top.</param>
    /// <param name="measured">Null below the top.</param>
    private void Node(PlanNode node, int arrow, Measurement? measured)
    {
        var line = new string(' ', arrow) + (measured is null ? "->  " : "") + node.Title;
        if (options.Costs)
            line += $"  (cost={Cost(node.Estimate.Startup)}..{Cost(node.Estimate.Total)} rows={Count(node.Estimate.Rows)} width={node.Estimate.Width})";
        if (options.Analyze && measured is { } actual)
            line += options.Timing
                ? $" (actual time={Milliseconds(actual.FirstRow)}..{Milliseconds(actual.LastRow)} rows={actual.Rows} loops=1)"
                : $" (actual rows={actual.Rows} loops=1)";
        _lines.Add(line);
        var inside = measured is null ? arrow + 6 : 2;
        foreach (var (name, values) in node.Details) _lines.Add($"{new string(' ', inside)}{name}: {string.Join(", ", values)}");
        foreach (var plan in node.Plans)
        {
            if (plan.Label is { } label) _lines.Add(new string(' ', inside) + label);
            Node(plan, plan.Label is null ? inside : inside + 2, null);
        }
    }
}
