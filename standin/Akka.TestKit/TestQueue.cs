using System.Collections.Concurrent;

namespace Akka.TestKit;

/// <summary>What the test actor has received, in order.</summary>
internal sealed class TestQueue
{
    private readonly ConcurrentQueue<Received> _items = [];
    private readonly SemaphoreSlim _count = new(0);

    public bool HasAny => !_items.IsEmpty;

    public void Add(Received item)
    {
        _items.Enqueue(item);
        _count.Release();
    }

    public bool TryTake(TimeSpan timeout, CancellationToken cancellation, out Received item)
    {
        item = default;
        return _count.Wait(timeout, cancellation) && _items.TryDequeue(out item);
    }

    public async ValueTask<(bool Has, Received Item)> TryTakeAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        if (!await _count.WaitAsync(timeout, cancellation)) return (false, default);
        _items.TryDequeue(out var item);
        return (true, item);
    }
}
