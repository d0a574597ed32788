using System.Text;

namespace Conversations.Tests.Format;

/// <summary>The words of one line: separated by blanks, except inside quotes and parentheses.</summary>
internal sealed class Words(string line)
{
    private readonly List<string> _words = Split(line);
    private int _next;

    public bool IsAtEnd => _next == _words.Count;

    public string? Peek => IsAtEnd ? null : _words[_next];

    public string Next() => IsAtEnd ? throw new FormatException($"'{line}' ends too early") : _words[_next++];

    public string? NextUnless(params ReadOnlySpan<string> ends) => IsAtEnd || ends.Contains(_words[_next]) ? null : _words[_next++];

    public bool Skip(string word)
    {
        if (Peek != word) return false;
        _next++;
        return true;
    }

    public IEnumerable<string> Rest()
    {
        while (!IsAtEnd) yield return Next();
    }

    public void End()
    {
        if (!IsAtEnd) throw new FormatException($"'{line}' goes on with '{Peek}'");
    }

    /// <summary>The text of a word that may be quoted.</summary>
    public static string Text(string word) => Text(Bytes(word));

    /// <summary>Bytes that are not UTF-8 are told apart as the characters of LATIN1.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    /// <summary>The bytes of a word: inside quotes \n, \t, \0, \xHH and a backslash before anything else mean what they do in C.</summary>
    public static byte[] Bytes(string word)
    {
        if (!word.StartsWith('"')) return Encoding.UTF8.GetBytes(word);
        if (word.Length < 2 || !word.EndsWith('"')) throw new FormatException($"{word} has no closing quote");

        var bytes = new List<byte>();
        var text = word[1..^1];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            switch (text[++i])
            {
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case '0': bytes.Add(0); break;
                case 'x':
                    bytes.AddRange(Convert.FromHexString(text.AsSpan(i + 1, 2)));
                    i += 2;
                    break;
                default: bytes.Add((byte)text[i]); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A value of a row or a parameter: null, binary(hex), text(…), or the text itself.</summary>
    public static byte[]? Value(string word) => word switch
    {
        "null" => null,
        _ when word.StartsWith("binary(", StringComparison.Ordinal) => Convert.FromHexString(word[7..^1]),
        _ when word.StartsWith("text(", StringComparison.Ordinal) => Bytes(word[5..^1]),
        _ => Bytes(word),
    };

    /// <summary>Writes bytes as a word that reads back as the same bytes.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return $"binary({Convert.ToHexStringLower(bytes)})";
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return $"binary({Convert.ToHexStringLower(bytes)})";
        var isPlain = text.Length > 0 && text != "null" && text.All(c => char.IsLetterOrDigit(c) || "+-.:_".Contains(c));
        return isPlain ? text : Quote(text);
    }

    public static string Quote(string text) => '"' + text
        .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + '"';

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var depth = 0;
        var start = -1;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] is ' ' or '\t' && depth == 0))
            {
                if (start >= 0) words.Add(line[start..i]);
                start = -1;
                continue;
            }

            if (start < 0) start = i;
            switch (line[i])
            {
                case '(': depth++; break;
                case ')': depth--; break;
                case '"':
                    do
                    {
                        if (line[i] == '\\') i++;
                        if (++i >= line.Length) throw new FormatException($"'{line}' has an open quote");
                    }
                    while (line[i] != '"');
                    break;
            }
        }

        return words;
    }
}
