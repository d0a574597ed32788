using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>Makes rows of fields of the bytes of COPY FROM, which may come cut anywhere. No I/O; not thread-safe.</summary>
public abstract class CopyReader(string relation, string[] columns)
{
    // As PostgreSQL clips texts in the context of an error: MAX_COPY_DATA_DISPLAY in copyfromparse.c.
    private const int MaxText = 100;

    public static CopyReader Create(CopyOptions options, string relation, string[] columns) => options.Format switch
    {
        CopyFormat.Binary => new BinaryCopyReader(relation, columns),
        CopyFormat.Csv => new CsvCopyReader(options, relation, columns),
        _ => new TextCopyReader(options, relation, columns),
    };

    /// <summary>The end of the data has been seen; what comes after it is ignored.</summary>
    public bool IsEnded { get; protected set; }

    /// <summary>The line (binary: the row) that is read now or was read last, from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>The row as it came, for error messages; empty for binary.</summary>
    public virtual ReadOnlySpan<byte> RowText => default;

    protected string[] Columns => columns;

    /// <summary>More data. What was read before is gone.</summary>
    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>No more data comes.</summary>
    public abstract void Complete();

    /// <summary>The next row. False when more data is needed, or when there is no more.</summary>
    /// <exception cref="PgException">22P04 and others, with their context.</exception>
    public abstract bool TryReadRow();

    public abstract bool IsNull(int column);

    /// <summary>Valid until the next <see cref="TryReadRow"/> or <see cref="Append"/>.</summary>
    public abstract ReadOnlySpan<byte> Field(int column);

    /// <summary>The error with the place where it happened.</summary>
    /// <param name="column">The column whose field was no value of its type; -1 for the row as a whole.</param>
    public abstract PgException Locate(PgException error, int column);

    /// <summary>"COPY t, line 3", with what is known beside it.</summary>
    protected PgException Locate(PgException error, int column, ReadOnlySpan<byte> text, bool hasText)
    {
        var context = $"COPY {relation}, line {Line}";
        if (column >= 0) context += $", column {columns[column]}";
        return error.Within(hasText ? $"{context}: \"{Clip(text)}\"" : context);
    }

    public static string Clip(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxText) return Encoding.UTF8.GetString(text);
        var length = MaxText;
        while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        return Encoding.UTF8.GetString(text[..length]) + "...";
    }

    protected static PgException Bad(string message, string? hint = null) => new("22P04", message) { Hint = hint };
}
