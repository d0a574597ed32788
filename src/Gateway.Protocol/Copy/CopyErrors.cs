using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>What is wrong with COPY data, in PostgreSQL's words.</summary>
public static class CopyErrors
{
    /// <summary>PostgreSQL holds a line in a string buffer, which takes no more than this.</summary>
    public const int MaxRow = 0x3fffffff;

    private const string BadFile = "22P04";

    public static PgException Bad(string message, string? hint = null) => new(BadFile, message) { Hint = hint };

    public static PgException Missing(string column) => Bad($"missing data for column \"{column}\"");

    public static PgException Extra() => Bad("extra data after last expected column");

    public static PgException LiteralReturn(bool csv) => csv
        ? Bad("unquoted carriage return found in data", "Use quoted CSV field to represent carriage return.")
        : Bad("literal carriage return found in data", "Use \"\\r\" to represent carriage return.");

    public static PgException LiteralNewline(bool csv) => csv
        ? Bad("unquoted newline found in data", "Use quoted CSV field to represent newline.")
        : Bad("literal newline found in data", "Use \"\\n\" to represent newline.");

    public static PgException UnexpectedEnd() => Bad("unexpected EOF in COPY data");

    public static PgException TooLong(long held, long more) => new(SqlStates.ProgramLimitExceeded, "out of memory")
    {
        Detail = $"Cannot enlarge string buffer containing {held} bytes by {more} more bytes.",
    };

    /// <summary>Text as it stands in a context: no more than 100 bytes, cut between characters.</summary>
    public static string Clip(ReadOnlySpan<byte> text)
    {
        const int Shown = 100;
        if (text.Length <= Shown) return Encoding.UTF8.GetString(text);
        var length = Shown;
        while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        return Encoding.UTF8.GetString(text[..length]) + "...";
    }
}
