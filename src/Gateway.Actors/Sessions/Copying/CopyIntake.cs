using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Actors.Buffers;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Between a conversation, which reads what its client copies in, and the COPY that takes it. Holds a limited number of bytes.</summary>
/// <remarks>The conversation's side never waits: it is told that there is no room, and woken when there is.</remarks>
internal sealed class CopyIntake(BufferLimits limits, Action wake)
{
    // One to be filled and one to be read: with less, client and backend would wait for each other.
    private const int Least = 2;

    private readonly Lock _lock = new();
    private readonly Queue<CopyChunk> _full = new();
    private CopyChunk? _filling;
    private TaskCompletionSource? _data;
    private PgException? _failure;
    private bool _isEnded;
    private bool _isClosed;
    private bool _senderWaits;
    private int _chunks;

    /// <summary>Why the client's data are of no use: it gave up, or the run was stopped.</summary>
    public PgException? Failure
    {
        get
        {
            lock (_lock) return _failure;
        }
    }

    /// <summary>More may come.</summary>
    public bool IsTaking
    {
        get
        {
            lock (_lock) return !_isEnded;
        }
    }

    /// <summary>How many bytes may be given now. When it is none, the conversation is woken once there is room.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                if (_isEnded) return 0;
                if (_filling is { Room: > 0 } filling) return filling.Room;
                if (_chunks >= Least && ((_chunks + 1) * CopyChunk.Size > limits.CopyIn || !limits.Node.TryTake(CopyChunk.Size)))
                {
                    _senderWaits = true;
                    return 0;
                }

                if (_chunks < Least) limits.Node.Take(CopyChunk.Size);
                _chunks++;
                _filling = new CopyChunk(this);
                return _filling.Room;
            }
        }
    }

    /// <summary>Whether all that was given has been read. When not, the conversation is woken once it has.</summary>
    public bool IsDigested
    {
        get
        {
            lock (_lock)
            {
                if (_isEnded) return false;
                if (_data is not null && _full.Count == 0 && _filling is not { Length: > 0 }) return true;
                _senderWaits = true;
                return false;
            }
        }
    }

    /// <summary>A piece, no larger than <see cref="Room"/>.</summary>
    public void Give(in ReadOnlySequence<byte> data)
    {
        lock (_lock)
        {
            if (_isEnded) return;

            // Between Room and here the reader may have taken the chunk in which the room was. It was promised all the same.
            if (_filling is null)
            {
                limits.Node.Take(CopyChunk.Size);
                _chunks++;
                _filling = new CopyChunk(this);
            }

            _filling.Append(data);
            if (_filling.Room == 0)
            {
                _full.Enqueue(_filling);
                _filling = null;
            }

            Signal();
        }
    }

    /// <summary>No more comes: all was given, or <paramref name="failure"/> says why not.</summary>
    public void End(PgException? failure)
    {
        lock (_lock)
        {
            if (_isEnded) return;
            _isEnded = true;
            _failure = failure;
            Signal();
        }
    }

    /// <summary>What runs is to stop, whatever is still here. From any thread.</summary>
    public void Abort(PgException why)
    {
        lock (_lock)
        {
            if (_isClosed) return;
            _isEnded = true;
            _failure = why;
            Drop();
            Signal();
        }
    }

    /// <summary>The COPY is over.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_isClosed) return;
            _isEnded = _isClosed = true;
            Drop();

            // Also what got lost in a flow that failed.
            limits.Node.Give(_chunks * (long)CopyChunk.Size);
            _chunks = 0;
        }
    }

    /// <summary>The chunks in order, then the empty one; without it when there is a <see cref="Failure"/>.</summary>
    public async IAsyncEnumerable<CopyChunk> ReadAll([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            if (!TryNext(out var chunk, out var wait))
            {
                await wait.WaitAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            if (chunk is null) yield break;
            yield return chunk;
            if (chunk.IsEnd) yield break;
        }
    }

    internal void Returned()
    {
        lock (_lock)
        {
            if (_isClosed) return;
            _chunks--;
            limits.Node.Give(CopyChunk.Size);
            WakeSender();
        }
    }

    /// <summary>The next chunk, null when none will come; or what to wait for.</summary>
    private bool TryNext(out CopyChunk? chunk, out Task wait)
    {
        lock (_lock)
        {
            _data = null;
            wait = Task.CompletedTask;
            if (_full.TryDequeue(out chunk)) return true;
            if (_filling is { Length: > 0 })
            {
                chunk = _filling;
                _filling = null;
                return true;
            }

            if (_isEnded)
            {
                chunk = _failure is null ? CopyChunk.End : null;
                return true;
            }

            _data = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _data.Task;
            WakeSender();
            return false;
        }
    }

    private void Signal()
    {
        _data?.TrySetResult();
        _data = null;
    }

    private void WakeSender()
    {
        if (!_senderWaits) return;
        _senderWaits = false;
        wake();
    }

    private void Drop()
    {
        foreach (var chunk in _full) chunk.Dispose();
        _full.Clear();
        _filling?.Dispose();
        _filling = null;
    }
}
