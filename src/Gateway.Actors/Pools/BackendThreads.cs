using System.Runtime.CompilerServices;

namespace Gateway.Actors.Pools;

/// <summary>Threads for backends whose drivers block. As many as statements are at such backends now; idle ones go. Thread-safe.</summary>
/// <remarks>
/// A driver that waits for its network holds its thread. On the common pool a slow server would take the threads of all
/// other sessions and of the mailboxes, cancel among them. The thread that was busy last is the first to get work again.
/// </remarks>
public sealed class BackendThreads
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [ThreadStatic]
    private static bool _isOne;

    private readonly Lock _lock = new();
    private readonly List<Worker> _idle = [];
    private int _count;

    /// <summary>To be awaited: what follows runs on one of these threads, until it waits for something else.</summary>
    public Switch Enter() => new(this);

    /// <summary>Threads there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The caller is on one of these threads: it may block.</summary>
    public static bool IsCurrent => _isOne;

    /// <summary>Runs something that may block; here and now when this is such a thread already.</summary>
    public void Run(Action work)
    {
        if (_isOne) work();
        else Post(work);
    }

    /// <summary>The same with an outcome.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    /// <summary>Runs something on a thread of its own, soon.</summary>
    public void Post(Action work)
    {
        if (TryPost(work)) return;
        Interlocked.Increment(ref _count);
        var worker = new Worker(this, work);
        new Thread(worker.Loop) { IsBackground = true, Name = "backend" }.Start();
    }

    /// <summary>The same, if a thread is idle.</summary>
    public bool TryPost(Action work)
    {
        Worker worker;
        lock (_lock)
        {
            if (_idle.Count == 0) return false;
            worker = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
        }

        worker.Give(work);
        return true;
    }

    /// <summary>One of the threads, and where it waits for work.</summary>
    private sealed class Worker(BackendThreads owner, Action first)
    {
        private Action? _work = first;

        public void Loop()
        {
            _isOne = true;
            while (Next() is { } work) work();
        }

        public void Give(Action work)
        {
            lock (this)
            {
                _work = work;
                Monitor.Pulse(this);
            }
        }

        private Action? Next()
        {
            lock (this)
            {
                if (_work is null) Park();
                while (_work is null)
                {
                    if (Monitor.Wait(this, Patience) || !Leave()) continue;
                    return null;
                }

                var work = _work;
                _work = null;
                return work;
            }
        }

        private void Park()
        {
            lock (owner._lock) owner._idle.Add(this);
        }

        /// <returns>False when work is on its way here.</returns>
        private bool Leave()
        {
            lock (owner._lock)
            {
                if (!owner._idle.Remove(this)) return false;
            }

            Interlocked.Decrement(ref owner._count);
            return true;
        }
    }

    public readonly struct Switch(BackendThreads threads) : ICriticalNotifyCompletion
    {
        public Switch GetAwaiter() => this;

        public bool IsCompleted => _isOne;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => threads.Post(continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Post(continuation);
    }
}
