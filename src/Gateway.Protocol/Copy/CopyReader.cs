using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>Rows out of the bytes of a COPY FROM, which may be cut anywhere. No row allocates.</summary>
/// <remarks>
/// A row stands until the next call of <see cref="TryReadRow"/> or <see cref="Append"/>. Like PostgreSQL it may be shorter than
/// the column list: asking for a field that is not there throws, after those before it could be read; so does going on to the next row.
/// Source: https://www.postgresql.org/docs/15/sql-copy.html.
/// </remarks>
public abstract class CopyReader : IDisposable
{
    private readonly string _relation;
    private readonly string[] _columns;
    private bool _hasRow;

    private protected CopyReader(string relation, IReadOnlyList<string> columns)
    {
        _relation = relation;
        _columns = [.. columns];
        Fields = new CopyField[columns.Count + 1];
    }

    public static CopyReader Create(CopyOptions options, string relation, IReadOnlyList<string> columns) => options.Format switch
    {
        CopyFormat.Binary => new CopyBinaryReader(relation, columns),
        CopyFormat.Csv => new CopyCsvReader(options, relation, columns),
        _ => new CopyTextReader(options, relation, columns),
    };

    /// <summary>No row comes any more.</summary>
    public bool IsEnded { get; private protected set; }

    /// <summary>The fields of every row: as many as there are columns.</summary>
    public int FieldCount => _columns.Length;

    /// <summary>From 1; in the binary format the row.</summary>
    public long Line { get; private protected set; }

    /// <summary>Bytes held: of the current row and of what came behind it.</summary>
    public int Buffered => Buffer.Length;

    /// <summary>The current row as it came, without its line end; nothing in the binary format.</summary>
    public abstract ReadOnlySpan<byte> RowText { get; }

    private protected CopyBuffer Buffer { get; } = new();

    private protected ByteWriter Unescaped { get; } = new();

    private protected CopyField[] Fields { get; }

    /// <summary>How many fields the row has; more than <see cref="FieldCount"/> are counted, one more is kept.</summary>
    private protected int Count { get; set; }

    private protected bool IsComplete { get; private set; }

    private protected string[] Columns => _columns;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (IsEnded) return;
        Buffer.Append(data);
        Appended();
    }

    /// <summary>What follows the data cannot be read: the error of the line it is in. The text formats only.</summary>
    public virtual void Fail(PgException error)
    {
    }

    /// <summary>All data came.</summary>
    public void Complete() => IsComplete = true;

    /// <returns>true: the row's fields can be read; false: more data is needed, or <see cref="IsEnded"/>.</returns>
    /// <exception cref="PgException">22P04, 22021, 54000, with its context.</exception>
    public bool TryReadRow()
    {
        if (_hasRow && Count < _columns.Length) throw Short(Count);
        _hasRow = false;
        return _hasRow = !IsEnded && Next();
    }

    public bool IsNull(int column)
    {
        if ((uint)column >= (uint)Count) throw Short(column);
        return Fields[column].Kind == CopyFieldKind.Null;
    }

    /// <summary>Text and CSV: without escapes and quotes, in UTF-8. Binary: the value's bytes. Empty for NULL.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        if ((uint)column >= (uint)Count) throw Short(column);
        ref var field = ref Fields[column];
        return field.Kind switch
        {
            CopyFieldKind.Null => default,
            CopyFieldKind.Unescaped => Unescaped.WrittenSpan.Slice(field.Start, field.Length),
            _ => Buffer.Span.Slice(field.Start, field.Length),
        };
    }

    /// <summary>The error with the context PostgreSQL gives it, below the one that it has already (of JSON, say).</summary>
    /// <param name="column">Whose value is wrong; -1 for the row.</param>
    public PgException Locate(PgException error, int column) => error.Inside(Context(column));

    public void Dispose()
    {
        Buffer.Dispose();
        Unescaped.Dispose();
    }

    private protected virtual void Appended()
    {
    }

    private protected abstract bool Next();

    /// <summary>The error of the field the row ends before.</summary>
    private protected abstract PgException Ending(int column);

    /// <summary>The context of an error in reading the line itself.</summary>
    private protected string LineContext => $"COPY {_relation}, line {Line}";

    private protected PgException InLine(PgException error) => error.Within(LineContext);

    private protected PgException InRow(PgException error) => error.Within($"{LineContext}: \"{CopyErrors.Clip(RowText)}\"");

    private protected string ColumnContext(int column) => $"{LineContext}, column {_columns[column]}";

    private PgException Short(int column) =>
        column >= 0 && column < _columns.Length ? Ending(Math.Min(column, Count)) : throw new ArgumentOutOfRangeException(nameof(column));

    private string Context(int column)
    {
        var isText = this is not CopyBinaryReader;
        if (column >= 0)
            return !isText ? ColumnContext(column)
                : IsNull(column) ? $"{ColumnContext(column)}: null input"
                : $"{ColumnContext(column)}: \"{CopyErrors.Clip(Field(column))}\"";
        return isText && _hasRow ? $"{LineContext}: \"{CopyErrors.Clip(RowText)}\"" : LineContext;
    }
}

internal enum CopyFieldKind : byte
{
    /// <summary>Stands in the row as it is.</summary>
    Raw,

    /// <summary>Stands in the row with escapes or quotes to be taken away.</summary>
    Escaped,

    /// <summary>Its escapes are taken away; it stands beside the row.</summary>
    Unescaped,

    Null,
}

/// <summary>Where a field stands.</summary>
internal struct CopyField
{
    public int Start;
    public int Length;
    public CopyFieldKind Kind;
}
