using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using IrisSimulator.Engine;

namespace IrisSimulator.Provider;

/// <summary>A connection to a simulated instance; each has a server process (job) of its own.</summary>
public sealed class SimConnection : DbConnection
{
    private string _text = "";
    private Session? _session;
    private SimSettings? _settings;

    public SimConnection() { }
    public SimConnection(string connectionString) => ConnectionString = connectionString;

    [AllowNull]
    public override string ConnectionString
    {
        get => _text;
        set => _text = _session is null ? value ?? "" : throw new InvalidOperationException("The connection is open.");
    }

    public override string Database => _session?.Namespace ?? "";
    public override string DataSource => _settings is null ? "" : $"{_settings.Server}:{_settings.Port}";
    public override ConnectionState State => _session is null ? ConnectionState.Closed : ConnectionState.Open;
    public override string ServerVersion => Session.Banner;

    public long IRISJobNumber => Session.Job;
    public string IRISJobID => Session.Job.ToString();
    public int IRISMajorVersion => Session.Version.Major;
    public int IRISMinorVersion => Session.Version.Minor;
    public bool ServerUnicode => true;

    /// <summary>Whether "x" is a name.</summary>
    public bool? DelimitedIdentifiers => !Session.Instance.Behaviour.TakesQuotesForStrings;
    internal bool IgnoresCancel => _session is { Instance.Behaviour.IgnoresCancel: true };

    /// <summary>Whether the server process is in a transaction.</summary>
    public bool IsTransactionActive => Session.InTransaction;
    public int TransactionLevel => Session.TransactionLevel;
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadUncommitted;

    internal SimTransaction? Pending { get; set; }
    internal SimDataReader? Reader { get; set; }
    internal Session Session => _session ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>Whether the server answers.</summary>
    public bool ping() => _session is { Lost: false };

    public override void Open()
    {
        if (_session is not null) throw new InvalidOperationException("The connection is open.");
        _settings = SimSettings.Parse(_text);
        try
        {
            _session = SimServer.Connect(_settings.Instance, _settings.Namespace, _settings.User, _settings.Password, _settings.Version);
        }
        catch (IrisError error)
        {
            throw error.SqlCode == -461
                ? new SimException(-461, error.Detail, "08S01", new SocketException((int)SocketError.ConnectionRefused))
                : new SimException(error);
        }
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    public override void Close()
    {
        if (_session is null) return;
        Reader?.Close();
        _session.End();
        _session = null;
        Pending = null;
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    public override void ChangeDatabase(string databaseName) => Guarded(() => Session.Use(databaseName));

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (Pending is not null) throw new InvalidOperationException("A transaction is pending on this connection.");
        if (isolationLevel is IsolationLevel.Unspecified) isolationLevel = IsolationLevel;
        if (isolationLevel is not (IsolationLevel.ReadUncommitted or IsolationLevel.ReadCommitted))
            throw new SimException(-460, $"Isolation level {isolationLevel} is not offered by the server");
        if (Reader is not null) throw new InvalidOperationException("There is an open DataReader on this connection.");
        Guarded(() => Session.BeginAtServer(isolationLevel == IsolationLevel.ReadCommitted));
        return Pending = new SimTransaction(this, isolationLevel);
    }

    internal void Guarded(Action action)
    {
        try { action(); }
        catch (IrisError error) { throw new SimException(error); }
    }

    public override bool CanCreateBatch => _session is { Instance.Behaviour.TakesBatches: true };
    protected override DbBatch CreateDbBatch() => CanCreateBatch ? new SimBatch { Connection = this } : throw new NotSupportedException();
    protected override DbCommand CreateDbCommand() => new SimCommand { Connection = this };
    public new SimCommand CreateCommand() => (SimCommand)CreateDbCommand();
    protected override DbProviderFactory DbProviderFactory => IrisSimulatorFactory.Instance;

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }
}
