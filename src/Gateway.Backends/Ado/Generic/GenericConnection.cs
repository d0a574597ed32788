using System.Data;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>One connection of a provider, and the engine that computes what its server is not asked for.</summary>
public sealed partial class GenericConnection : IBackendConnection, IRemoteLink
{
    private readonly GenericBackend _backend;
    private readonly DbConnection _connection;
    private readonly string _instance;
    private readonly LocalEngine _local;
    private GenericReader? _reader;

    // Guards what Cancel looks at.
    private readonly Lock _cancelLock = new();
    private PlanRun? _running;
    private DbCommand? _executing;
    private volatile bool _cancelRequested;

    internal GenericConnection(GenericBackend backend, DbConnection connection, string instance, EmbeddedDatabase engine)
    {
        (_backend, _connection, _instance) = (backend, connection, instance);
        _local = new LocalEngine(engine, () => Schema);
    }

    public ISessionContext? Session
    {
        get => _local.Session;
        set => _local.Session = value;
    }

    public bool IsBroken { get; private set; }

    public SchemaSnapshot Schema => _backend.Schema;

    public string? PinnedBy => null;

    public bool IsClean => !InTransaction && _reader is null;

    LocalEngine IRemoteLink.Local => _local;

    RowStoreLimits IRemoteLink.Limits => _backend.Options.Limits;

    public IExecution Execute(Plan plan, ValueList parameters)
    {
        if (IsBroken) throw AdoErrors.Gone(_instance);
        var run = new PlanRun(this, parameters);
        run.Start(plan);
        return run;
    }

    public bool IsAlive() => !IsBroken && _connection.State == ConnectionState.Open;

    public void Cancel()
    {
        DbCommand? command;
        lock (_cancelLock)
        {
            if (_running is null) return;
            _cancelRequested = true;
            _local.Canceled = true;
            command = _executing;
        }

        if (command is not null) Task.Run(() => Interrupt(command));
    }

    public void Reset()
    {
        try
        {
            if (InTransaction) Rollback();
            _reader?.Dispose();
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
        _local.Dispose();
        try
        {
            _transaction?.Dispose();
            _connection.Dispose();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // Closing rolls back as well.
        }
    }

    void IRemoteLink.Enter(PlanRun run)
    {
        lock (_cancelLock)
        {
            if (ReferenceEquals(_running, run)) return;
            _running = run;

            // A cancel that came while the statement was on its way here found nothing running.
            _local.Canceled = _cancelRequested = Session is { IsCancelled: true };
        }
    }

    void IRemoteLink.Leave(PlanRun run)
    {
        lock (_cancelLock)
        {
            if (ReferenceEquals(_running, run))
            {
                _running = null;
                _local.Canceled = _cancelRequested = false;
            }
        }

        if (!InTransaction) _local.EndStatement();
    }

    public void ThrowIfCanceled()
    {
        if (_cancelRequested) throw AdoErrors.Canceled();
    }

    RowReader IRemoteLink.Query(RemoteQuery query, PlanValues values)
    {
        _reader?.PutAside(_backend.Options.Limits);
        var command = Command(query.Sql, query.Inputs, values);
        try
        {
            return _reader = new GenericReader(this, command, Calling(command, static command => command.ExecuteReader()), query.Types);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    long IRemoteLink.Execute(CommandStep step, PlanValues values)
    {
        _reader?.PutAside(_backend.Options.Limits);
        using var command = Command(step.Sql, step.Inputs, values);
        var affected = Calling(command, static command => command.ExecuteNonQuery());

        // The row was read in this transaction: a server that does not find it has another idea of its key's value.
        if (affected == 0 && !step.Sql.StartsWith("INSERT ", StringComparison.Ordinal))
            throw new PgException(SqlStates.InternalError, "a row that was read is not found by its primary key");
        return affected;
    }

    void IRemoteLink.LastIdentity(ValueList identity) => throw PgException.Unsupported("the number that the server gave a row");

    long IRemoteLink.ChangeSchema(Statement statement, ValueList parameters) =>
        throw PgException.Unsupported($"{CommandTag.Of(statement).Name} is not supported by a server of the generic dialect");

    internal bool Fetch(DbDataReader reader, DbCommand command)
    {
        ThrowIfCanceled();
        return Calling(command, _ => reader.Read());
    }

    internal void Closed(GenericReader reader)
    {
        if (ReferenceEquals(_reader, reader)) _reader = null;
    }

    /// <summary>What the client is told of a provider's exception.</summary>
    internal PgException Failed(Exception error)
    {
        if (error is PgException known) return known;
        var closed = _connection.State is ConnectionState.Closed or ConnectionState.Broken;
        if (closed) IsBroken = true;
        return _cancelRequested ? AdoErrors.Canceled() : GenericErrors.Map(error, _instance, closed);
    }

    private DbCommand Command(string sql, System.Collections.Immutable.ImmutableArray<Input> inputs, PlanValues values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = _backend.Kind.Marked(sql, inputs.Length);
        command.CommandTimeout = _backend.Kind.CommandTimeout;
        command.Transaction = _transaction;
        for (var i = 0; i < inputs.Length; i++)
        {
            var (list, index) = values.Find(inputs[i]);
            var parameter = command.CreateParameter();
            if (_backend.Kind.MarkerPrefix is not null) parameter.ParameterName = _backend.Kind.NameOf(i + 1);
            parameter.Value = NativeValues.Of(list, index, inputs[i].Type.Oid, _backend.Kind) ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private T Calling<T>(DbCommand command, Func<DbCommand, T> call)
    {
        lock (_cancelLock)
        {
            ThrowIfCanceled();
            _executing = command;
        }

        try
        {
            return call(command);
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
        finally
        {
            lock (_cancelLock) _executing = null;
        }
    }

    private void Interrupt(DbCommand command)
    {
        try
        {
            command.Cancel();

            // Its command does nothing; the engine below stops all that runs on the connection.
            if (_backend.Kind.IsSqlite && _connection.GetType().GetProperty("Handle")?.GetValue(_connection) is SQLitePCL.sqlite3 handle)
                lock (_cancelLock)
                    if (_executing is not null) SQLitePCL.raw.sqlite3_interrupt(handle);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or NotSupportedException)
        {
            // It has ended.
        }
    }
}
