using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Rows by the batch: one INSERT … SELECT over an array for each column. A batch that is refused goes in again row by row, up to the row it is about.</summary>
internal sealed partial class AdoBulkInsert : IBulkInsert
{
    private const string Savepoint = "gateway_batch";

    private readonly AdoConnection _connection;
    private readonly Plan _plan;
    private readonly int _width;
    private readonly RowByRowInsert _rows;
    private readonly Plan? _batch;
    private long _inserted;
    private bool _byRow;

    public AdoBulkInsert(AdoConnection connection, Plan plan, RelationInfo table, int width)
    {
        (_connection, _plan, _width) = (connection, plan, width);
        _rows = new RowByRowInsert(connection, plan, width);
        _batch = Batch(plan, table, width);
    }

    public int Done => _byRow ? _rows.Done : 0;

    public void Write(ValueList values, int rows)
    {
        _byRow = _batch is null || rows == 1;
        if (_byRow)
        {
            _rows.Write(values, rows);
            return;
        }

        _connection.Savepoint(Savepoint);
        try
        {
            using var arrays = Arrays(values, rows);
            using var execution = _connection.Execute(_batch!, arrays);
            _inserted += execution.RowsAffected;
        }
        catch (PgException error) when (!_connection.IsBroken && error.SqlState != SqlStates.QueryCanceled)
        {
            // Which row it is shows when they go in one by one. That they then go in is possible: others have changed something.
            _connection.RollbackToSavepoint(Savepoint);
            _byRow = true;
            _rows.Write(values, rows);
        }

        _connection.ReleaseSavepoint(Savepoint);
    }

    public long Complete() => _inserted + _rows.Complete();

    public void Dispose() => _rows.Dispose();

    /// <summary>The plan for arrays, or null where an INSERT of constants is more than that: a condition, array columns, types known as text.</summary>
    private static Plan? Batch(Plan plan, RelationInfo table, int width)
    {
        if (width == 0 || plan.Steps is not [CommandStep { Sql: var sql, Inputs: var inputs } command] || inputs.Length != width) return null;
        if (table.Columns.Any(column => column.Remote?.DataType is not null)) return null;
        var at = sql.LastIndexOf(" VALUES (", StringComparison.Ordinal);
        if (at < 0 || !Constants().IsMatch(sql.AsSpan(at))) return null;
        var text = new StringBuilder(sql, 0, at, at + 64 + (width * 40)).Append(" SELECT * FROM pg_catalog.unnest(");
        for (var i = 0; i < width; i++)
        {
            if (PgTypes.Find(inputs[i].Type.Oid) is not { IsArray: false, ArrayOid: not 0, Kind: not 'p' } type || type.Oid >= Oids.Vector) return null;
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}${i + 1}::pg_catalog.\"{type.Name}\"[]");
        }

        return plan with { Steps = [command with { Sql = text.Append(')').ToString(), Inputs = [.. inputs.Select((input, i) => input with { Number = i + 1, Type = new(Oids.Text) })] }] };
    }

    /// <summary>An array for each column, in its printed form.</summary>
    private ValueList Arrays(ValueList values, int rows)
    {
        var inputs = ((CommandStep)_plan.Steps[0]).Inputs;
        var arrays = new ValueList();
        using var array = new ByteWriter();
        using var text = new ByteWriter();
        for (var column = 0; column < _width; column++)
        {
            // The parameter of the value's place in the row.
            var source = inputs[column].Number - 1;
            var type = inputs[column].Type.Oid;
            array.Clear();
            array.Byte((byte)'{');
            for (var row = 0; row < rows; row++)
            {
                if (row > 0) array.Byte((byte)',');
                var index = (row * _width) + source;
                if (values.IsNull(index))
                {
                    array.Bytes("NULL"u8);
                    continue;
                }

                text.Clear();
                AdoParameters.Encode(values, index, type, _connection.ParameterFormat, text);
                array.Byte((byte)'"');
                foreach (var b in text.WrittenSpan)
                {
                    if (b is (byte)'"' or (byte)'\\') array.Byte((byte)'\\');
                    array.Byte(b);
                }

                array.Byte((byte)'"');
            }

            array.Byte((byte)'}');
            arrays.Add(Carrier.Text, array.WrittenSpan);
        }

        return arrays;
    }

    [GeneratedRegex("""^ VALUES \((?:\$\d+|\(\$\d+::[^)]*\))(?:, (?:\$\d+|\(\$\d+::[^)]*\)))*\)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Constants();
}
