using System.Security.Cryptography;
using System.Text;
using IrisSimulator.Engine.Types;
using static IrisSimulator.Engine.Functions.Want;

namespace IrisSimulator.Engine.Functions;

/// <summary>The string functions of section 9. Positions count from 1.</summary>
internal static class TextFunctions
{
    private static IrisType String(IrisType[] types) => IrisType.Text;
    private static IrisType Integer(IrisType[] types) => IrisType.Integer;

    public static IEnumerable<FunctionRule> All()
    {
        yield return new("ASCII", 1, 1, [Text], Integer, a => S(a, 0).Length == 0 ? null : (long)S(a, 0)[0]);
        yield return new("CHAR", 1, 1, [Whole], String, a => N(a, 0) is >= 0 and <= 65535 ? ((char)N(a, 0)).ToString() : null);
        yield return new("CHAR_LENGTH", 1, 1, [Want.Stream], Integer, Length);
        yield return new("CHARACTER_LENGTH", 1, 1, [Want.Stream], Integer, Length);
        yield return new("DATALENGTH", 1, 1, [Want.Stream], Integer, Length);
        yield return new("LENGTH", 1, 1, [Text], Integer, a => (long)S(a, 0).TrimEnd(' ').Length);
        yield return new("LEN", 1, 1, [Text], Integer, a => (long)S(a, 0).TrimEnd(' ').Length);
        yield return new("$LENGTH", 1, 2, [Text], Integer, a => a[0] is null ? 0L : a.Length == 1 ? S(a, 0).Length
            : a[1] is null or "" ? 0L : S(a, 0).Split(S(a, 1)).Length) { SeesNull = true };
        yield return new("CHARINDEX", 2, 3, [Text, Text, Whole], Integer, a => Find(S(a, 1), S(a, 0), a.Length > 2 ? N(a, 2) : 1));
        yield return new("INSTR", 2, 4, [Text, Text, Whole, Whole], Integer, InStr);
        yield return new("POSITION", 2, 2, [Text], Integer, a => Find(S(a, 1), S(a, 0), 1));
        yield return new("LCASE", 1, 1, [Text], String, a => S(a, 0).ToLowerInvariant());
        yield return new("LOWER", 1, 1, [Text], String, a => S(a, 0).ToLowerInvariant());
        yield return new("UCASE", 1, 1, [Text], String, a => S(a, 0).ToUpperInvariant());
        yield return new("UPPER", 1, 1, [Text], String, a => S(a, 0).ToUpperInvariant());
        yield return new("LPAD", 2, 3, [Text, Whole, Text], String, a => Pad(a, left: true));
        yield return new("RPAD", 2, 3, [Text, Whole, Text], String, a => Pad(a, left: false));
        yield return new("LTRIM", 1, 1, [Text], String, a => S(a, 0).TrimStart(' '));
        yield return new("RTRIM", 1, 1, [Text], String, a => S(a, 0).TrimEnd(' '));
        yield return new("TRIM:BOTH", 1, 2, [Text], String, a => S(a, 0).Trim(Set(a)));
        yield return new("TRIM:LEADING", 1, 2, [Text], String, a => S(a, 0).TrimStart(Set(a)));
        yield return new("TRIM:TRAILING", 1, 2, [Text], String, a => S(a, 0).TrimEnd(Set(a)));
        yield return new("REPEAT", 2, 2, [Text, Whole], String, a => Repeat(S(a, 0), N(a, 1)));
        yield return new("REPLICATE", 2, 2, [Text, Whole], String, a => Repeat(S(a, 0), N(a, 1)));
        yield return new("SPACE", 1, 1, [Whole], String, a => Repeat(" ", N(a, 0)));
        yield return new("REPLACE", 3, 3, [Text], String, a => S(a, 1).Length == 0 ? S(a, 0) : S(a, 0).Replace(S(a, 1), S(a, 2), StringComparison.Ordinal));
        yield return new("REVERSE", 1, 1, [Text], String, a => new string(S(a, 0).Reverse().ToArray()));
        yield return new("STRING", 1, 999, [Text], String, a => string.Concat(a)) { SeesNull = true };
        yield return new("||", 2, 2, [Text], String, a => S(a, 0) + S(a, 1));
        yield return new("CONCAT", 2, 2, [Text], String, a => S(a, 0) + S(a, 1));
        yield return new("LEFT", 2, 2, [Text, Whole], String, a => S(a, 0)[..(int)Math.Clamp(N(a, 1), 0, S(a, 0).Length)]);
        yield return new("RIGHT", 2, 2, [Text, Whole], String, a => S(a, 0)[^(int)Math.Clamp(N(a, 1), 0, S(a, 0).Length)..]);
        yield return new("STUFF", 4, 4, [Text, Whole, Whole, Text], String, Stuff);
        yield return new("SUBSTR", 2, 3, [Text, Whole, Whole], String, Substr);
        yield return new("SUBSTRING", 2, 3, [Want.Stream, Whole, Whole], String, Substring);
        yield return new("$EXTRACT", 1, 3, [Text, Whole, Whole], String, Extract);
        yield return new("$PIECE", 2, 4, [Text, Text, Whole, Whole], String, Piece);
        yield return new("$TRANSLATE", 2, 3, [Text], String, Translate);
        yield return new("$FIND", 2, 3, [Text, Text, Whole], Integer, a => Find(S(a, 0), S(a, 1), a.Length > 2 ? N(a, 2) : 1) is > 0 and var at
            ? at + S(a, 1).Length : 0L);
        yield return new("$JUSTIFY", 2, 3, [Text, Whole, Whole], String, a => (a.Length > 2
            ? Numbers.Round(Numbers.Leading(S(a, 0)), (int)N(a, 2)).ToString("F" + N(a, 2), System.Globalization.CultureInfo.InvariantCulture)
            : S(a, 0)).PadLeft((int)Math.Clamp(N(a, 1), 0, 10000)));
        yield return new("$LISTTOSTRING", 1, 2, [Raw, Text], _ => IrisType.Text, a => a.Length > 1 ? Lists.Join(S(a, 0), S(a, 1)) : Lists.Join(S(a, 0), ","));
        yield return new("HASHBYTES", 2, 2, [Text, Raw], _ => IrisType.Binary, Hash);
    }

    private static string S(object?[] a, int i) => (string)a[i]!;
    private static long N(object?[] a, int i) => (long)a[i]!;

    private static object Length(object?[] a) => a[0] is byte[] bytes ? bytes.Length : (long)S(a, 0).Length;

    private static long Find(string text, string part, long start)
    {
        start = Math.Max(1, start);
        return start > text.Length || part.Length == 0 ? 0 : text.IndexOf(part, (int)start - 1, StringComparison.Ordinal) + 1;
    }

    private static object InStr(object?[] a)
    {
        var start = a.Length > 2 ? N(a, 2) : 1;
        var occurrence = a.Length > 3 ? N(a, 3) : 1;
        if (start < 1 || occurrence < 1) return 0L;
        long at = start - 1;
        for (; occurrence > 0; occurrence--)
        {
            at = Find(S(a, 0), S(a, 1), at + 1);
            if (at == 0) return 0L;
        }
        return at;
    }

    private static char[] Set(object?[] a) => a.Length > 1 ? S(a, 1).ToCharArray() is { Length: > 0 } set ? set : ['\uFFFF'] : [' '];

    private static string Repeat(string text, long times)
    {
        if (times <= 0) return "";
        if (times * text.Length > 3_641_144) throw Fail.With(-400, "<MAXSTRING>");
        return new StringBuilder().Insert(0, text, (int)times).ToString();
    }

    private static object? Pad(object?[] a, bool left)
    {
        var (text, length, pad) = (S(a, 0), N(a, 1), a.Length > 2 ? S(a, 2) : " ");
        if (length <= 0) return "";
        if (length <= text.Length) return text[..(int)length];
        if (pad.Length == 0) return text;
        var fill = Repeat(pad, (length - text.Length) / pad.Length + 1)[..((int)length - text.Length)];
        return left ? fill + text : text + fill;
    }

    private static object? Stuff(object?[] a)
    {
        var (text, start, length) = (S(a, 0), N(a, 1), N(a, 2));
        if (start < 1 || start > text.Length || length < 0) return null;
        var from = (int)start - 1;
        var to = (int)Math.Min(text.Length, from + length);
        return text[..from] + S(a, 3) + text[to..];
    }

    /// <summary>A negative start counts from the end.</summary>
    private static object? Substr(object?[] a)
    {
        var (text, start) = (S(a, 0), N(a, 1));
        if (start < 0) start = text.Length + start + 1;
        if (start == 0) start = 1;
        var length = a.Length > 2 ? N(a, 2) : text.Length;
        return start < 1 || length < 1 ? null : Slice(text, start, length);
    }

    /// <summary>A start before the text uses up length; a length of 0 is NULL, a negative one -140.</summary>
    private static object? Substring(object?[] a)
    {
        var text = a[0] is byte[] bytes ? Encoding.Latin1.GetString(bytes) : S(a, 0);
        var start = N(a, 1);
        if (a.Length < 3) return Slice(text, Math.Max(1, start), text.Length);
        var length = N(a, 2);
        if (length < 0) throw Fail.With(-140, $"Invalid length argument {length} to SUBSTRING");
        if (length == 0) return null;
        if (start < 1) { length += start - 1; start = 1; }
        return Slice(text, start, length);
    }

    /// <summary>NULL behind the end.</summary>
    private static string? Slice(string text, long start, long length)
    {
        if (start > text.Length) return null;
        if (length <= 0) return "";
        var from = (int)start - 1;
        return text.Substring(from, (int)Math.Min(length, text.Length - from));
    }

    private static object Extract(object?[] a)
    {
        var (text, from) = (S(a, 0), a.Length > 1 ? N(a, 1) : 1);
        var to = a.Length > 2 ? N(a, 2) : from;
        from = Math.Max(1, from);
        return from > text.Length || to < from ? "" : Slice(text, from, to - from + 1)!;
    }

    private static object Piece(object?[] a)
    {
        var from = a.Length > 2 ? N(a, 2) : 1;
        var to = a.Length > 3 ? N(a, 3) : from;
        if (S(a, 1).Length == 0) return "";
        var pieces = S(a, 0).Split(S(a, 1));
        var first = (int)Math.Max(1, from);
        return first > pieces.Length || to < first ? "" : string.Join(S(a, 1), pieces[(first - 1)..(int)Math.Min(to, pieces.Length)]);
    }

    private static object Translate(object?[] a)
    {
        var (text, from, to) = (S(a, 0), S(a, 1), a.Length > 2 ? S(a, 2) : "");
        var result = new StringBuilder();
        foreach (var c in text)
        {
            var at = from.IndexOf(c);
            if (at < 0) result.Append(c);
            else if (at < to.Length) result.Append(to[at]);
        }
        return result.ToString();
    }

    private static object Hash(object?[] a)
    {
        var bytes = a[1] as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(a[1], System.Globalization.CultureInfo.InvariantCulture)!);
        return S(a, 0).ToUpperInvariant() switch
        {
            "SHA256" => SHA256.HashData(bytes),
            "SHA384" => SHA384.HashData(bytes),
            "SHA512" => SHA512.HashData(bytes),
            var other => throw Fail.With(-400, $"<ILLEGAL VALUE> hash algorithm '{other}'"),
        };
    }
}
