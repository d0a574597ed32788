using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Backends.Tests.Iris;

/// <summary>What the fake server says to one statement.</summary>
internal sealed record Answer(int Affected = -1, Type[]? Types = null, object?[][]? Rows = null, Exception? Error = null)
{
    public static Answer Changed(int rows) => new(rows);

    public static Answer Of(params object?[] oneColumn) => Table([.. oneColumn.Select(value => new[] { value })]);

    public static Answer Table(params object?[][] rows) => new(
        Types: rows.Length == 0 ? [] : [.. rows[0].Select((_, i) => rows.Select(row => row[i]).FirstOrDefault(value => value is not null)?.GetType() ?? typeof(string))],
        Rows: rows);

    public static Answer Fails(int code, string detail = "") =>
        new(Error: new FakeException($"[SQLCODE: <{code}>:<text of {code}>]\r\n[Location: <ServerLoop>]\r\n[%msg: <{detail}>]"));
}

internal sealed class FakeException(string message) : DbException(message);

/// <summary>A server whose answers are written down beforehand, and which writes down what it was told.</summary>
internal sealed class FakeServer
{
    private readonly List<(string Prefix, Func<object?[], Answer> Answer)> _answers = [];

    public List<string> Log { get; } = [];

    public int Prepared { get; set; }

    public Action<FakeCommand>? Executing { get; set; }

    /// <summary>For statements that begin so; what was said last holds.</summary>
    public FakeServer Says(string prefix, Func<object?[], Answer> answer)
    {
        _answers.Insert(0, (prefix, answer));
        return this;
    }

    public FakeServer Says(string prefix, Answer answer) => Says(prefix, _ => answer);

    public Answer Ask(string sql, object?[] values)
    {
        if (!sql.Contains("INFORMATION_SCHEMA", StringComparison.Ordinal))
            Log.Add(values.Length == 0 ? sql : $"{sql} [{string.Join("|", values.Select(Show))}]");
        foreach (var (prefix, answer) in _answers)
            if (sql.StartsWith(prefix, StringComparison.Ordinal)) return answer(values);
        return sql.StartsWith("SELECT", StringComparison.Ordinal) ? Answer.Table() : Answer.Changed(1);
    }

    private static string Show(object? value) => value switch
    {
        null or DBNull => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

internal sealed class FakeFactory(FakeServer server) : DbProviderFactory
{
    public override DbConnection CreateConnection() => new FakeConnection(server);
}

internal sealed class FakeConnection(FakeServer server) : DbConnection
{
    private ConnectionState _state;

    public FakeServer Server => server;

    public FakeReader? Reader { get; set; }

    public FakeTransaction? Pending { get; set; }

    [AllowNull] public override string ConnectionString { get; set; } = "";

    public override string Database => "USER";

    public override string DataSource => "fake";

    public override string ServerVersion => "2025.1";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        server.Log.Add("BEGIN " + isolationLevel);
        return Pending = new FakeTransaction(this, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new FakeCommand(this);
}

internal sealed class FakeTransaction(FakeConnection connection, IsolationLevel level) : DbTransaction
{
    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => End("COMMIT");

    public override void Rollback() => End("ROLLBACK");

    private void End(string word)
    {
        Assert.Null(connection.Reader);
        if (connection.Server.Ask(word, []).Error is { } error) throw error;
        connection.Pending = null;
    }
}

internal sealed class FakeCommand(FakeConnection connection) : DbCommand
{
    private readonly FakeParameters _parameters = new();

    [AllowNull] public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    public bool IsCanceled { get; private set; }

    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => IsCanceled = true;

    public override void Prepare() => connection.Server.Prepared++;

    public override int ExecuteNonQuery() => Ask().Affected;

    public override object? ExecuteScalar() => Ask().Rows is [var row, ..] ? row[0] : null;

    protected override DbParameter CreateDbParameter() => new FakeParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var answer = Ask();
        return connection.Reader = new FakeReader(connection, answer);
    }

    private Answer Ask()
    {
        if (connection.Reader is not null) throw new InvalidOperationException("There is an open DataReader on this connection.");
        if (connection.Pending != DbTransaction) throw new InvalidOperationException("The command's transaction is not the connection's.");
        IsCanceled = false;
        connection.Server.Executing?.Invoke(this);
        if (IsCanceled) throw new FakeException("[SQLCODE: <-456>:<Query interrupted>]");
        var answer = connection.Server.Ask(CommandText, [.. _parameters.Items.Select(parameter => parameter.Value)]);
        return answer.Error is { } error ? throw error : answer;
    }
}

internal sealed class FakeReader(FakeConnection connection, Answer answer) : DbDataReader
{
    private readonly object?[][] _rows = answer.Rows ?? [];
    private int _row = -1;
    private bool _closed;

    public override int FieldCount => answer.Types is { Length: > 0 } types ? types.Length : 64;

    public override bool HasRows => _rows.Length > 0;

    public override bool IsClosed => _closed;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => throw new NotSupportedException();

    public override bool Read()
    {
        Assert.False(_closed);
        if (_row + 1 < _rows.Length && _rows[_row + 1] is [Exception error, ..]) throw error;
        return ++_row < _rows.Length;
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        _closed = true;
        connection.Reader = null;
    }

    public override bool IsDBNull(int ordinal) => _rows[_row][ordinal] is null or DBNull;

    public override object GetValue(int ordinal) => _rows[_row][ordinal] ?? DBNull.Value;

    public override Type GetFieldType(int ordinal) => answer.Types![ordinal];

    private T Get<T>(int ordinal) => (T)GetValue(ordinal);

    public override bool GetBoolean(int ordinal) => Get<bool>(ordinal);

    public override byte GetByte(int ordinal) => Get<byte>(ordinal);

    public override char GetChar(int ordinal) => Get<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => Get<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => Get<decimal>(ordinal);

    public override double GetDouble(int ordinal) => Get<double>(ordinal);

    public override float GetFloat(int ordinal) => Get<float>(ordinal);

    public override Guid GetGuid(int ordinal) => Get<Guid>(ordinal);

    public override short GetInt16(int ordinal) => Get<short>(ordinal);

    public override int GetInt32(int ordinal) => Get<int>(ordinal);

    public override long GetInt64(int ordinal) => Get<long>(ordinal);

    public override string GetString(int ordinal) => Get<string>(ordinal);

    public override string GetDataTypeName(int ordinal) => answer.Types![ordinal].Name;

    public override string GetName(int ordinal) => $"c{ordinal}";

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}

internal sealed class FakeParameter : DbParameter
{
    public override DbType DbType { get; set; }

    public override ParameterDirection Direction { get; set; }

    public override bool IsNullable { get; set; }

    [AllowNull] public override string ParameterName { get; set; } = "";

    public override int Size { get; set; }

    [AllowNull] public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType()
    {
    }
}

internal sealed class FakeParameters : DbParameterCollection
{
    public List<FakeParameter> Items { get; } = [];

    public override int Count => Items.Count;

    public override object SyncRoot => Items;

    public override int Add(object value)
    {
        Items.Add((FakeParameter)value);
        return Items.Count - 1;
    }

    public override void AddRange(Array values) => throw new NotSupportedException();

    public override void Clear() => Items.Clear();

    public override bool Contains(object value) => Items.Contains((FakeParameter)value);

    public override bool Contains(string value) => throw new NotSupportedException();

    public override void CopyTo(Array array, int index) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => Items.GetEnumerator();

    public override int IndexOf(object value) => Items.IndexOf((FakeParameter)value);

    public override int IndexOf(string parameterName) => throw new NotSupportedException();

    public override void Insert(int index, object value) => throw new NotSupportedException();

    public override void Remove(object value) => throw new NotSupportedException();

    public override void RemoveAt(int index) => Items.RemoveAt(index);

    public override void RemoveAt(string parameterName) => throw new NotSupportedException();

    protected override DbParameter GetParameter(int index) => Items[index];

    protected override DbParameter GetParameter(string parameterName) => throw new NotSupportedException();

    protected override void SetParameter(int index, DbParameter value) => Items[index] = (FakeParameter)value;

    protected override void SetParameter(string parameterName, DbParameter value) => throw new NotSupportedException();
}
