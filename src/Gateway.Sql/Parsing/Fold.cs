using System.Text;

namespace Gateway.Sql.Parsing;

/// <summary>PostgreSQL's case folding of names: ASCII letters only, then at most 63 bytes of UTF-8.</summary>
internal static class Fold
{
    /// <summary>NAMEDATALEN - 1.</summary>
    private const int MaxNameBytes = 63;

    private const int CacheSize = 1024;

    // Lost updates between threads are harmless: a slot holds some correct string or another.
    private static readonly string?[] Cache = new string?[CacheSize];

    public static char Lower(char c) => (uint)(c - 'A') <= 'Z' - 'A' ? (char)(c | 0x20) : c;

    public static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = (hash ^ Lower(c)) * 16777619u;
        return hash;
    }

    /// <summary>Whether <paramref name="text"/> folds to <paramref name="lower"/>, which is in lower case already.</summary>
    public static bool Equal(ReadOnlySpan<char> text, string lower)
    {
        if (text.Length != lower.Length) return false;
        for (var i = 0; i < text.Length; i++)
            if (Lower(text[i]) != lower[i]) return false;
        return true;
    }

    /// <summary>The folded name, the same string for the same name as long as the cache holds it.</summary>
    public static string Name(ReadOnlySpan<char> text)
    {
        ref var slot = ref Cache[Hash(text) % CacheSize];
        if (slot is { } cached && Equal(text, cached)) return cached;
        var name = Truncate(string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = Lower(source[i]);
        }));
        return slot = name;
    }

    /// <summary>At most 63 bytes, cut between characters.</summary>
    public static string Truncate(string name)
    {
        if (name.Length <= MaxNameBytes / 3 || Encoding.UTF8.GetByteCount(name) <= MaxNameBytes) return name;
        int bytes = 0, length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MaxNameBytes) break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return name[..length];
    }
}
