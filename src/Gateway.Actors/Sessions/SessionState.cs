using Gateway.Actors.Settings;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Catalog;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>Who the session is and what it has set: what statements and SQL functions see of it.</summary>
public sealed class SessionState(string user, string database, int processId, TimeProvider clock) : ISessionContext
{
    private static readonly long Epoch2000 = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private volatile PgException? _cancelled;

    private readonly long _started = Clock(clock);
    private long _stateChanged;
    private volatile bool _isActive;
    private volatile ParsedScript? _script;
    private long _commits;
    private long _rollbacks;

    public SessionSettings Settings { get; } = new();

    /// <summary>The node's sessions; null outside of a node.</summary>
    public ISessionDirectory? Directory { get; set; }

    /// <summary>Where the client is, when it came over a network.</summary>
    public System.Net.IPEndPoint? Client { get; init; }

    /// <summary>The connection is encrypted: version and cipher as pg_stat_ssl names them.</summary>
    public Encryption? Encryption { get; init; }

    /// <summary>Transactions that have ended, well or not.</summary>
    public (long Committed, long RolledBack) Ended => (Volatile.Read(ref _commits), Volatile.Read(ref _rollbacks));

    /// <summary>It waits for a connection of the pool.</summary>
    public bool WaitsForConnection { get; set; }

    /// <summary>What the session has of its own: cursors and prepared statements. Set with the session; empty while nobody owns the state.</summary>
    internal Func<IReadOnlyList<CursorEntry>>? CursorList { get; set; }

    internal Func<IReadOnlyList<PreparedEntry>>? PreparedList { get; set; }

    public IReadOnlyList<CursorEntry> Cursors => CursorList?.Invoke() ?? [];

    public IReadOnlyList<PreparedEntry> PreparedStatements => PreparedList?.Invoke() ?? [];

    /// <summary>ReadyForQuery is about to be sent: from here it waits for its client.</summary>
    public void Rest()
    {
        if (!_isActive) return;
        _isActive = false;
        Volatile.Write(ref _stateChanged, Now);
    }

    /// <summary>A row of pg_stat_activity, read while the session goes on.</summary>
    public SessionEntry ToEntry() => new(
        ProcessId, Database, User, Settings.TryGet("application_name") ?? "", Client?.Address.ToString(), Client?.Port, _started,
        Block.IsOpen || _isActive ? TransactionStart : null,
        StatementStart == 0 ? null : StatementStart,
        _stateChanged == 0 ? _started : Volatile.Read(ref _stateChanged),
        _isActive ? "active" : Block.Status switch
        {
            TransactionStatus.Failed => "idle in transaction (aborted)",
            TransactionStatus.InBlock => "idle in transaction",
            _ => "idle",
        },
        _script?.Shown ?? "",
        !_isActive ? ("Client", "ClientRead") : WaitsForConnection ? ("Extension", "PoolConnection") : null,
        Encryption);

    /// <summary>µs since 2000-01-01 UTC.</summary>
    public long Now => Clock(clock);

    private static long Clock(TimeProvider clock) => (clock.GetUtcNow().UtcTicks - Epoch2000) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Where notices of running statements go.</summary>
    public Action<Notice>? Notices { get; set; }

    public TransactionBlock Block { get; } = new();

    /// <summary>Set with the session; null while nobody owns the state.</summary>
    internal SessionChannels? Channels { get; set; }

    /// <summary>The transaction has been committed: what waited for it takes effect.</summary>
    public void Committed()
    {
        _commits++;
        Settings.Commit();
        Channels?.Commit();
    }

    public void RolledBack()
    {
        _rollbacks++;
        Settings.Rollback();
        Channels?.Rollback();
    }

    public void NotifyChannel(string channel, string payload) => Channels?.Notify(channel, payload);

    public IReadOnlyCollection<string> ListeningChannels => Channels?.Listening ?? [];

    /// <summary>How many blocks it has begun.</summary>
    public int Transactions { get; set; }

    public string User { get; } = user;

    public string Database { get; } = database;

    public int ProcessId { get; } = processId;

    public FormatSettings Format => Settings.Format;

    public IReadOnlyList<string> SearchPath => Settings.SearchPath;

    public long TransactionStart { get; private set; }

    public long StatementStart { get; private set; }

    /// <summary>Why what runs now is to stop, or null. Set by the mailbox, read wherever the run is.</summary>
    public PgException? Cancelled
    {
        get => _cancelled;
        set => _cancelled = value;
    }

    public bool IsCancelled => _cancelled is not null;

    public TimeSpan LockTimeout => Settings.LockTimeout;

    /// <summary>Statements of the running batch cannot write: the block is read-only, or that is the default.</summary>
    public bool IsReadOnly => Block.IsOpen ? Block.ReadOnly : Settings.Get("default_transaction_read_only") == "on";

    public string? GetSetting(string name, bool missingOk) => missingOk ? Settings.TryGet(name) : Settings.Get(name);

    /// <summary>Sends a notice unless client_min_messages asks for graver ones only. INFO is what a client asked for.</summary>
    public void Notify(Notice notice)
    {
        var least = Settings.Get("client_min_messages");
        if (notice.Severity != "INFO" && Gravity(notice.Severity) < Gravity(least)) return;
        Notices?.Invoke(notice);

        static int Gravity(string level) => level switch
        {
            "NOTICE" or "notice" => 1,
            "WARNING" or "warning" => 2,
            "error" => 3,
            _ => 0,
        };
    }

    public string SetSetting(string name, string? value, bool local)
    {
        Settings.Set(name, value, local);
        return Settings.Get(name);
    }

    /// <summary>A message from the client arrived: statement_timestamp(), and now() unless a transaction is open.</summary>
    /// <param name="script">What it says; null where that is not known.</param>
    public void BeginStatement(bool inTransaction, ParsedScript? script)
    {
        StatementStart = Now;
        if (!inTransaction) TransactionStart = StatementStart;
        if (script is not null) _script = script;
        if (_isActive) return;
        _isActive = true;
        Volatile.Write(ref _stateChanged, StatementStart);
    }
}
