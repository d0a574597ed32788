using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>One connection of a provider to one server.</summary>
/// <remarks>
/// Everything that waits for the server goes through <see cref="Call{T,S}"/> on the thread that wants it, as a hand-over to another
/// costs more than a short statement. A server that answers neither the statement nor the cancel is given up: its socket is closed.
/// </remarks>
public sealed partial class AdoConnection : IBackendConnection
{
    private readonly AdoBackend _backend;
    private readonly string _instance;
    private readonly DbConnection _connection;
    private readonly AdoCommands _commands;
    private readonly ConcurrentQueue<Notice> _notices = new();

    // Guards what Cancel looks at.
    private readonly Lock _cancelLock = new();
    private CancellationTokenSource _abandon;
    private DbCommand? _command;
    private bool _isCalling;
    private long _callingSince;
    private Task? _canceling;
    private bool _isRunning;
    private volatile bool _cancelRequested;
    private volatile bool _abandoned;

    private AdoReader? _reader;
    private EmbeddedConnection? _engine;

    private readonly string _connectionString;

    internal AdoConnection(AdoBackend backend, string instance, string connectionString, DbConnection connection)
    {
        (_backend, _instance, _connectionString, _connection) = (backend, instance, connectionString, connection);
        _abandon = NewPatience();
        _commands = new AdoCommands(connection, backend.Adapter, backend.Options.CachedCommands);
        backend.Adapter.OnNotice(connection, _notices.Enqueue);
    }

    public ISessionContext? Session { get; set; }

    public bool IsBroken { get; private set; }

    public string? PinnedBy { get; private set; }

    internal AdoBackendOptions Options => _backend.Options;

    public IExecution Execute(Plan plan, ValueList parameters)
    {
        RequireUsable();
        Enter();
        try
        {
            ThrowIfCanceled();
            PutReaderAside();
            if (plan.Pins == LastValue) RequireOwnLastValue();
            else if (plan.Pins == NextValue) ForgetOthersValues();
            _mayHaveDrawn |= plan.Writes || plan.Pins is not null;
            switch (plan.Steps[0])
            {
                case QueryStep { Rows: RemoteQuery query }:
                    Synchronize();
                    var rows = Query(query, parameters, plan.Writes);
                    Pin(plan.Pins);
                    return new AdoExecution(this, rows);
                case CommandStep command:
                    Synchronize();
                    var affected = Command(command, parameters);
                    Pin(plan.Pins);
                    Leave();
                    return new AdoExecution(this, affected);
                case SchemaStep schema:
                    Synchronize();
                    var copied = ChangeSchema(schema.Statement);
                    Pin(plan.Pins);
                    Leave();
                    return new AdoExecution(this, copied);
                case SqlStep:
                    Leave();
                    return Here(plan, parameters);
                default:
                    throw PgException.Unsupported($"plan step {plan.Steps[0].GetType().Name}");
            }
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public IBulkInsert BeginInsert(Plan plan, RelationInfo table, int width) => new AdoBulkInsert(this, plan, table, width);

    public bool IsClean => PinnedBy is null && !InTransaction && _reader is null && !(_backend.AsksLastValues && (_mayHaveDrawn || _knowsOthersValues));

    public bool IsAlive()
    {
        if (IsBroken) return false;
        try
        {
            using var patience = Within(Options.ProbeTimeout);
            Control("SELECT 1");
        }
        catch (PgException)
        {
            IsBroken = true;
        }

        return !IsBroken;
    }

    /// <summary>How parameters are written.</summary>
    internal FormatSettings ParameterFormat => AdoParameters.FormatFor(Session?.Format ?? FormatSettings.Default);

    public void Cancel()
    {
        lock (_cancelLock)
        {
            if (!_isRunning) _isHurried = InTransaction;
            if (!_isRunning || _cancelRequested) return;
            _cancelRequested = true;
            _abandon.CancelAfter(Options.CancelPatience);
            _canceling = OwnThread.Run(Stop);
        }
    }

    /// <summary>Asks the server to stop, and again: the statement may not have reached it the first time.</summary>
    private void Stop()
    {
        for (var pause = 10; ; pause *= 2)
        {
            DbCommand? command;
            bool hasNoCommand;
            lock (_cancelLock)
            {
                if (!_isRunning || _abandoned) return;
                (command, hasNoCommand) = (_command, _isCopying || _isCommitting);
            }

            if (hasNoCommand) CancelFromOutside();
            else if (command is not null) Quietly(command.Cancel);
            for (var waited = 0; waited < pause && Volatile.Read(ref _isRunning); waited += 10) Thread.Sleep(10);
        }
    }

    public void Reset()
    {
        try
        {
            if (InTransaction) Rollback();
            _reader?.Dispose();
            if (IsBroken) return;
            using var patience = Within(Options.ProbeTimeout);
            ForgetSessionState();
        }
        finally
        {
            Session = null;
        }
    }

    public void Dispose()
    {
        IsBroken = true;
        _engine?.Dispose();
        if (_abandoned)
        {
            // A call still waits for the server; the provider would wait for it too.
            _ = OwnThread.Run(() => Quietly(_connection.Dispose));
            return;
        }

        _reader = null;
        Quietly(_commands.Dispose);
        Quietly(() => _transaction?.Dispose());
        Quietly(_connection.Dispose);
    }

    /// <summary>What runs from now on is what a cancel is meant for.</summary>
    internal void Enter()
    {
        lock (_cancelLock)
        {
            _isRunning = true;
            _isHurried = false;

            // A cancel that came while the statement was on its way here found nothing running.
            if (Session is { IsCancelled: true }) _cancelRequested = true;
        }
    }

    internal void Leave()
    {
        Task? canceling;
        lock (_cancelLock)
        {
            if (!_isRunning) return;
            _isRunning = false;
            _command = null;
            canceling = _canceling;
            if (_cancelRequested)
            {
                _cancelRequested = false;
                _abandon = NewPatience();
                _canceling = null;
            }
        }

        // A request that is still on its way to the server must not hit the next statement.
        if (canceling is not null && !TryWait(canceling)) IsBroken = true;
        Deliver();
    }

    internal void ThrowIfCanceled()
    {
        if (_cancelRequested) throw AdoErrors.Canceled();
    }

    /// <summary>One row more, from the reader that is open.</summary>
    internal bool Fetch(DbDataReader reader)
    {
        try
        {
            return Call(static reader => reader.Read(), reader);
        }
        catch (Exception error) when (error is not PgException)
        {
            throw Failed(error);
        }
    }

    internal void Closed(AdoReader reader)
    {
        if (ReferenceEquals(_reader, reader)) _reader = null;
    }

    /// <summary>Ends a reader. What is left of its rows is thrown away: read to the end, or the statement is stopped.</summary>
    /// <param name="finished">It has been read to its end.</param>
    internal void Close(DbDataReader reader, AdoCommand command, bool finished)
    {
        if (_abandoned) return;
        try
        {
            if (!finished)
            {
                _abandon.CancelAfter(Options.CancelPatience);
                Call(static command => command.Cancel(), command.Command);
            }

            Call(static reader => reader.Dispose(), reader);
        }
        catch (Exception error) when (!finished && error is not PgException && _backend.Adapter.ServerError(error) is { SqlState: SqlStates.QueryCanceled })
        {
            // As it was meant.
        }
        catch (Exception error) when (error is not PgException)
        {
            throw Failed(error);
        }
        finally
        {
            if (!finished && !_cancelRequested) _abandon = NewPatience();
        }
    }

    /// <summary>What the client is told of a provider's exception.</summary>
    internal PgException Failed(Exception error)
    {
        if (error is PgException ours) return ours;
        var closed = _connection.State is ConnectionState.Closed or ConnectionState.Broken;
        var known = AdoErrors.Map(_backend.Adapter, error, _instance, closed);
        if (closed || AdoErrors.IsFatal(known)) IsBroken = true;
        if (_cancelRequested && (IsBroken || error is OperationCanceledException || known.SqlState == SqlStates.QueryCanceled)) return AdoErrors.Canceled();

        // A statement with * has got other columns since its table was described here. A single one more is found by the driver, in its own way.
        if (error is IndexOutOfRangeException) IsBroken = true;
        if (AdoErrors.IsOtherColumns(known) || error is IndexOutOfRangeException)
            known = new PgException(SqlStates.FeatureNotSupported, "cached plan must not change result type", error);

        // Changed past the gateway: the next statement sees it.
        if (known.SqlState is SqlStates.UndefinedTable or SqlStates.UndefinedColumn or SqlStates.UndefinedFunction || known.Message.StartsWith("cached plan", StringComparison.Ordinal))
        {
            _backend.ForgetSchema();
            _commandsAreOld = true;
        }

        return known;
    }

    private bool _commandsAreOld;

    private AdoReader Query(RemoteQuery query, ValueList parameters, bool writes)
    {
        var command = Prepare(query.Sql, query.Inputs, query.Types, parameters);
        var reader = Run(command, static command => command.ExecuteReader(CommandBehavior.SequentialAccess));
        return _reader = new AdoReader(this, command, reader, writes, Session?.Format ?? FormatSettings.Default);
    }

    private long Command(CommandStep step, ValueList parameters)
    {
        var command = Prepare(step.Sql, step.Inputs, [], parameters);
        return Math.Max(0, Run(command, static command => command.ExecuteNonQuery()));
    }

    private AdoCommand Prepare(string sql, ImmutableArray<Input> inputs, ImmutableArray<TypeRef> types, ValueList parameters)
    {
        if (_commandsAreOld || _commandsSchema != _backend.SchemaVersion)
        {
            try
            {
                _commands.Clear();
            }
            catch (Exception error)
            {
                throw Failed(error);
            }

            _commandsAreOld = false;
            _commandsSchema = _backend.SchemaVersion;
        }

        using var scope = EnterTypes(inputs, types);
        var command = _commands.Get(_mark.Length == 0 ? sql : sql + _mark, inputs.Length, types, _transaction);
        AdoParameters.Bind(command.Command, inputs, parameters, Session?.Format ?? FormatSettings.Default);
        if (command.Uses < 2 || command.IsPrepared) return command;
        Run(command, static command =>
        {
            command.Prepare();
            return true;
        });
        command.IsPrepared = true;
        return command;
    }

    private long _commandsSchema;

    private T Run<T>(AdoCommand command, Func<DbCommand, T> run)
    {
        try
        {
            lock (_cancelLock) _command = command.Command;
            ThrowIfCanceled();
            return Call(run, command.Command);
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
    }

    /// <summary>A statement of the backend's own.</summary>
    private void Control(string sql)
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            command.Transaction = _transaction;
            lock (_cancelLock) _command = command;
            Call(static command => command.ExecuteNonQuery(), command);
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
        finally
        {
            lock (_cancelLock) _command = null;
        }
    }

    private void Deliver()
    {
        while (_notices.TryDequeue(out var notice)) Session?.Notify(notice);
    }

    private void RequireUsable()
    {
        if (IsBroken) throw AdoErrors.Gone(_instance);
    }

    private void PutReaderAside() => _reader?.PutAside(Options.Limits);

    /// <summary>What concerns the session alone (set_config) is computed by the gateway's own engine.</summary>
    private IExecution Here(Plan plan, ValueList parameters)
    {
        _engine ??= _backend.Engine.Open();
        _engine.Session = Session;
        return _engine.Execute(plan, parameters);
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // It goes away whatever it says.
        }
    }
}
