using System.Collections.Immutable;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends;

/// <summary>One database behind the gateway: one SQL, one schema, and the instances it can be reached on. Thread-safe.</summary>
public interface IBackend : IDisposable
{
    string Name { get; }

    Dialect Dialect { get; }

    /// <summary>The current metadata; replaced as a whole after DDL.</summary>
    SchemaSnapshot Schema { get; }

    /// <summary>In the order of preference; at least one.</summary>
    ImmutableArray<IInstance> Instances { get; }

    /// <summary>Constraints that are DEFERRABLE are checked at once all the same.</summary>
    bool ChecksConstraintsAtOnce => false;

    /// <summary>A session is over, or wants to be as new: what it holds beside its connection (advisory locks, the values of its sequences) is let go.</summary>
    void Forget(int session)
    {
    }

    /// <summary>What currval and lastval answer a session is undefined again.</summary>
    void ForgetSequences(int session)
    {
    }
}

/// <summary>One connection: used by one session at a time, from any thread but never from two at once (save Cancel).</summary>
public interface IBackendConnection : IDisposable
{
    /// <summary>The session it is lent to; set with the lease, null while idle.</summary>
    ISessionContext? Session { get; set; }

    /// <summary>A transaction opened by <see cref="Begin"/> is open.</summary>
    bool InTransaction { get; }

    /// <summary>The connection cannot be used again and must be closed.</summary>
    bool IsBroken { get; }

    /// <summary>The metadata this connection sees: the database's, or its own while it holds uncommitted DDL or temporary tables.</summary>
    SchemaSnapshot Schema { get; }

    /// <summary>
    /// Starts a plan. The first row, if any, is fetched by the first <see cref="IExecution.Read"/>; a statement without
    /// rows has run when this returns. Without a transaction the plan is atomic by itself.
    /// </summary>
    IExecution Execute(Plan plan, ValueList parameters);

    /// <summary>Begins to put many rows into a table, inside a transaction.</summary>
    /// <param name="plan">An INSERT of one row, whose parameters are its values.</param>
    /// <param name="width">How many parameters it has.</param>
    IBulkInsert BeginInsert(Plan plan, RelationInfo table, int width) => new RowByRowInsert(this, plan, width);

    /// <summary>The server's own plan of a statement, without running it; null where it has none to show.</summary>
    Explaining.PlanNode? Outline(Gateway.Sql.Analysis.BoundStatement bound, Plan plan, bool verbose) => null;

    /// <summary>The plan that has the server itself explain what a plan would send to it, in rows of one text; null where it is not asked.</summary>
    /// <param name="options">As between the parentheses of EXPLAIN.</param>
    Plan? Explained(Plan plan, string options) => null;

    /// <param name="isolation">"read committed", "repeatable read"… or null for the default.</param>
    void Begin(string? isolation, bool readOnly);

    void Commit();

    void Rollback();

    void Savepoint(string name);

    void ReleaseSavepoint(string name);

    void RollbackToSavepoint(string name);

    /// <summary>SET CONSTRAINTS in the open transaction.</summary>
    /// <param name="names">Deferrable constraints; none means all.</param>
    void SetConstraints(System.Collections.Immutable.ImmutableArray<string> names, bool deferred) =>
        throw PgException.Unsupported("SET CONSTRAINTS is not supported by this backend");

    /// <summary>LOCK TABLE in the open transaction.</summary>
    /// <param name="mode">As in the statement, lower case.</param>
    void LockTables(System.Collections.Immutable.ImmutableArray<RelationInfo> tables, string mode, bool noWait) =>
        throw PgException.Unsupported("LOCK TABLE is not supported by this backend");

    /// <summary>Upkeep of these tables; none means all.</summary>
    void Maintain(Maintenance what, System.Collections.Immutable.ImmutableArray<RelationInfo> relations) =>
        throw PgException.Unsupported($"{what.ToString().ToUpperInvariant()} is not supported by this backend");

    /// <summary>From any thread: the running statement fails with 57014. Nothing happens when none runs.</summary>
    void Cancel();

    /// <summary>Since when a call waits for the server, in milliseconds of <see cref="Environment.TickCount64"/>; null when none does. From any thread.</summary>
    long? WaitingSince => null;

    /// <summary>From any thread: the server does not answer. The call that waits for it fails with 08006, a commit with 08007, and the connection is broken. May block.</summary>
    void Sever()
    {
    }

    /// <summary>Makes the connection as new before it goes to another session: no transaction, no temporary tables.</summary>
    void Reset();

    /// <summary>Nothing of its session is left that <see cref="Reset"/> would have to talk to the server about.</summary>
    bool IsClean => false;

    /// <summary>Asks the server whether the connection still is one, while no session has it. Blocks; never throws.</summary>
    bool IsAlive() => !IsBroken;

    /// <summary>Why this connection must stay with its session (a temporary table…), or null.</summary>
    string? PinnedBy { get; }
}

/// <summary>A running statement. Rows are pulled, values are read in their type's <see cref="Carrier"/>, unboxed.</summary>
public interface IExecution : IDisposable
{
    /// <summary>Rows inserted, updated or deleted; final when <see cref="Read"/> has returned false.</summary>
    long RowsAffected { get; }

    bool Read();

    bool IsNull(int column);

    long GetInt64(int column);

    /// <summary>Both in one: false for NULL.</summary>
    bool TryGetInt64(int column, out long value)
    {
        var isNull = IsNull(column);
        value = isNull ? 0 : GetInt64(column);
        return !isNull;
    }

    double GetFloat64(int column);

    /// <summary>Text or Bytes carrier; valid until the next <see cref="Read"/>.</summary>
    ReadOnlySpan<byte> GetSpan(int column);
}

/// <summary>What SQL functions may ask of the session they run in.</summary>
public interface ISessionContext : Gateway.Catalog.ICatalogSession
{
    FormatSettings Format { get; }

    IReadOnlyList<string> SearchPath { get; }

    /// <summary>µs since 2000-01-01 UTC: what now() returns.</summary>
    long TransactionStart { get; }

    long StatementStart { get; }

    /// <summary>How long a statement waits for a lock (lock_timeout); zero for no limit.</summary>
    TimeSpan LockTimeout { get; }

    /// <summary>What runs now is to stop, also when it has not reached the connection yet.</summary>
    bool IsCancelled => false;

    /// <summary>set_config(): returns the new value.</summary>
    string SetSetting(string name, string? value, bool local);

    /// <summary>NOTIFY: told to those who listen once the transaction commits.</summary>
    void NotifyChannel(string channel, string payload) => throw PgException.Unsupported("NOTIFY is not supported here");

    /// <summary>What the session listens to.</summary>
    IReadOnlyCollection<string> ListeningChannels => [];

    /// <summary>Something to tell the client that is not an error, such as <c>relation "t" already exists, skipping</c>.</summary>
    void Notify(Notice notice)
    {
    }
}

/// <summary>A NoticeResponse: severity NOTICE, WARNING, INFO…</summary>
public sealed record Notice(string Severity, string SqlState, string Message)
{
    public string? Detail { get; init; }

    public string? Hint { get; init; }
}
