using IrisSimulator.Engine.Functions;
using IrisSimulator.Engine.Types;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IrisSimulator.Engine.Storage;

/// <summary>The SQLite database that holds the rows of one namespace and runs translated queries.</summary>
internal sealed class SqliteHost : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");

    private const int MostCommands = 200;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>The error a function raised; SQLite would hand on its text only.</summary>
    private Exception? _raised;

    static SqliteHost() => Batteries_V2.Init();

    public SqliteHost()
    {
        _connection.Open();
        TextOrders.Register(_connection);
        Register("iris", FunctionTable.Call);
        Register("iris_agg", AggregateTable.Call);
        Register("iris_text", a => a[1] is null ? null : Conversions.Text(a[1]!, TypeTable.At((long)a[0]!)));
        Register("iris_odbc", a => a[1] is null ? null : Conversions.Odbc(a[1]!, TypeTable.At((long)a[0]!)));
        Register("iris_num", a => a[1] is null ? null : Numbers.Store(Conversions.Number(a[1]!, TypeTable.At((long)a[0]!))));
        Register("iris_double", a => a[1] is null ? null : Conversions.Double(a[1]!, TypeTable.At((long)a[0]!)));
        Register("iris_moment", a => a[1] is null ? null : Conversions.Moment(a[1]!, TypeTable.At((long)a[0]!), DateTime.Today)
            ?? throw Fail.With(-400, $"<ILLEGAL VALUE> '{a[1]}' is no date or time"));
        Register("iris_cast", a => a[2] is null ? null : Conversions.Cast(a[2]!, TypeTable.At((long)a[0]!), TypeTable.At((long)a[1]!), DateTime.Today));
        Register("iris_fail", a => throw Fail.With((int)(long)a[0]!, (string)a[1]!));
        _connection.CreateFunction("iris_newid", (object?[] _) => Guid.NewGuid().ToString().ToUpperInvariant());
    }

    private void Register(string name, Func<object?[], object?> body) => _connection.CreateFunction<object?>(name, (object?[] arguments) =>
    {
        try
        {
            for (var i = 0; i < arguments.Length; i++)
                if (arguments[i] is DBNull) arguments[i] = null;
            return body(arguments);
        }
        catch (Exception error)
        {
            _raised = error;
            throw;
        }
    }, isDeterministic: true);

    public void Interrupt() => raw.sqlite3_interrupt(_connection.Handle);

    public List<object?[]> Query(string sql, IReadOnlyList<object?> values)
    {
        return Guarded(sql, () =>
        {
            var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                var row = new object?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                rows.Add(row);
            }
            return rows;
        });
    }

    public int Run(string sql, params object?[] values) => Guarded(sql, () =>
    {
        return Command(sql, values).ExecuteNonQuery();
    });

    /// <summary>Commands are kept with their statements prepared: changing rows runs the same few over and over.</summary>
    private SqliteCommand Command(string sql, IReadOnlyList<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= MostCommands) ForgetCommands();
            command = _connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            for (var i = 0; i < values.Count; i++) command.Parameters.Add(new SqliteParameter($":p{i + 1}", DBNull.Value));
            _commands[sql] = command;
        }
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters[i].ResetSqliteType();
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }

    private void ForgetCommands()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _commands.Clear();
    }

    private T Guarded<T>(string sql, Func<T> work)
    {
        _raised = null;
        try
        {
            return work();
        }
        catch (SqliteException) when (_raised is IrisError raised)
        {
            throw raised;
        }
        catch (SqliteException) when (_raised is NotSupportedException refused)
        {
            throw refused;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException();
        }
        catch (SqliteException error) when (error.Message.Contains("integer overflow", StringComparison.Ordinal))
        {
            throw Fail.With(-400, "<MAXNUMBER>");
        }
        catch (SqliteException error)
        {
            throw new InvalidOperationException($"The simulator made SQL that SQLite refuses: {_raised?.Message ?? error.Message}\n{sql}", _raised ?? error);
        }
    }

    public void Dispose()
    {
        ForgetCommands();
        _connection.Dispose();
    }
}
