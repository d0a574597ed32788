using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// One of PostgreSQL's regular expressions (AREs, manual section 9.7.3) as one of .NET's. .NET takes the first alternative
/// that matches where PostgreSQL takes the longest, so a match of a pattern with choices is tried again for a longer one.
/// </summary>
internal sealed class RegularExpression
{
    // A pattern is usually a constant; the bound keeps hostile ones from filling memory.
    private const int CacheLimit = 500;
    private static readonly ConcurrentDictionary<(string Pattern, string Flags), RegularExpression> Cache = new();
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Regex _regex;
    private readonly Regex? _shortest;
    private readonly Preference _preference;
    private readonly Func<RegularExpression>? _beyond;
    private RegularExpression? _astral;

    private RegularExpression(string pattern, RegexOptions options, Preference preference = Preference.First, string? shortest = null, Func<RegularExpression>? beyond = null)
    {
        _beyond = beyond;
        try
        {
            _regex = new Regex(pattern, options, Timeout);
            _shortest = shortest is null ? null : new Regex(shortest, options, Timeout);
        }
        catch (ArgumentException error)
        {
            throw new PgException("2201B", $"invalid regular expression: {Reason(error)}", error);
        }

        _preference = preference;
    }

    public static RegularExpression Get(string pattern, string flags) => Cached(pattern, flags, () => Compile(pattern, flags));

    /// <summary>SIMILAR TO.</summary>
    public static RegularExpression Similar(string pattern, char escape) => Cached(pattern, "similar" + escape, () =>
        Compile("^(?:" + SimilarPattern.ToRegular(pattern, escape) + ")$", ""));

    /// <summary>substring(… SIMILAR …): three parts, divided by the escape character and a double quote; the middle one is the result.</summary>
    public static RegularExpression SimilarSubstring(string pattern, string escape) => Cached(pattern, "substring" + escape, () =>
    {
        if (escape.Length != 1) throw new PgException("22025", "invalid escape string") { Hint = "Escape string must be empty or one character." };
        var parts = pattern.Split(escape + "\"");
        var regular = parts.Select(part => SimilarPattern.ToRegular(part, escape[0])).ToArray();
        return regular.Length switch
        {
            1 => Compile($"^(?:{regular[0]})$", ""),
            3 => new RegularExpression(
                $@"\A(?:{Translated(regular[0], lazy: true)})({Translated(regular[1])})(?:{Translated(regular[2])})\z",
                RegexOptions.CultureInvariant | RegexOptions.Singleline),
            2 => Compile($"^({regular[0]})(?:{regular[1]})$", ""),
            _ => throw new PgException("2200C", "SQL regular expression may not contain more than two escape-double-quote separators"),
        };

        static string Translated(string part, bool lazy = false) => new RegularSyntax(part, RegexOptions.Singleline, false).Translate(lazy);
    });

    public bool IsMatch(string text) => For(text)._regex.IsMatch(text);

    public Match Match(string text, int start = 0) => For(text).Find(text, start);

    /// <summary>Where the text has characters of two UTF-16 units, a pattern that knows of them.</summary>
    private RegularExpression For(string text) =>
        _beyond is not null && text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? _astral ??= _beyond() : this;

    private Match Find(string text, int start)
    {
        var match = (_shortest ?? _regex).Match(text, start);
        return !match.Success ? match : _preference switch
        {
            Preference.Longest => Longest(text, match),
            Preference.Shortest => Exactly(text, match),
            _ => match,
        };
    }

    public IEnumerable<Match> Matches(string text, int start = 0)
    {
        while (start <= text.Length)
        {
            var match = Match(text, start);
            if (!match.Success) yield break;
            yield return match;
            start = match.Index + match.Length;
            if (match.Length == 0) start += start < text.Length && char.IsHighSurrogate(text[start]) ? 2 : 1;
        }
    }

    private Match Longest(string text, Match match)
    {
        while (match.Index + match.Length < text.Length)
        {
            // The same at the same place, but ending further on.
            var further = new Regex($@"\G(?:{_regex})(?<=\A[\s\S]{{{match.Index + match.Length + 1},}})", _regex.Options, Timeout);
            var longer = further.Match(text, match.Index);
            if (!longer.Success) break;
            match = longer;
        }

        return match;
    }

    /// <summary>The same stretch of text, divided into groups by the quantifiers as they were written.</summary>
    private Match Exactly(string text, Match match)
    {
        var end = match.Index + match.Length;
        var exact = new Regex($@"\G(?:{_regex})(?<=\A[\s\S]{{{end}}})", _regex.Options, Timeout).Match(text, match.Index);
        return exact.Success ? exact : match;
    }

    private static RegularExpression Cached(string pattern, string flags, Func<RegularExpression> compile)
    {
        if (Cache.TryGetValue((pattern, flags), out var known)) return known;
        if (Cache.Count >= CacheLimit) Cache.Clear();
        return Cache[(pattern, flags)] = compile();
    }

    private static RegularExpression Compile(string pattern, string flags, bool astral = false)
    {
        var (whole, given) = (pattern, flags);
        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        var (literal, fold) = (false, false);
        if (pattern.StartsWith("***=", StringComparison.Ordinal)) (pattern, literal) = (pattern[4..], true);
        else if (pattern.StartsWith("***:", StringComparison.Ordinal)) pattern = pattern[4..];
        if (!literal && pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.IndexOf(')') is > 2 and var end
            && pattern.AsSpan(2, end - 2).IndexOfAnyExceptInRange('a', 'z') < 0)
        {
            flags += pattern[2..end];
            pattern = pattern[(end + 1)..];
        }

        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'i': fold = true; break;
                case 'c': fold = false; break;
                case 'n' or 'm': options = (options & ~RegexOptions.Singleline) | RegexOptions.Multiline; break;
                case 'p': options &= ~RegexOptions.Singleline; break;
                case 'w': options |= RegexOptions.Multiline; break;
                case 's': options = (options | RegexOptions.Singleline) & ~RegexOptions.Multiline; break;
                case 'x': options |= RegexOptions.IgnorePatternWhitespace; break;
                case 't' or 'g' or 'e' or 'b': break;
                case 'q': literal = true; break;
                default: throw new PgException(SqlStates.InvalidParameterValue, $"invalid regular expression option: \"{flag}\"");
            }
        }

        if (literal) pattern = Regex.Escape(pattern);
        var syntax = new RegularSyntax(pattern, options, fold, astral);
        var translated = syntax.Translate();
        var shortest = syntax.Preference == Preference.Shortest ? new RegularSyntax(pattern, options, fold, astral).Translate(allLazy: true) : null;
        return new RegularExpression(translated, options, syntax.Preference, shortest, astral ? null : () => Compile(whole, given, astral: true));
    }

    private static string Reason(ArgumentException error) => error is RegexParseException parse
        ? parse.Error switch
        {
            RegexParseError.InsufficientClosingParentheses or RegexParseError.InsufficientOpeningParentheses => "parentheses () not balanced",
            RegexParseError.UnterminatedBracket => "brackets [] not balanced",
            RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "quantifier operand invalid",
            RegexParseError.ReversedQuantifierRange => "invalid repetition count(s)",
            RegexParseError.ReversedCharacterRange => "invalid character range",
            RegexParseError.UndefinedNumberedReference => "invalid backreference number",
            RegexParseError.UnescapedEndingBackslash => "invalid escape \\ sequence",
            _ => "invalid escape \\ sequence",
        }
        : error.Message;
}
