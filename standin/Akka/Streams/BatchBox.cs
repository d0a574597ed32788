using Akka.Util;

namespace Akka.Streams;

/// <summary>Aggregates what arrives while nobody takes it, up to a cost.</summary>
internal sealed class BatchBox<TIn, TOut>(long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate)
{
    private readonly Lock _gate = new();
    private TOut _batch;
    private bool _has;
    private long _left;
    private bool _completed;
    private Exception _failure;
    private TaskCompletionSource _changed = New();

    public async ValueTask Add(TIn element, CancellationToken cancellation)
    {
        var price = cost(element);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (!_has || price <= _left)
                {
                    _left = (_has ? _left : max) - price;
                    _batch = _has ? aggregate(_batch, element) : seed(element);
                    _has = true;
                    Change();
                    return;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Complete(Exception failure)
    {
        lock (_gate)
        {
            (_completed, _failure) = (true, failure);
            Change();
        }
    }

    public async ValueTask<Option<TOut>> Take(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_failure is not null) throw _failure;
                if (_has)
                {
                    var taken = new Option<TOut>(_batch);
                    (_batch, _has) = (default, false);
                    Change();
                    return taken;
                }
                if (_completed) return Option<TOut>.None;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Change()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
