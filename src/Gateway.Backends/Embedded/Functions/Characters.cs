using System.Text;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Positions in characters as PostgreSQL counts them: code points, where .NET counts UTF-16 units.</summary>
internal static class Characters
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var unit in text)
            if (char.IsLowSurrogate(unit)) count--;
        return count;
    }

    /// <summary>The index of the n-th character (from 0), or the end of the text when there are fewer.</summary>
    public static int Offset(ReadOnlySpan<char> text, int n)
    {
        var i = 0;
        for (; n > 0 && i < text.Length; n--) i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
        return i;
    }

    /// <summary>From the character at <paramref name="start"/> (from 1, possibly before the text) on.</summary>
    public static string Substring(string text, long start, long length)
    {
        var end = start + length;
        var from = Math.Max(start, 1) - 1;
        if (end - 1 <= from || from >= text.Length) return "";
        var first = Offset(text, (int)from);
        var count = Math.Min(end - 1 - from, text.Length);
        return text.Substring(first, Offset(text.AsSpan(first), (int)count));
    }

    /// <summary>The case of LC_CTYPE C.UTF-8: every letter of Unicode that has one other case of one character.</summary>
    public static byte[] Lower(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(text)) return Encoding.UTF8.GetBytes(Map(Encoding.UTF8.GetString(text), Rune.ToLowerInvariant));
        var lower = text.ToArray();
        Ascii.ToLowerInPlace(lower, out _);
        return lower;
    }

    public static byte[] Upper(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(text)) return Encoding.UTF8.GetBytes(Map(Encoding.UTF8.GetString(text), Rune.ToUpperInvariant));
        var upper = text.ToArray();
        Ascii.ToUpperInPlace(upper, out _);
        return upper;
    }

    /// <summary>The first letter of each word upper case; what is neither letter nor digit stands between words.</summary>
    public static string InitCap(string text)
    {
        var inside = false;
        return Map(text, rune =>
        {
            var cased = inside ? Rune.ToLowerInvariant(rune) : Rune.ToUpperInvariant(rune);
            inside = Rune.IsLetterOrDigit(rune);
            return cased;
        });
    }

    private static string Map(string text, Func<Rune, Rune> map)
    {
        var output = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes()) output.Append(units[..map(rune).EncodeToUtf16(units)]);
        return output.ToString();
    }

    public static IEnumerable<string> Each(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            yield return text.Substring(i, length);
            i += length;
        }
    }
}
