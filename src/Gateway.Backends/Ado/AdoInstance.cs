using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>One server with the database.</summary>
internal sealed class AdoInstance(AdoBackend backend, InstanceOptions options) : IInstance, IDisposable
{
    private readonly Lock _probing = new();
    private AdoConnection? _probe;
    private volatile AdoConnection? _reading;
    private volatile bool _isAway;

    public string Name => options.Name;

    public InstanceRole Role => options.Role;

    public int Weight => options.Weight;

    public int MaxConnections => options.MaxConnections;

    public TimeSpan StuckAfter => options.StuckAfter;

    public bool IsRemote => true;

    public IBackendConnection Open(Login? login) => OpenAdo(login, backend.Options.ConnectTimeout);

    public AdoConnection OpenAdo(Login? login, TimeSpan timeout) => backend.Open(Name, options.ConnectionStringFor(login), timeout);

    /// <summary>The last probe has failed.</summary>
    public bool IsAway
    {
        get => _isAway;
        private set => _isAway = value;
    }

    /// <summary>Until it is disposed, the connection reads the metadata, which sessions wait for: it does not outlast a probe that fails.</summary>
    public IDisposable Reading(AdoConnection connection)
    {
        _reading = connection;
        return new Reader(this);
    }

    private sealed class Reader(AdoInstance owner) : IDisposable
    {
        public void Dispose() => owner._reading = null;
    }

    /// <summary>On a connection of its own that is kept.</summary>
    public InstanceState Probe()
    {
        if (!_probing.TryEnter()) throw new PgException(SqlStates.ConnectionFailure, $"{Name} still owes the answer to an earlier probe");
        try
        {
            _probe ??= OpenAdo(null, backend.Options.ProbeTimeout);
            using var patience = _probe.Within(backend.Options.ProbeTimeout);
            var state = backend.Roles.Ask(_probe);
            IsAway = false;
            return state;
        }
        catch
        {
            IsAway = true;
            if (_reading is { } reading && Environment.TickCount64 - reading.WaitingSince > backend.Options.ProbeTimeout.TotalMilliseconds) reading.Sever();
            _probe?.Dispose();
            _probe = null;
            throw;
        }
        finally
        {
            _probing.Exit();
        }
    }

    public void Dispose()
    {
        lock (_probing)
        {
            _probe?.Dispose();
            _probe = null;
        }
    }
}
