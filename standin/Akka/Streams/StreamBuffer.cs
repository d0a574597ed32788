using System.Runtime.CompilerServices;

namespace Akka.Streams;

/// <summary>What an offer to a buffer came to.</summary>
internal enum Offer { Taken, Dropped, Closed, Failed }

/// <summary>A bounded buffer with one reader; what a full one does is the strategy's business.</summary>
internal sealed class StreamBuffer<T>(int size, OverflowStrategy strategy)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<T> _items = [];
    private readonly Queue<(T Element, TaskCompletionSource<Offer> Result)> _waiting = [];
    private TaskCompletionSource _reader;
    private bool _completed;
    private bool _abandoned;

    public Exception Failure { get; private set; }

    public bool IsOfferPending
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    public ValueTask<Offer> Add(T element)
    {
        lock (_gate)
        {
            if (_completed || _abandoned) return new(Failure is null ? Offer.Closed : Offer.Failed);
            // With Backpressure an empty buffer of size 0 still hands one element to a reader that waits.
            if (_items.Count < size || _items.Count == 0 && _reader is not null && _waiting.Count == 0)
            {
                _items.AddLast(element);
                Wake();
                return new(Offer.Taken);
            }
            switch (strategy)
            {
                case OverflowStrategy.DropHead:
                    _items.RemoveFirst();
                    _items.AddLast(element);
                    return new(Offer.Taken);
                case OverflowStrategy.DropTail:
                    _items.RemoveLast();
                    _items.AddLast(element);
                    return new(Offer.Taken);
                case OverflowStrategy.DropBuffer:
                    _items.Clear();
                    _items.AddLast(element);
                    return new(Offer.Taken);
                case OverflowStrategy.DropNew:
                    return new(Offer.Dropped);
                case OverflowStrategy.Fail:
                    Failure = new BufferOverflowException($"Buffer overflow (max capacity was {size})");
                    _completed = true;
                    _items.Clear();
                    Wake();
                    return new(Offer.Failed);
                default:
                    var result = new TaskCompletionSource<Offer>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _waiting.Enqueue((element, result));
                    Wake();
                    return new(result.Task);
            }
        }
    }

    public void Complete(Exception failure = null)
    {
        lock (_gate)
        {
            if (_completed) return;
            _completed = true;
            Failure = failure;
            if (failure is not null)
            {
                _items.Clear();
                Refuse();
            }
            Wake();
        }
    }

    /// <summary>Nobody will read any more.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
            _items.Clear();
            Refuse();
        }
    }

    public async IAsyncEnumerable<T> ReadAll([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            while (true)
            {
                T element = default;
                var has = false;
                Task wait = null;
                lock (_gate)
                {
                    if (_items.Count > 0)
                    {
                        element = _items.First.Value;
                        _items.RemoveFirst();
                        has = true;
                        Refill();
                    }
                    else if (_waiting.TryDequeue(out var next))
                    {
                        element = next.Element;
                        has = true;
                        next.Result.TrySetResult(Offer.Taken);
                    }
                    else if (_completed)
                    {
                        if (Failure is not null) throw Failure;
                        yield break;
                    }
                    else
                    {
                        _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                        wait = _reader.Task;
                    }
                }
                if (has) yield return element;
                else await wait.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            Abandon();
        }
    }

    private void Refill()
    {
        while (_items.Count < size && _waiting.TryDequeue(out var next))
        {
            _items.AddLast(next.Element);
            next.Result.TrySetResult(Offer.Taken);
        }
    }

    private void Refuse()
    {
        while (_waiting.TryDequeue(out var next)) next.Result.TrySetResult(Failure is null ? Offer.Closed : Offer.Failed);
    }

    private void Wake()
    {
        _reader?.TrySetResult();
        _reader = null;
    }
}
