using System.Runtime.CompilerServices;

namespace Gateway.Actors.Pools;

/// <summary>Threads for backends whose drivers block. As many as statements are at such backends now; idle ones go. Thread-safe.</summary>
/// <remarks>
/// A driver that waits for its network holds its thread. On the common pool a slow server would take the threads of all
/// other sessions and of the mailboxes, cancel among them.
/// </remarks>
public sealed class BackendThreads
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [ThreadStatic]
    private static bool _isOne;

    private readonly object _lock = new();
    private readonly Queue<Action> _work = new();
    private int _idle;
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
        lock (_lock)
        {
            _work.Enqueue(work);
            if (_idle >= _work.Count)
            {
                Monitor.Pulse(_lock);
                return;
            }

            _count++;
        }

        new Thread(Loop) { IsBackground = true, Name = "backend" }.Start();
    }

    private void Loop()
    {
        _isOne = true;
        while (Next() is { } work) work();
    }

    private Action? Next()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_work.TryDequeue(out var work)) return work;
                _idle++;
                var called = Monitor.Wait(_lock, Patience);
                _idle--;
                if (called || _work.Count > 0) continue;
                _count--;
                return null;
            }
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
