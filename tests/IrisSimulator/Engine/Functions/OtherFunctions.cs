using System.Text;
using IrisSimulator.Engine.Types;
using static IrisSimulator.Engine.Functions.Want;

namespace IrisSimulator.Engine.Functions;

/// <summary>Vectors, JSON, pattern predicates and what the translation itself needs.</summary>
internal static class OtherFunctions
{
    private static IrisType Integer(IrisType[] types) => IrisType.Integer;
    private static IrisType String(IrisType[] types) => IrisType.Text;

    public static IEnumerable<FunctionRule> All()
    {
        yield return new("TO_VECTOR", 2, 3, [Text, Text, Whole], _ => new(IrisKind.Vector),
            a => Vectors.Make((string)a[0]!, (string)a[1]!, a.Length > 2 ? (int)(long)a[2]! : null));
        yield return new("VECTOR_COSINE", 2, 2, [Raw], _ => IrisType.Double, a => Vectors.Cosine((string)a[0]!, (string)a[1]!));
        yield return new("VECTOR_DOT_PRODUCT", 2, 2, [Raw], _ => IrisType.Double, a => Vectors.Dot((string)a[0]!, (string)a[1]!));

        yield return new("?LIKE", 4, 4, [Text, Text, Text, Whole], Integer, Like) ;
        yield return new("?STARTSWITH", 3, 3, [Text, Text, Whole], Integer, a => a[0] is null ? null
            : Fold((string)a[0]!, (long)a[2]!).StartsWith(Fold((string?)a[1] ?? "", (long)a[2]!), StringComparison.Ordinal) ? 1L : 0L) { SeesNull = true };
        yield return new("?MATCHES", 3, 3, [Text], Integer, a => Patterns.Matches((string)a[1]!, (string)a[2]!).IsMatch((string)a[0]!) ? 1L : 0L);
        yield return new("?PATTERN", 2, 2, [Text], Integer, a => Patterns.ObjectScript((string)a[1]!).IsMatch((string)a[0]!) ? 1L : 0L);
        yield return new("?CONTAINS", 2, 2, [Text], Integer, a => ((string)a[0]!).Contains((string)a[1]!, StringComparison.Ordinal) ? 1L : 0L);
        yield return new("?INLIST", 2, 2, [Text, Raw], Integer, a => ((string)a[1]!).Split(Lists.Separator).Contains((string)a[0]!) ? 1L : 0L);
        yield return new("?ISJSON", 2, 2, [Text], Integer, a => Json.Is((string)a[0]!, (string)a[1]!) ? 1L : 0L);

        yield return new("?UPPERKEY", 1, 1, [Text], String, a => TextOrders.UpperKey((string)a[0]!));
        yield return new("?STRINGKEY", 1, 1, [Text], String, a => TextOrders.StringKey((string)a[0]!));
        yield return new("%SQLUPPER", 1, 2, [Text, Whole], String, a => Cut(" " + TextOrders.UpperKey((string)a[0]!), a));
        yield return new("%SQLSTRING", 1, 2, [Text, Whole], String, a => Cut(" " + TextOrders.StringKey((string)a[0]!), a));
        yield return new("%TRUNCATE", 1, 2, [Text, Whole], String, a => Cut((string)a[0]!, a));
        yield return new("?NUMBER", 1, 1, [Text], _ => IrisType.Numeric(28, 9), a => Numbers.Whole((string)a[0]!) is { } n ? n : null);
        yield return new("?DOUBLE", 1, 1, [Text], _ => IrisType.Double, a => Numbers.Whole((string)a[0]!) is { } n ? (double)n : null);
        yield return new("?HEX", 1, 1, [Text], String, a => Convert.ToHexString(Encoding.UTF8.GetBytes((string)a[0]!)));

        yield return new("?JSONVALUE", 2, 2, [Text, Text], String, a => Json.Scalar((string?)a[0], (string)a[1]!)) { SeesNull = true };
        yield return new("?JSONOBJECT", 1, 999, [Text], String, a => Json.Object(a)) { SeesNull = true };
        yield return new("?JSONARRAY", 1, 999, [Text], String, a => Json.Array(a)) { SeesNull = true };
        yield return new("?JSONROWS", 2, 2, [Text], String, a => Json.Rows((string)a[0]!, (string)a[1]!));
        yield return new("?JSONFIELD", 2, 2, [Text], String, a => Json.Field((string)a[0]!, (string)a[1]!));
        yield return new("?XML", 1, 1, [Text], String, a => Escape((string)a[0]!));
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    private static string Cut(string text, object?[] a) =>
        a.Length > 1 && text.Length > (long)a[1]! ? text[..(int)Math.Max(0, (long)a[1]!)] : text;

    private static string Fold(string text, long upper) => upper != 0 ? text.ToUpperInvariant() : text;

    /// <summary>value, pattern, escape ('' for none), 1 to fold case.</summary>
    private static object? Like(object?[] a)
    {
        var escape = (string)a[2]!;
        if (escape.Length > 1) throw Fail.With(-63, $"Invalid LIKE escape character '{escape}'");
        return Patterns.Like(Fold((string)a[1]!, (long)a[3]!), Fold(escape, (long)a[3]!)).IsMatch(Fold((string)a[0]!, (long)a[3]!)) ? 1L : 0L;
    }
}
