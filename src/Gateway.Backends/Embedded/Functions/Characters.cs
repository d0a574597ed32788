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

    /// <summary>The case of the C locale: ASCII letters, all other bytes as they are.</summary>
    public static byte[] Lower(ReadOnlySpan<byte> text)
    {
        var lower = text.ToArray();
        for (var i = 0; i < lower.Length; i++)
            if (lower[i] is >= (byte)'A' and <= (byte)'Z') lower[i] |= 0x20;
        return lower;
    }

    public static byte[] Upper(ReadOnlySpan<byte> text)
    {
        var upper = text.ToArray();
        for (var i = 0; i < upper.Length; i++)
            if (upper[i] is >= (byte)'a' and <= (byte)'z') upper[i] &= 0xDF;
        return upper;
    }

    /// <summary>The first letter of each word upper case; other bytes than ASCII letters and digits stand between words.</summary>
    public static byte[] InitCap(ReadOnlySpan<byte> text)
    {
        var output = Lower(text);
        var inside = false;
        for (var i = 0; i < output.Length; i++)
        {
            if (!inside && output[i] is >= (byte)'a' and <= (byte)'z') output[i] &= 0xDF;
            inside = char.IsAsciiLetterOrDigit((char)output[i]);
        }

        return output;
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
