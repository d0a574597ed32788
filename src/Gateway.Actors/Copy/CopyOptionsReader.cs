using System.Text;
using Gateway.Protocol.Copy;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Copy;

/// <summary>The options of a COPY as its data needs them, checked as PostgreSQL checks them (ProcessCopyOptions in copy.c).</summary>
public static class CopyOptionsReader
{
    private sealed class Given
    {
        public CopyFormat Format;
        public string? Delimiter;
        public string? Null;
        public CopyHeader Header;
        public string? Quote;
        public string? Escape;
        public CopyOption? ForceQuote;
        public CopyOption? ForceNotNull;
        public CopyOption? ForceNull;
    }

    /// <param name="columns">The columns of the data.</param>
    /// <param name="relation">The table, with all its columns; null for a query.</param>
    public static CopyOptions Read(CopyStatement copy, string[] columns, string? relation = null, IReadOnlyCollection<string>? known = null)
    {
        var given = Collect(copy);
        Check(given, copy.From);
        var csv = given.Format == CopyFormat.Csv;
        var delimiter = Byte(given.Delimiter ?? (csv ? "," : "\t"));
        var quote = Byte(given.Quote ?? "\"");
        return new CopyOptions
        {
            Format = given.Format,
            Delimiter = delimiter,
            Null = Encoding.UTF8.GetBytes(given.Null ?? (csv ? "" : "\\N")),
            Header = given.Header,
            Quote = quote,
            Escape = given.Escape is null ? quote : Byte(given.Escape),
            ForceQuote = Flags(given.ForceQuote, "FORCE_QUOTE"),
            ForceNotNull = Flags(given.ForceNotNull, "FORCE_NOT_NULL"),
            ForceNull = Flags(given.ForceNull, "FORCE_NULL"),
        };

        bool[] Flags(CopyOption? option, string what)
        {
            if (option is null) return [];
            var flags = new bool[columns.Length];
            if (option.Values is ["*"])
            {
                Array.Fill(flags, true);
                return flags;
            }

            foreach (var name in option.Values)
            {
                var index = Array.IndexOf(columns, name);
                if (index >= 0) flags[index] = true;
                else if (known?.Contains(name) == true) throw new PgException("42P10", $"{what} column \"{name}\" not referenced by COPY");
                else throw new PgException(
                    SqlStates.UndefinedColumn,
                    relation is null ? $"column \"{name}\" does not exist" : $"column \"{name}\" of relation \"{relation}\" does not exist");
            }

            return flags;
        }
    }

    private static byte Byte(string text) => (byte)text[0];

    private static Given Collect(CopyStatement copy)
    {
        var given = new Given();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var option in copy.Options)
        {
            switch (option.Name)
            {
                case "format":
                    Once(option, seen);
                    given.Format = Value(option) switch
                    {
                        "text" => CopyFormat.Text,
                        "csv" => CopyFormat.Csv,
                        "binary" => CopyFormat.Binary,
                        var other => throw Invalid($"COPY format \"{other}\" not recognized", option),
                    };
                    break;
                case "freeze":
                    Once(option, seen);
                    Boolean(option);   // a hint, and there is nothing to freeze
                    break;
                case "delimiter":
                    Once(option, seen);
                    given.Delimiter = Value(option);
                    break;
                case "null":
                    Once(option, seen);
                    given.Null = Value(option);
                    break;
                case "header":
                    Once(option, seen);
                    given.Header = Header(option, copy.From);
                    break;
                case "quote":
                    Once(option, seen);
                    given.Quote = Value(option);
                    break;
                case "escape":
                    Once(option, seen);
                    given.Escape = Value(option);
                    break;
                case "force_quote":
                    Once(option, seen);
                    given.ForceQuote = RequireList(option);
                    break;
                case "force_not_null":
                    Once(option, seen);
                    given.ForceNotNull = RequireColumns(option);
                    break;
                case "force_null":
                    Once(option, seen);
                    given.ForceNull = RequireColumns(option);
                    break;
                case "encoding":
                    Once(option, seen);
                    Encoded(option);
                    break;
                default:
                    throw PgException.Syntax($"option \"{option.Name}\" not recognized", At(option));
            }
        }

        return given;
    }

    private static void Once(CopyOption option, HashSet<string> seen)
    {
        if (!seen.Add(option.Name)) throw PgException.Syntax("conflicting or redundant options", At(option));
    }

    private static string Value(CopyOption option) =>
        option.Values is [var value] ? value : throw PgException.Syntax($"{option.Name} requires a parameter");

    private static bool Boolean(CopyOption option) => option.Values.IsEmpty || option.Values[0].ToLowerInvariant() switch
    {
        "true" or "on" or "1" => true,
        "false" or "off" or "0" => false,
        _ => throw PgException.Syntax($"{option.Name} requires a Boolean value"),
    };

    private static CopyHeader Header(CopyOption option, bool from) => (option.Values is [var value] ? value.ToLowerInvariant() : "true") switch
    {
        "true" or "on" or "1" => CopyHeader.Line,
        "false" or "off" or "0" => CopyHeader.None,
        "match" when from => CopyHeader.Match,
        "match" => throw PgException.Unsupported($"cannot use \"{option.Values[0]}\" with HEADER in COPY TO"),
        _ => throw PgException.Syntax("header requires a Boolean value or \"match\""),
    };

    private static CopyOption RequireList(CopyOption option) =>
        option.Values.IsEmpty ? throw Invalid($"argument to option \"{option.Name}\" must be a list of column names", option) : option;

    private static CopyOption RequireColumns(CopyOption option) =>
        option.Values.IsEmpty || option.Values is ["*"]
            ? throw Invalid($"argument to option \"{option.Name}\" must be a list of column names", option)
            : option;

    private static void Encoded(CopyOption option)
    {
        var name = Value(option);
        if (new string([.. name.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant() is "UTF8" or "UNICODE") return;
        if (IsEncoding(name)) throw PgException.Unsupported($"COPY with encoding \"{name}\" is not supported");
        throw Invalid($"argument to option \"{option.Name}\" must be a valid encoding name", option);
    }

    private static bool IsEncoding(string name)
    {
        var bare = new string([.. name.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return bare is "SQLASCII" or "BIG5" or "EUCCN" or "EUCJP" or "EUCJIS2004" or "EUCKR" or "EUCTW" or "GB18030" or "GBK" or "JOHAB"
                or "KOI8R" or "KOI8U" or "KOI8" or "MULEINTERNAL" or "SJIS" or "SHIFTJIS" or "SHIFTJIS2004" or "UHC" or "ALT" or "WIN"
            || (bare.StartsWith("LATIN", StringComparison.Ordinal) && int.TryParse(bare[5..], out var latin) && latin is >= 1 and <= 10)
            || (bare.StartsWith("ISO8859", StringComparison.Ordinal) && bare.Length > 7)
            || bare.StartsWith("WIN8", StringComparison.Ordinal) || bare.StartsWith("WIN12", StringComparison.Ordinal) || bare.StartsWith("WINDOWS", StringComparison.Ordinal);
    }

    private static void Check(Given given, bool from)
    {
        var binary = given.Format == CopyFormat.Binary;
        var csv = given.Format == CopyFormat.Csv;
        if (binary && given.Delimiter is not null) throw PgException.Syntax("cannot specify DELIMITER in BINARY mode");
        if (binary && given.Null is not null) throw PgException.Syntax("cannot specify NULL in BINARY mode");
        var delimiter = given.Delimiter ?? (csv ? "," : "\t");
        var none = given.Null ?? (csv ? "" : "\\N");
        if (Encoding.UTF8.GetByteCount(delimiter) != 1) throw PgException.Unsupported("COPY delimiter must be a single one-byte character");
        if (delimiter is "\r" or "\n") throw Invalid("COPY delimiter cannot be newline or carriage return");
        if (none.AsSpan().ContainsAny('\r', '\n')) throw Invalid("COPY null representation cannot use newline or carriage return");
        if (!csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".Contains(delimiter[0], StringComparison.Ordinal))
            throw Invalid($"COPY delimiter cannot be \"{delimiter}\"");
        if (binary && given.Header != CopyHeader.None) throw PgException.Unsupported("cannot specify HEADER in BINARY mode");
        if (!csv && given.Quote is not null) throw PgException.Unsupported("COPY quote available only in CSV mode");
        if (csv && given.Quote is { } quote && Encoding.UTF8.GetByteCount(quote) != 1)
            throw PgException.Unsupported("COPY quote must be a single one-byte character");
        if (csv && delimiter == (given.Quote ?? "\"")) throw Invalid("COPY delimiter and quote must be different");
        if (!csv && given.Escape is not null) throw PgException.Unsupported("COPY escape available only in CSV mode");
        if (csv && given.Escape is { } escape && Encoding.UTF8.GetByteCount(escape) != 1)
            throw PgException.Unsupported("COPY escape must be a single one-byte character");
        if (!csv && given.ForceQuote is not null) throw PgException.Unsupported("COPY force quote available only in CSV mode");
        if (given.ForceQuote is not null && from) throw PgException.Unsupported("COPY force quote only available using COPY TO");
        if (!csv && given.ForceNotNull is not null) throw PgException.Unsupported("COPY force not null available only in CSV mode");
        if (given.ForceNotNull is not null && !from) throw PgException.Unsupported("COPY force not null only available using COPY FROM");
        if (!csv && given.ForceNull is not null) throw PgException.Unsupported("COPY force null available only in CSV mode");
        if (given.ForceNull is not null && !from) throw PgException.Unsupported("COPY force null only available using COPY FROM");
        if (none.Contains(delimiter[0], StringComparison.Ordinal))
            throw PgException.Unsupported("COPY delimiter must not appear in the NULL specification");
        if (csv && none.Contains((given.Quote ?? "\"")[0], StringComparison.Ordinal))
            throw PgException.Unsupported("CSV quote character must not appear in the NULL specification");
    }

    private static PgException Invalid(string message, CopyOption? at = null) =>
        new(SqlStates.InvalidParameterValue, message) { Position = at is null ? null : At(at) };

    private static int? At(CopyOption option) => option.Position < 0 ? null : option.Position + 1;
}
