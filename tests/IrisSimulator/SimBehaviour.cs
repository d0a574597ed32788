using System.Collections.Concurrent;

namespace IrisSimulator;

/// <summary>What an instance is made to do, and what it was told. Thread-safe; holds for connections that are open as well.</summary>
public sealed class SimBehaviour
{
    private const int LogLength = 10_000;

    private volatile string? _hangsOn;
    private volatile bool _ignoresCancel;
    private volatile bool _ignoresCancelQuery;
    private volatile bool _isDown;
    private volatile bool _takesBatches;
    private volatile bool _namesTheFailedOfABatch;
    private volatile bool _takesQuotesForStrings;

    /// <summary>A statement with this in its text never ends: the connection has to be closed, or the process interrupted.</summary>
    public string? HangsOn { get => _hangsOn; set => _hangsOn = value; }

    /// <summary>The driver's Cancel reaches nobody.</summary>
    public bool IgnoresCancel { get => _ignoresCancel; set => _ignoresCancel = value; }

    /// <summary>CANCEL QUERY succeeds and stops nothing.</summary>
    public bool IgnoresCancelQuery { get => _ignoresCancelQuery; set => _ignoresCancelQuery = value; }

    /// <summary>The driver has DbBatch. Whether the real one has is not known: off.</summary>
    public bool TakesBatches { get => _takesBatches; set => _takesBatches = value; }

    /// <summary>The exception of a batch says which of its statements it is about.</summary>
    public bool NamesTheFailedOfABatch { get => _namesTheFailedOfABatch; set => _namesTheFailedOfABatch = value; }

    /// <summary>Batches that were executed so far.</summary>
    public int Batches => Volatile.Read(ref _batches);

    private int _batches;

    internal void CountBatch() => Interlocked.Increment(ref _batches);

    /// <summary>Connections are refused as by a machine where nothing listens.</summary>
    public bool IsDown { get => _isDown; set => _isDown = value; }

    /// <summary>Support for delimited identifiers is off.</summary>
    public bool TakesQuotesForStrings { get => _takesQuotesForStrings; set => _takesQuotesForStrings = value; }

    /// <summary>The last statements that were executed, in order; those that were only prepared begin with "PREPARE ".</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    internal void Note(string sql)
    {
        Log.Enqueue(sql);
        if (Log.Count > LogLength) Log.TryDequeue(out _);
    }

    /// <summary>Attempts to connect so far.</summary>
    public int Connects => Volatile.Read(ref _connects);

    private int _connects;

    internal void CountConnect() => Interlocked.Increment(ref _connects);
}
