using System.Collections.Concurrent;

namespace Akka.Dispatch;

/// <summary>A fixed number of background threads over one queue.</summary>
internal sealed class DedicatedThreadPool : IDisposable
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _items = [];
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly int _threads;
    private volatile bool _disposed;

    public DedicatedThreadPool(string name, int threads)
    {
        _threads = threads;
        for (var i = 0; i < threads; i++)
            new Thread(Run) { Name = $"{name}_{i + 1}", IsBackground = true }.Start();
    }

    public void Queue(IThreadPoolWorkItem item)
    {
        // What comes after the end, the last signals to ended actors, still has to be answered.
        if (_disposed)
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
            return;
        }
        _items.Enqueue(item);
        _waiting.Release();
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _waiting.Release(_threads);
    }

    private void Run()
    {
        while (true)
        {
            _waiting.Wait();
            while (_items.TryDequeue(out var item)) item.Execute();
            if (_disposed) return;
        }
    }
}
