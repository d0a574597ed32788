using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Rows by the batch, each a COPY of the server's own. Row by row where an INSERT is more than that, or the provider has none.</summary>
internal sealed partial class AdoBulkInsert : IBulkInsert
{
    private readonly AdoConnection _connection;
    private readonly int _width;
    private readonly UserTypes _types = UserTypes.Empty;
    private readonly RowByRowInsert? _rows;
    private readonly string _copy = "";
    private readonly string _name;
    private readonly (int Source, uint Type)[] _columns = [];
    private readonly ByteWriter _data = new();
    private readonly ByteWriter _text = new();
    private long _inserted;
    private int _done;

    public AdoBulkInsert(AdoConnection connection, Plan plan, RelationInfo table, int width)
    {
        (_connection, _width, _name) = (connection, width, table.Name);
        if (connection.CanCopy && plan.Steps is [CommandStep step] && Constants().Match(step.Sql) is { Success: true } insert
            && insert.Groups["number"].Captures.Count == width && !connection.MayLeaveRowsOut(table))
        {
            _copy = $"COPY {insert.Groups["target"].ValueSpan} FROM STDIN";
            _columns = [.. insert.Groups["number"].Captures
                .Select(number => step.Inputs[int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) - 1])
                .Select(input => (input.Number - 1, input.Type.Oid))];
            if (_columns.Any(column => column.Type >= UserTypes.FirstOid)) _types = connection.Schema.Types;
        }
        else
        {
            _rows = new RowByRowInsert(connection, plan, width);
        }
    }

    public int Done => _rows?.Done ?? _done;

    public string? Place { get; private set; }

    public void Write(ValueList values, int rows)
    {
        if (_rows is not null)
        {
            _rows.Write(values, rows);
            return;
        }

        _done = 0;
        _data.Clear();
        for (var row = 0; row < rows; row++) Append(values, row * _width);
        try
        {
            _connection.Copy(_copy, _data.WrittenMemory);
        }
        catch (PgException error) when (error.Where is not null)
        {
            throw Placed(error);
        }

        _inserted += rows;
    }

    public long Complete() => _inserted + (_rows?.Complete() ?? 0);

    public void Dispose()
    {
        _rows?.Dispose();
        _data.Dispose();
        _text.Dispose();
    }

    /// <summary>A row in COPY's text form.</summary>
    private void Append(ValueList values, int row)
    {
        var format = _connection.ParameterFormat;
        using var scope = TypeScope.Enter(_types, null);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) _data.Byte((byte)'\t');
            var (source, type) = _columns[i];
            if (values.IsNull(row + source))
            {
                _data.Bytes("\\N"u8);
                continue;
            }

            _text.Clear();
            AdoParameters.Encode(values, row + source, type, format, _text);
            Escape(_text.WrittenSpan);
        }

        _data.Byte((byte)'\n');
    }

    private void Escape(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOfAny("\\\t\n\r"u8)) >= 0; text = text[(at + 1)..])
        {
            _data.Bytes(text[..at]);
            _data.Byte((byte)'\\');
            _data.Byte(text[at] switch
            {
                (byte)'\t' => (byte)'t',
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                var b => b,
            });
        }

        _data.Bytes(text);
    }

    /// <summary>The error without the server's line of context about the COPY: its line is that of the batch, and not all lines are the client's.</summary>
    private PgException Placed(PgException error)
    {
        var where = error.Where!;
        var start = $"COPY {_name}, line ";
        var at = where.StartsWith(start, StringComparison.Ordinal) ? 0 : where.IndexOf('\n' + start, StringComparison.Ordinal) + 1;
        if (at == 0 && !where.StartsWith(start, StringComparison.Ordinal))
        {
            _done = -1;
            return error;
        }

        var line = where.AsSpan(at + start.Length);
        var digits = line.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : line.Length;
        _done = int.Parse(line[..digits], CultureInfo.InvariantCulture) - 1;
        var place = line[digits..];
        Place = place.StartsWith(": ") ? ": " : place.ToString();
        return error.Outside(at == 0 ? null : where[..(at - 1)]);
    }

    [GeneratedRegex("""^INSERT INTO (?<target>.+?)(?: OVERRIDING SYSTEM VALUE)? VALUES \((?:\(?\$(?<number>\d+)(?:::[^()]*(?:\([^()]*\))?[^()]*\))?(?:, |\)$))+$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Constants();
}
