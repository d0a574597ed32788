using Gateway.Actors.Settings;
using Gateway.Backends;
using Gateway.Protocol.Session;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>Who the session is and what it has set: what statements and SQL functions see of it.</summary>
public sealed class SessionState(string user, string database, int processId, TimeProvider clock) : ISessionContext
{
    private static readonly long Epoch2000 = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private volatile PgException? _cancelled;

    public SessionSettings Settings { get; } = new();

    /// <summary>Where notices of running statements go.</summary>
    public Action<Notice>? Notices { get; set; }

    public TransactionBlock Block { get; } = new();

    /// <summary>Set with the session; null while nobody owns the state.</summary>
    internal SessionChannels? Channels { get; set; }

    /// <summary>The transaction has been committed: what waited for it takes effect.</summary>
    public void Committed()
    {
        Settings.Commit();
        Channels?.Commit();
    }

    public void RolledBack()
    {
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
    public void BeginStatement(bool inTransaction)
    {
        StatementStart = (clock.GetUtcNow().UtcTicks - Epoch2000) / TimeSpan.TicksPerMicrosecond;
        if (!inTransaction) TransactionStart = StatementStart;
    }
}
