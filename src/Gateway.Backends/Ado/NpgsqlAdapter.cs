using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Npgsql's own surface, by name: the gateway is built without it.</summary>
internal sealed class NpgsqlAdapter : ProviderAdapter
{
    private readonly DbProviderFactory _factory;
    private readonly PropertyInfo _dbType;
    private readonly object _unknown;
    private readonly Action<DbCommand, bool[]> _unknownResults;
    private readonly Action<DbCommand> _unprepare;
    private readonly Action<DbConnection> _unprepareAll;
    private readonly EventInfo _notice;
    private readonly PropertyInfo _noticeOfArguments;
    private readonly MethodInfo _copy;
    private readonly PropertyInfo _process;

    // Not part of its surface; without them calls that may have to be ended run on other threads.
    private readonly PropertyInfo? _connector;
    private readonly FieldInfo? _socket;

    public NpgsqlAdapter(DbProviderFactory factory)
    {
        _factory = factory;
        var assembly = factory.GetType().Assembly;
        _dbType = Property(assembly, "Npgsql.NpgsqlParameter", "NpgsqlDbType");
        _unknown = Enum.Parse(_dbType.PropertyType, "Unknown");
        var results = Property(assembly, "Npgsql.NpgsqlCommand", "UnknownResultTypeList");
        _unknownResults = (command, asText) => results.SetValue(command, asText);
        _unprepare = Method<DbCommand>(assembly, "Npgsql.NpgsqlCommand", "Unprepare");
        _unprepareAll = Method<DbConnection>(assembly, "Npgsql.NpgsqlConnection", "UnprepareAll");
        _notice = Type(assembly, "Npgsql.NpgsqlConnection").GetEvent("Notice") ?? throw Missing("NpgsqlConnection.Notice");
        _noticeOfArguments = Property(assembly, "Npgsql.NpgsqlNoticeEventArgs", "Notice");
        _connector = Type(assembly, "Npgsql.NpgsqlConnection").GetProperty("Connector", BindingFlags.NonPublic | BindingFlags.Instance);
        _socket = _connector?.PropertyType.GetField("_socket", BindingFlags.NonPublic | BindingFlags.Instance);
        _process = Property(assembly, "Npgsql.NpgsqlConnection", "ProcessID");
        _copy = Type(assembly, "Npgsql.NpgsqlConnection").GetMethod("BeginTextImport", [typeof(string)]) ?? throw Missing("NpgsqlConnection.BeginTextImport");
    }

    public override bool IsPositional => true;

    public override string Complete(string connectionString, TimeSpan connectTimeout)
    {
        var builder = _factory.CreateConnectionStringBuilder()!;
        builder.ConnectionString = connectionString;
        Default("Timeout", Math.Max(1, (int)Math.Ceiling(connectTimeout.TotalSeconds)));
        Default("Include Error Detail", true);
        Default("Server Compatibility Mode", "NoTypeLoading");
        Default("Cancellation Timeout", 500);
        Default("Keepalive", 0);
        builder["Pooling"] = false;
        builder["Enlist"] = false;
        builder["Command Timeout"] = 0;
        builder["Max Auto Prepare"] = 0;
        return builder.ConnectionString;

        void Default(string key, object value)
        {
            if (!builder.ContainsKey(key) || !Mentions(connectionString, key)) builder[key] = value;
        }
    }

    // A builder of Npgsql contains every key it knows.
    private static bool Mentions(string connectionString, string key) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey(key);

    public override void IsText(DbParameter parameter) => _dbType.SetValue(parameter, _unknown);

    public override void Unprepare(DbCommand command) => _unprepare(command);

    public override void UnprepareAll(DbConnection connection) => _unprepareAll(connection);

    public override void ReadAsText(DbCommand command, bool[] asText) => _unknownResults(command, asText);

    public override PgException? ServerError(Exception error)
    {
        if (error.GetType().FullName != "Npgsql.PostgresException") return null;
        var severity = Text(error, "InvariantSeverity") ?? "ERROR";

        // The position is one in the text that was sent, which no client has seen.
        return new PgException(((DbException)error).SqlState!, Text(error, "MessageText") ?? error.Message, error)
        {
            Severity = severity is "FATAL" or "PANIC" ? "ERROR" : severity,
            Detail = Text(error, "Detail"),
            Hint = Text(error, "Hint"),
            Where = Text(error, "Where"),
            SchemaName = Text(error, "SchemaName"),
            TableName = Text(error, "TableName"),
            ColumnName = Text(error, "ColumnName"),
            DataTypeName = Text(error, "DataTypeName"),
            ConstraintName = Text(error, "ConstraintName"),
        };
    }

    public override long RowsOf(DbDataReader reader) =>
        reader.GetType().GetProperty("Statements")?.GetValue(reader) is System.Collections.IList { Count: > 0 } statements && statements[0] is { } first
        && first.GetType().GetProperty("Rows")?.GetValue(first) is { } rows
            ? (long)Convert.ToUInt64(rows, CultureInfo.InvariantCulture)
            : base.RowsOf(reader);

    public override bool CanBreak => _socket?.FieldType == typeof(Socket);

    public override void Break(DbConnection connection)
    {
        if (_connector!.GetValue(connection) is { } connector && _socket!.GetValue(connector) is Socket socket) socket.Dispose();
    }

    public override bool CanCopy => true;

    public override void Copy(DbConnection connection, string sql, ReadOnlySpan<byte> data)
    {
        // Its writer takes characters; the stream below it takes the bytes as they are.
        using var writer = (StreamWriter)_copy.Invoke(connection, BindingFlags.DoNotWrapExceptions, null, [sql], null)!;
        writer.BaseStream.Write(data);
    }

    public override int ProcessOf(DbConnection connection) => (int)_process.GetValue(connection)!;

    public override void OnNotice(DbConnection connection, Action<Notice> notice)
    {
        var relay = new Relay(_noticeOfArguments, notice);
        _notice.AddEventHandler(connection, Delegate.CreateDelegate(_notice.EventHandlerType!, relay, typeof(Relay).GetMethod(nameof(Relay.Hear))!));
    }

    private sealed class Relay(PropertyInfo noticeOfArguments, Action<Notice> notice)
    {
        public void Hear(object sender, EventArgs arguments)
        {
            _ = sender;
            if (noticeOfArguments.GetValue(arguments) is not { } source) return;
            notice(new Notice(Text(source, "InvariantSeverity") ?? "NOTICE", Text(source, "SqlState") ?? "00000", Text(source, "MessageText") ?? "")
            {
                Detail = Text(source, "Detail"),
                Hint = Text(source, "Hint"),
            });
        }
    }

    private static string? Text(object source, string property) =>
        Convert.ToString(source.GetType().GetProperty(property)?.GetValue(source), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static Type Type(Assembly assembly, string name) => assembly.GetType(name) ?? throw Missing(name);

    private static PropertyInfo Property(Assembly assembly, string type, string name) =>
        Type(assembly, type).GetProperty(name, BindingFlags.Public | BindingFlags.Instance) ?? throw Missing($"{type}.{name}");

    private static Action<T> Method<T>(Assembly assembly, string type, string name)
    {
        var method = Type(assembly, type).GetMethod(name, []) ?? throw Missing($"{type}.{name}");
        return target => method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static PgException Missing(string what) => new(SqlStates.InternalError, $"the Npgsql that was loaded has no {what}: version 8 or later is needed");
}
