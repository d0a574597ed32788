using Gateway.Backends.Embedded.Functions;
using Gateway.Catalog;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>One SQLite connection. Opened without SQLite's own mutex: one thread at a time, save for <see cref="Cancel"/>.</summary>
public sealed partial class EmbeddedConnection : IBackendConnection
{
    /// <summary>Virtual machine instructions between two looks at the cancel flag: some tens of microseconds.</summary>
    private const int ProgressInterval = 1000;

    private readonly sqlite3 _handle;
    private readonly nint _rawHandle;
    private readonly StatementCache _statements;
    private readonly Dictionary<int, RowFeed> _feeds = [];

    // Guards _running, _waiter and the cancel flag of the running execution against Cancel.
    private readonly Lock _cancelLock = new();
    private object? _running;
    private EmbeddedExecution? _spare;
    private WriteGate.Waiter? _waiter;
    private volatile bool _cancelRequested;

    internal EmbeddedConnection(EmbeddedDatabase database)
    {
        Database = database;
        var options = database.Options;
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE;
        var error = raw.sqlite3_open_v2(database.FilePath, out _handle, flags, null);
        if (error != raw.SQLITE_OK)
        {
            var message = _handle is null || _handle.IsInvalid ? "out of memory" : raw.sqlite3_errmsg(_handle).utf8_to_string();
            _handle?.Dispose();
            throw new PgException(SqlStates.IoError, $"could not open database \"{database.Name}\": {message}");
        }

        _rawHandle = _handle.DangerousGetHandle();
        _statements = new StatementCache(_handle, options.CachedStatements, options.CachedStatementBytes);
        try
        {
            raw.sqlite3_extended_result_codes(_handle, 1);
            raw.sqlite3_busy_timeout(_handle, (int)options.ForeignLockTimeout.TotalMilliseconds);
            Run("PRAGMA journal_mode = WAL");
            raw.sqlite3_busy_timeout(_handle, 0);
            Run(options.Synchronous == Synchronous.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            Run("PRAGMA foreign_keys = ON");
            Run("PRAGMA temp_store = MEMORY");
            Run($"PRAGMA cache_size = -{options.CacheBytes / 1024}");
            Run($"PRAGMA mmap_size = {options.MapBytes}");
            Run("PRAGMA journal_size_limit = 67108864");
            raw.sqlite3_progress_handler(_handle, ProgressInterval, static connection =>
                connection is EmbeddedConnection { _cancelRequested: true, _inControl: false } ? 1 : 0, this);
            var host = FunctionLibrary.Register(
                _handle, () => Session, Errors, new OidNames(() => Schema, () => Session?.SearchPath ?? ["public"], () => Session?.User ?? "postgres"));
            host.Connection = this;
            CatalogTable.RegisterAll(_rawHandle, host, () => Schema, database);
            RegisterSequenceFunctions();
            RegisterAdvisoryFunctions();
            RegisterCatalogFunctions();
            RegisterProbe();
            options.ConnectionOpened?.Invoke(this, _handle);
        }
        catch
        {
            _statements.Dispose();
            _handle.Dispose();
            throw;
        }
    }

    public EmbeddedDatabase Database { get; }

    public ISessionContext? Session { get; set; }

    public bool IsBroken { get; private set; }

    /// <summary>Where an SQL function leaves the error its statement is to end with.</summary>
    internal ErrorSlot Errors { get; } = new();

    /// <summary>For an owner that steps statements itself.</summary>
    internal bool CancelRequested
    {
        set => _cancelRequested = value;
    }

    public string? PinnedBy => HasTemporary ? "temporary tables" : null;

    internal int CachedStatementCount => _statements.Count;

    internal nint RawHandle => _rawHandle;

    internal sqlite3 Handle => _handle;

    public IExecution Execute(Plan plan, ValueList parameters)
    {
        RequireNotLost();
        ForgetDrawn();
        var execution = _spare ?? new EmbeddedExecution(this);
        _spare = null;
        Enter(execution);
        try
        {
            execution.Start(plan, parameters);
            return execution;
        }
        catch
        {
            execution.Abandon();
            throw;
        }
    }

    public IBulkInsert BeginInsert(Plan plan, RelationInfo table, int width) =>
        plan is { Steps: [SqlStep { ReturnsRows: false, Keeps: false } step] }
            ? new EmbeddedInsert(this, step, table, width)
            : new RowByRowInsert(this, plan, width);

    /// <summary>The table from which a statement of <see cref="BatchInsert"/> reads its rows.</summary>
    internal RowFeed Feed(int width)
    {
        if (!_feeds.TryGetValue(width, out var feed)) _feeds.Add(width, feed = RowFeed.Register(this, width));
        return feed;
    }

    public void Cancel()
    {
        lock (_cancelLock)
        {
            if (_running is null) return;
            _cancelRequested = true;
            _waiter?.Cancel();
        }
    }

    public void Reset()
    {
        if (InTransaction) Rollback();
        if (HasTemporary) DropTemporary();
        Session = null;

        // Whatever the reason: nobody may inherit a transaction.
        if (raw.sqlite3_get_autocommit(_handle) == 0) IsBroken = true;
    }

    public void Dispose()
    {
        if (_handle.IsClosed) return;
        try
        {
            if (InTransaction) Rollback();
        }
        catch (PgException)
        {
            // Closing rolls back as well.
        }
        finally
        {
            LeaveGate();
            _statements.Dispose();
            // close_v2 semantics: an execution still held by someone keeps the file open until it is let go.
            raw.sqlite3_close_v2(_handle);
            _handle.SetHandleAsInvalid();
            _handle.Dispose();
            Database.Closed(this);
        }
    }

    /// <summary>The execution a cancel is meant for, from its start until it is finished.</summary>
    internal void Enter(object execution)
    {
        if (ReferenceEquals(_running, execution)) return;
        lock (_cancelLock)
        {
            _running = execution;

            // A cancel that came while the statement was on its way here found nothing running.
            _cancelRequested = Session is { IsCancelled: true };
        }
    }

    internal void Leave(object execution)
    {
        if (!ReferenceEquals(_running, execution)) return;
        lock (_cancelLock)
        {
            _running = null;
            _cancelRequested = false;
        }
    }

    /// <summary>Nobody holds the execution any more: the next statement may use it.</summary>
    internal void Recycle(EmbeddedExecution execution) => _spare = execution;

    internal bool IsRunning => _running is not null;

    internal void ThrowIfCanceled()
    {
        if (_cancelRequested) throw Canceled();
    }

    internal static PgException Canceled() => new(SqlStates.QueryCanceled, "canceling statement due to user request");

    internal PreparedStatement Prepare(string sql) =>
        _statements.Take(sql, out var error) ?? throw SqliteErrors.Map(this, error);

    internal void Return(PreparedStatement statement) => _statements.Return(statement);

    /// <summary>One step that may yield a row; waits for other processes, fails as PostgreSQL would.</summary>
    internal bool Step(PreparedStatement statement)
    {
        // Functions and catalogs are called from here.
        using var scope = EnterTypes();
        var result = statement.Step();
        if (result == raw.SQLITE_ROW) return true;
        if (result == raw.SQLITE_DONE) return false;
        if ((result & 0xff) == raw.SQLITE_BUSY && result != raw.SQLITE_BUSY_SNAPSHOT)
        {
            result = Retry(statement);
            if (result == raw.SQLITE_ROW) return true;
            if (result == raw.SQLITE_DONE) return false;
        }

        throw SqliteErrors.Fail(this, statement, result);
    }

    /// <summary>What the trigger of <see cref="FailureProbe"/> hands its rows to.</summary>
    internal Action<string[]>? NoteRow { get; set; }

    internal System.Collections.Immutable.ImmutableArray<ColumnInfo> NotedColumns { get; set; } = [];

    /// <summary>Runs something whose every effect is taken back; null when it fails itself.</summary>
    internal T? Probe<T>(Func<T?> body)
        where T : class
    {
        if (_probing) return null;
        _probing = true;
        _replayed = 0;
        try
        {
            Control("SAVEPOINT probe");
            try
            {
                return body();
            }
            finally
            {
                Control("ROLLBACK TO probe");
                Control("RELEASE probe");
                Errors.Take();
            }
        }
        catch (PgException)
        {
            return null;
        }
        finally
        {
            NoteRow = null;
            _probing = false;
        }
    }

    private bool _probing;

    private void RegisterProbe() =>
        raw.sqlite3_create_function(_handle, "__pgwire_note", -1, this, static (context, userData, arguments) =>
        {
            var connection = (EmbeddedConnection)userData;
            connection.NoteRow?.Invoke(ValueText.Of(arguments, connection.NotedColumns));
            raw.sqlite3_result_null(context);
        });

    /// <summary>Runs a statement of our own without parameters and without rows that matter.</summary>
    internal void Run(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            while (Step(statement))
            {
            }
        }
        finally
        {
            Return(statement);
        }
    }

    internal void Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        try
        {
            BindAll(statement, values);
            while (Step(statement))
            {
            }
        }
        finally
        {
            Return(statement);
        }
    }

    /// <summary>Rows of a statement of our own, for metadata and error texts: never on the row path.</summary>
    internal List<T> Query<T>(string sql, Func<PreparedStatement, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        var statement = Prepare(sql);
        try
        {
            BindAll(statement, values);
            while (Step(statement)) rows.Add(read(statement));
        }
        finally
        {
            Return(statement);
        }

        return rows;
    }

    private static void BindAll(PreparedStatement statement, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _ = values[i] switch
            {
                null => statement.BindNull(i + 1),
                long number => statement.Bind(i + 1, number),
                int number => statement.Bind(i + 1, number),
                uint number => statement.Bind(i + 1, number),
                bool flag => statement.Bind(i + 1, flag ? 1 : 0),
                string text => statement.BindText(i + 1, text),
                var other => throw new ArgumentException($"no carrier for {other.GetType().Name}"),
            };
    }

    /// <summary>Another process holds the lock: nothing has happened yet, so the step is tried again until the time is up.</summary>
    private int Retry(PreparedStatement statement)
    {
        var limit = Session?.LockTimeout is { } timeout && timeout > TimeSpan.Zero ? timeout : Database.Options.ForeignLockTimeout;
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var pause = 1;
        while (true)
        {
            ThrowIfCanceled();
            statement.Reset();
            Thread.Sleep(pause);
            pause = Math.Min(pause * 2, 50);
            var result = statement.Step();
            if ((result & 0xff) != raw.SQLITE_BUSY || result == raw.SQLITE_BUSY_SNAPSHOT) return result;
            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > limit) return result;
        }
    }
}
