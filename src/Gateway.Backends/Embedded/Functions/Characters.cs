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
