using System.Data;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>One connection to an IRIS server and the engine that finishes what IRIS cannot say.</summary>
public sealed partial class IrisConnection : IBackendConnection, IRemoteLink
{
    private readonly IrisBackend _backend;
    private readonly DbConnection _connection;
    private readonly IrisCommands _commands;
    private readonly LocalEngine _local;

    private IrisReader? _reader;
    private TimeSpan _lockTimeout;

    private readonly InstanceOptions _instance;
    private readonly Login? _login;
    private volatile bool _broken;

    /// <param name="connection">Open.</param>
    internal IrisConnection(IrisBackend backend, DbConnection connection, InstanceOptions instance, Login? login, EmbeddedDatabase engine)
    {
        (_backend, _connection, _instance, _login) = (backend, connection, instance, login);
        _commands = new IrisCommands(connection, backend.Options.CachedCommands, backend.Options.CommandTimeout);
        try
        {
            Start(instance.Name);
            _local = new LocalEngine(engine, () => Schema);
        }
        catch (Exception error)
        {
            connection.Dispose();
            throw IrisErrors.AtConnect(error, instance.Name);
        }
    }

    public ISessionContext? Session
    {
        get => _local.Session;
        set => _local.Session = value;
    }

    public bool IsBroken
    {
        get => _broken;
        private set => _broken = value;
    }

    public SchemaSnapshot Schema => _backend.Schema;

    public string? PinnedBy => null;

    LocalEngine IRemoteLink.Local => _local;

    RowStoreLimits IRemoteLink.Limits => _backend.Options.Limits;

    public IExecution Execute(Plan plan, ValueList parameters)
    {
        RequireUsable();
        SetLockTimeout();
        var run = new PlanRun(this, parameters);
        run.Start(plan);
        return run;
    }

    public bool IsClean => !InTransaction && _reader is null && _lockTimeout == TimeSpan.Zero;

    public bool IsAlive()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT 1";
            command.ExecuteScalar();
            return !IsBroken && _connection.State == ConnectionState.Open;
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    public void Reset()
    {
        try
        {
            if (InTransaction) Rollback();
            _reader?.Dispose();
            if (!IsBroken) SetLockTimeout(TimeSpan.Zero);
            _local.Reset();
        }
        finally
        {
            Session = null;
        }
    }

    public void Dispose()
    {
        _reader = null;
        _commands.Dispose();
        _local.Dispose();
        try
        {
            _transaction?.Dispose();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // Closing rolls back as well.
        }

        _transaction = null;
        _connection.Dispose();
    }

    void IRemoteLink.Enter(PlanRun run) => Enter(run);

    void IRemoteLink.Leave(PlanRun run) => Leave(run);

    RowReader IRemoteLink.Query(RemoteQuery query, PlanValues values)
    {
        PutReaderAside();
        var sql = IrisSql.Of(query.Sql, query.Inputs, values);
        var command = Prepare(sql);
        var reader = Executing(command, static command => command.ExecuteReader());
        try
        {
            return _reader = new IrisReader(this, command, reader, query.Types);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    long IRemoteLink.Execute(CommandStep step, PlanValues values)
    {
        var sql = IrisSql.Of(step.Sql, step.Inputs, values);
        PrepareToWrite();
        var command = Prepare(sql);
        return Executing(command, static command => command.ExecuteNonQuery());
    }

    void IRemoteLink.LastIdentity(ValueList identity)
    {
        PutReaderAside();
        var command = Prepare(new IrisSql("SELECT LAST_IDENTITY()", []));
        IrisParameters.AppendIdentity(identity, Executing(command, static command => command.ExecuteScalar()!));
    }

    /// <summary>One row more, from a reader that is open.</summary>
    internal bool Fetch(DbDataReader reader, DbCommand command)
    {
        WaitsFrom();
        Begin(command);
        try
        {
            return reader.Read();
        }
        catch (Exception error) when (error is not PgException)
        {
            throw Failed(error, command.CommandText);
        }
        finally
        {
            End();
        }
    }

    internal void Closed(IrisReader reader)
    {
        if (ReferenceEquals(_reader, reader)) _reader = null;
    }

    /// <summary>What the client is told of a driver's exception.</summary>
    internal PgException Failed(Exception error, string? sql)
    {
        if (_connection.State is ConnectionState.Closed or ConnectionState.Broken) IsBroken = true;
        if (_cancelRequested && error is not PgException) return IrisErrors.Canceled();
        if (_severed && error is not PgException) return Lost(error);
        var known = IrisErrors.Map(error, sql, _backend.KnownSchema);
        if (IrisErrors.IsFatal(known)) IsBroken = true;

        // Changed past the gateway: the next statement sees it.
        if (sql is not null && known.SqlState is SqlStates.UndefinedTable or SqlStates.UndefinedColumn) _backend.ForgetSchema();
        return known;
    }

    private T Executing<T>(DbCommand command, Func<DbCommand, T> execute)
    {
        WaitsFrom();
        Begin(command);
        try
        {
            return execute(command);
        }
        catch (Exception error) when (error is not PgException)
        {
            // What is prepared may be out of date.
            _commands.Forget(command);
            throw Failed(error, command.CommandText);
        }
        finally
        {
            End();
        }
    }

    private DbCommand Prepare(IrisSql sql)
    {
        var command = _commands.Get(sql.Text, sql.Values.Count, _transaction);
        sql.Bind(command);
        if (!_commands.IsRepeated(sql.Text)) return command;
        return Executing(command, static command =>
        {
            command.Prepare();
            return command;
        });
    }

    /// <summary>Runs a statement of our own.</summary>
    private void RunControl(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        WaitsFrom();
        Begin(command);
        if (Ended(() => command.ExecuteNonQuery(), sql) is { } failure) throw Told(failure);
    }

    private void PutReaderAside() => _reader?.PutAside(_backend.Options.Limits);

    private void SetLockTimeout() => SetLockTimeout(Session?.LockTimeout ?? TimeSpan.Zero);

    private void SetLockTimeout(TimeSpan timeout)
    {
        if (timeout == _lockTimeout) return;
        var seconds = timeout == TimeSpan.Zero ? _backend.Options.DefaultLockTimeout : (int)Math.Ceiling(timeout.TotalSeconds);
        PutReaderAside();
        RunControl(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SET OPTION LOCK_TIMEOUT = {seconds}"));
        _lockTimeout = timeout;
    }
}
