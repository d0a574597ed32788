using System.Collections;
using System.Data;
using System.Data.Common;
using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Types;

namespace IrisSimulator.Provider;

/// <summary>Forward-only rows of one statement.</summary>
public sealed class SimDataReader : DbDataReader
{
    private readonly SimConnection _connection;
    private readonly Outcome _outcome;
    private readonly CommandBehavior _behavior;
    private int _row = -1;
    private bool _closed;

    internal SimDataReader(SimConnection connection, Outcome outcome, CommandBehavior behavior) =>
        (_connection, _outcome, _behavior) = (connection, outcome, behavior);

    public override int Depth => 0;
    public override int FieldCount => Open()._outcome.Columns.Count;
    public override bool HasRows => Open()._outcome.Rows.Count > 0;
    public override bool IsClosed => _closed;
    public override int RecordsAffected => _outcome.Columns.Count > 0 ? -1 : _outcome.RowsAffected;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        Open();
        if (_row < _outcome.Rows.Count) _row++;
        return _row < _outcome.Rows.Count;
    }

    public override bool NextResult()
    {
        Open();
        return false;
    }

    public override void Close()
    {
        if (_closed) return;
        _closed = true;
        _connection.Reader = null;
        if (_behavior.HasFlag(CommandBehavior.CloseConnection)) _connection.Close();
    }

    private SimDataReader Open() => _closed ? throw new InvalidOperationException("The reader is closed.") : this;

    private ResultColumn Column(int ordinal) => ordinal >= 0 && ordinal < FieldCount ? _outcome.Columns[ordinal]
        : throw new IndexOutOfRangeException($"There is no column {ordinal}.");

    private object? Stored(int ordinal)
    {
        _ = Column(ordinal);
        return _row >= 0 && _row < _outcome.Rows.Count ? _outcome.Rows[_row][ordinal]
            : throw new InvalidOperationException("No row is being read.");
    }

    public override bool IsDBNull(int ordinal) => Stored(ordinal) is null;

    public override object GetValue(int ordinal) =>
        Stored(ordinal) is { } stored ? ClientValues.Value(stored, Column(ordinal).Type) : DBNull.Value;

    private object Present(int ordinal) => GetValue(ordinal) is var value && value is not DBNull ? value
        : throw new InvalidCastException($"Column {ordinal} is NULL.");

    public override string GetString(int ordinal) => Stored(ordinal) is { } stored
        ? Conversions.Odbc(stored, Column(ordinal).Type) : throw new InvalidCastException($"Column {ordinal} is NULL.");

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override bool GetBoolean(int ordinal) => Convert.ToBoolean(Present(ordinal));
    public override byte GetByte(int ordinal) => Convert.ToByte(Present(ordinal));
    public override char GetChar(int ordinal) => GetString(ordinal)[0];
    public override short GetInt16(int ordinal) => Convert.ToInt16(Present(ordinal));
    public override int GetInt32(int ordinal) => Convert.ToInt32(Present(ordinal));
    public override long GetInt64(int ordinal) =>
        Column(ordinal).Type.IsInteger && Stored(ordinal) is long whole ? whole : Convert.ToInt64(Present(ordinal));
    public override float GetFloat(int ordinal) => Convert.ToSingle(Present(ordinal));
    public override double GetDouble(int ordinal) => Convert.ToDouble(Present(ordinal));
    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(Present(ordinal));
    public override DateTime GetDateTime(int ordinal) => (DateTime)Present(ordinal);
    public TimeSpan GetTime(int ordinal) => (TimeSpan)Present(ordinal);
    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy((byte[])Present(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    private static long Copy<T>(T[] data, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null) return data.Length;
        var count = (int)Math.Min(length, Math.Max(0, data.Length - offset));
        Array.Copy(data, offset, buffer, bufferOffset, count);
        return count;
    }

    public override string GetName(int ordinal) => Column(ordinal).Label;
    public override string GetDataTypeName(int ordinal) => Column(ordinal).Type.OdbcName;
    public override Type GetFieldType(int ordinal) => Column(ordinal).Type.ClrType;

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
            if (string.Equals(_outcome.Columns[i].Label, name, StringComparison.OrdinalIgnoreCase)) return i;
        throw new IndexOutOfRangeException($"There is no column '{name}'.");
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);
    public override DataTable GetSchemaTable() => ClientValues.SchemaTable(Open()._outcome.Columns);
}
