using System.Collections.Immutable;
using System.Text;
using Gateway.Protocol.Copy;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Copy;

/// <summary>The options of a COPY statement, with the checks of PostgreSQL 15 in its order and words.</summary>
/// <remarks>https://www.postgresql.org/docs/15/sql-copy.html. Option DEFAULT is of release 16, and unknown here.</remarks>
public static class CopyOptionsReader
{
    private const string InvalidColumnReference = "42P10";

    /// <param name="columns">The columns that are copied, in order.</param>
    /// <exception cref="PgException">42601, 22023, 0A000; for columns of FORCE options 42701, 42703, 42P10.</exception>
    public static CopyOptions Read(CopyStatement statement, IReadOnlyList<string> columns)
    {
        var written = Written(statement);
        var format = Format(written);
        var isCsv = format == CopyFormat.Csv;
        if (format == CopyFormat.Binary && written.ContainsKey("delimiter")) throw PgException.Syntax("cannot specify DELIMITER in BINARY mode");
        if (format == CopyFormat.Binary && written.ContainsKey("null")) throw PgException.Syntax("cannot specify NULL in BINARY mode");

        var delimiter = Delimiter(written, isCsv);
        var @null = Text(written, "null") ?? (isCsv ? "" : "\\N");
        if (@null.AsSpan().ContainsAny('\r', '\n'))
            throw Invalid("COPY null representation cannot use newline or carriage return");
        if (!isCsv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".Contains((char)delimiter, StringComparison.Ordinal))
            throw Invalid($"COPY delimiter cannot be \"{(char)delimiter}\"");
        var header = written.TryGetValue("header", out var asked) ? Header(asked, statement.From) : CopyHeader.Off;
        if (format == CopyFormat.Binary && header != CopyHeader.Off) throw PgException.Unsupported("cannot specify HEADER in BINARY mode");

        var quote = CsvByte(written, "quote", isCsv) ?? (byte)'"';
        if (isCsv && quote == delimiter) throw Invalid("COPY delimiter and quote must be different");
        var escape = CsvByte(written, "escape", isCsv) ?? quote;
        CheckForce(written, "force_quote", "force quote", isCsv, !statement.From, "COPY TO");
        CheckForce(written, "force_not_null", "force not null", isCsv, statement.From, "COPY FROM");
        CheckForce(written, "force_null", "force null", isCsv, statement.From, "COPY FROM");
        if (format != CopyFormat.Binary && @null.Contains((char)delimiter, StringComparison.Ordinal))
            throw PgException.Unsupported("COPY delimiter must not appear in the NULL specification");
        if (isCsv && @null.Contains((char)quote, StringComparison.Ordinal))
            throw PgException.Unsupported("CSV quote character must not appear in the NULL specification");

        return new CopyOptions
        {
            Format = format,
            Encoding = written.TryGetValue("encoding", out var encoding) ? Encoded(encoding) : null,
            Delimiter = delimiter,
            Null = Encoding.UTF8.GetBytes(@null),
            Header = header,
            Quote = quote,
            Escape = escape,
            Freeze = written.TryGetValue("freeze", out var freeze) && Flag(freeze),
            ForceQuoteAll = written.TryGetValue("force_quote", out var force) && IsStar(force),
            ForceQuote = Indexes(written, "force_quote", statement, columns),
            ForceNotNull = Indexes(written, "force_not_null", statement, columns),
            ForceNull = Indexes(written, "force_null", statement, columns),
        };
    }

    /// <summary>By name, each option once and of a kind that exists, its value of the right form.</summary>
    private static Dictionary<string, CopyOption> Written(CopyStatement statement)
    {
        var written = new Dictionary<string, CopyOption>();
        foreach (var option in statement.Options)
        {
            if (option.Name is not ("format" or "freeze" or "delimiter" or "null" or "header" or "quote" or "escape"
                or "force_quote" or "force_not_null" or "force_null" or "encoding" or "convert_selectively"))
                throw PgException.Syntax($"option \"{option.Name}\" not recognized", option.Position + 1);
            if (!written.TryAdd(option.Name, option)) throw PgException.Syntax("conflicting or redundant options", option.Position + 1);
            Check(option, statement.From);
        }

        return written;
    }

    private static void Check(CopyOption option, bool from)
    {
        switch (option.Name)
        {
            case "format":
                if (Single(option) is not ("text" or "csv" or "binary") and var format)
                    throw Invalid($"COPY format \"{format}\" not recognized", option);
                break;
            case "freeze": Flag(option); break;
            case "header": Header(option, from); break;
            case "encoding": Encoded(option); break;
            case "force_quote" when IsStar(option): break;
            case "force_quote" or "force_not_null" or "force_null":
                if (!option.IsList) throw Invalid($"argument to option \"{option.Name}\" must be a list of column names", option);
                break;
            case "convert_selectively": throw PgException.Unsupported("COPY option convert_selectively", option.Position + 1);
            default: Single(option); break;
        }
    }

    private static CopyFormat Format(Dictionary<string, CopyOption> written) => Text(written, "format") switch
    {
        "csv" => CopyFormat.Csv,
        "binary" => CopyFormat.Binary,
        _ => CopyFormat.Text,
    };

    private static byte Delimiter(Dictionary<string, CopyOption> written, bool isCsv)
    {
        var text = Text(written, "delimiter") ?? (isCsv ? "," : "\t");
        if (text.Length != 1 || text[0] >= 0x80) throw PgException.Unsupported("COPY delimiter must be a single one-byte character");
        return text[0] is '\r' or '\n' ? throw Invalid("COPY delimiter cannot be newline or carriage return") : (byte)text[0];
    }

    private static byte? CsvByte(Dictionary<string, CopyOption> written, string name, bool isCsv)
    {
        if (Text(written, name) is not { } text) return null;
        if (!isCsv) throw PgException.Unsupported($"COPY {name} available only in CSV mode");
        if (text.Length != 1 || text[0] >= 0x80) throw PgException.Unsupported($"COPY {name} must be a single one-byte character");
        return (byte)text[0];
    }

    private static void CheckForce(
        Dictionary<string, CopyOption> written, string name, string words, bool isCsv, bool isRightWay, string rightWay)
    {
        if (!written.ContainsKey(name)) return;
        if (!isCsv) throw PgException.Unsupported($"COPY {words} available only in CSV mode");
        if (!isRightWay) throw PgException.Unsupported($"COPY {words} only available using {rightWay}");
    }

    private static CopyHeader Header(CopyOption option, bool from)
    {
        var text = option.IsList ? null : option.Values is [var value] ? value.ToLowerInvariant() : "on";
        return text switch
        {
            "true" or "on" or "1" => CopyHeader.On,
            "false" or "off" or "0" => CopyHeader.Off,
            "match" when from => CopyHeader.Match,
            "match" => throw PgException.Unsupported($"cannot use \"{option.Values[0]}\" with HEADER in COPY TO"),
            _ => throw PgException.Syntax("header requires a Boolean value or \"match\""),
        };
    }

    private static bool Flag(CopyOption option)
    {
        var text = option.IsList ? null : option.Values is [var value] ? value.ToLowerInvariant() : "on";
        return text switch
        {
            "true" or "on" or "1" => true,
            "false" or "off" or "0" => false,
            _ => throw PgException.Syntax($"{option.Name} requires a Boolean value"),
        };
    }

    private static TextEncoding Encoded(CopyOption option)
    {
        var encoding = TextEncoding.Find(Single(option)) ?? throw Invalid("argument to option \"encoding\" must be a valid encoding name", option);
        return encoding.IsKnown ? encoding : throw PgException.Unsupported($"COPY in encoding \"{option.Values[0]}\"", option.Position + 1);
    }

    private static ImmutableArray<int> Indexes(
        Dictionary<string, CopyOption> written, string name, CopyStatement statement, IReadOnlyList<string> columns)
    {
        if (!written.TryGetValue(name, out var option) || IsStar(option)) return [];
        var indexes = ImmutableArray.CreateBuilder<int>(option.Values.Length);
        foreach (var column in option.Values)
        {
            var index = columns.IndexOf(column);
            if (index < 0) throw NotCopied(name, column, statement);
            if (indexes.Contains(index)) throw new PgException(SqlStates.DuplicateColumn, $"column \"{column}\" specified more than once");
            indexes.Add(index);
        }

        return indexes.ToImmutable();
    }

    private static PgException NotCopied(string name, string column, CopyStatement statement) => statement switch
    {
        { Table: null } => new PgException(SqlStates.UndefinedColumn, $"column \"{column}\" does not exist"),
        { Columns.IsEmpty: true } => new PgException(
            SqlStates.UndefinedColumn, $"column \"{column}\" of relation \"{statement.Table.Last}\" does not exist"),
        _ => new PgException(InvalidColumnReference, $"{name.ToUpperInvariant()} column \"{column}\" not referenced by COPY"),
    };

    private static int IndexOf(this IReadOnlyList<string> columns, string name)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i] == name) return i;
        return -1;
    }

    private static bool IsStar(CopyOption option) => option is { IsList: false, Values: ["*"] };

    private static string? Text(Dictionary<string, CopyOption> written, string name) =>
        written.TryGetValue(name, out var option) ? Single(option) : null;

    private static string Single(CopyOption option) =>
        option.Values.IsEmpty ? throw PgException.Syntax($"{option.Name} requires a parameter") : string.Join('.', option.Values);

    private static PgException Invalid(string message, CopyOption? option = null) =>
        new(SqlStates.InvalidParameterValue, message) { Position = option?.Position + 1 };
}
