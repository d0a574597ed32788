using System.Globalization;
using System.Text;
using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Functions;

/// <summary>Aggregates that SQLite has not exactly: it collects the values as text, and these make the result of them.</summary>
internal static class AggregateTable
{
    /// <summary>Name, number of the result's type, values joined by commas (texts in hexadecimal).</summary>
    public static object? Call(object?[] values)
    {
        if (values[2] is null) return null;
        var items = Convert.ToString(values[2], CultureInfo.InvariantCulture)!.Split(',');
        var type = TypeTable.At((long)values[1]!);
        var name = (string)values[0]!;
        switch (name)
        {
            case "DLIST": return string.Join(Lists.Separator, items.Select(Unhex));
            case "LIST": return string.Join(',', items.Select(Unhex));
            case "XMLAGG": return string.Concat(items.Select(Unhex));
            case "JSONARRAY": return "[" + string.Join(',', items.Select(Unhex)) + "]";
        }
        if (type.Kind == IrisKind.Double) return Real(name, items.Select(i => double.Parse(i, NumberStyles.Float, CultureInfo.InvariantCulture)).ToList());
        try
        {
            return Exact(name, items.Select(Numbers.Parse).ToList()) is { } result
                ? type.IsInteger ? Numbers.Whole64(result) : Numbers.Store(Numbers.Fit(result)) : null;
        }
        catch (OverflowException)
        {
            throw Fail.With(-400, "<MAXNUMBER>");
        }
    }

    private static string Unhex(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));

    private static decimal? Exact(string name, List<decimal> items) => name switch
    {
        "SUM" => items.Sum(),
        "AVG" => items.Sum() / items.Count,
        _ => Real(name, items.Select(i => (double)i).ToList()) is { } real ? Numbers.FromDouble(real) : null,
    };

    private static double? Real(string name, List<double> items)
    {
        var mean = items.Sum() / items.Count;
        var squares = items.Sum(i => (i - mean) * (i - mean));
        return name switch
        {
            "SUM" => items.Sum(),
            "AVG" => mean,
            "VARPOP" => squares / items.Count,
            "STDDEVPOP" => Math.Sqrt(squares / items.Count),
            _ when items.Count < 2 => null,
            "VARIANCE" => squares / (items.Count - 1),
            "STDDEV" => Math.Sqrt(squares / (items.Count - 1)),
            _ => throw Fail.NotSimulated(name),
        };
    }
}
