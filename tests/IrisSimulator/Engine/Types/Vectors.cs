using System.Globalization;

namespace IrisSimulator.Engine.Types;

/// <summary>Vectors, stored as "element|1,2,3". Section 12 of the reference.</summary>
public static class Vectors
{
    public static string Text(string stored) => stored[(stored.IndexOf('|') + 1)..];
    public static string Element(string stored) => stored[..stored.IndexOf('|')];

    private static string[] Items(string stored) => Text(stored) is { Length: > 0 } text ? text.Split(',') : [];

    /// <summary>TO_VECTOR: comma-separated numbers, with or without brackets; padded or cut to <paramref name="length"/>.</summary>
    public static string Make(string data, string element, int? length)
    {
        data = data.Trim();
        if (data.StartsWith('[') && data.EndsWith(']')) data = data[1..^1];
        var items = data.Length == 0 ? [] : data.Split(',').Select(item => Item(item.Trim(), element)).ToList();
        if (length is { } wanted)
        {
            if (items.Count > wanted) items = items[..wanted];
            while (items.Count < wanted) items.Add("0");
        }
        return element + "|" + string.Join(',', items);
    }

    private static string Item(string item, string element)
    {
        if (Numbers.Whole(item) is not { } number) throw Fail.With(-1, $"Invalid vector element '{item}'");
        return element switch
        {
            "INTEGER" or "TIMESTAMP" => Numbers.Logical(Math.Truncate(number)),
            "FLOAT" => Numbers.Logical(decimal.Parse(((float)number).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)),
            _ => Numbers.Logical(number),
        };
    }

    public static string Name(string element) => element.ToUpperInvariant() switch
    {
        "INT" or "INTEGER" => "INTEGER",
        "FLOAT" or "DOUBLE" or "DECIMAL" or "TIMESTAMP" => element.ToUpperInvariant(),
        _ => throw Fail.With(-1, $"Invalid vector type '{element}'"),
    };

    /// <summary>The vector as a column of <paramref name="to"/> takes it, or null.</summary>
    public static string? Fit(string stored, IrisType to) =>
        to.Element is { } element && element != Element(stored) ? null
        : to.Length is { } length && length != Items(stored).Length ? null : stored;

    public static double Dot(string a, string b) => Pairs(a, b).Sum(pair => pair.A * pair.B);

    /// <summary>Cosine similarity; a vector of zeros has none.</summary>
    public static double? Cosine(string a, string b)
    {
        double dot = 0, left = 0, right = 0;
        foreach (var (x, y) in Pairs(a, b)) { dot += x * y; left += x * x; right += y * y; }
        return left == 0 || right == 0 ? null : dot / (Math.Sqrt(left) * Math.Sqrt(right));
    }

    private static IEnumerable<(double A, double B)> Pairs(string a, string b)
    {
        if (Element(a) != Element(b)) throw Fail.With(-259, $"Vector types '{Element(a)}' and '{Element(b)}' differ");
        var (left, right) = (Items(a), Items(b));
        if (left.Length != right.Length) throw Fail.With(-257, $"Vector lengths {left.Length} and {right.Length} differ");
        return left.Zip(right, (x, y) => (Parse(x), Parse(y)));

        static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
