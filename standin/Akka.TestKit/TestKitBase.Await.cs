namespace Akka.TestKit;

/// <summary>Waiting until something holds, and bounding how long something takes.</summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = DateTime.UtcNow + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (DateTime.UtcNow < end && !cancellationToken.IsCancellationRequested)
            {
                Thread.Sleep(interval ?? s_interval);
            }
        }
    }

    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(() =>
        {
            assertion();
            return Task.CompletedTask;
        }, duration, interval, cancellationToken);

    public async Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = DateTime.UtcNow + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (DateTime.UtcNow < end && !cancellationToken.IsCancellationRequested)
            {
            }
            await Task.Delay(interval ?? s_interval, cancellationToken);
        }
    }

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        for (var end = DateTime.UtcNow + limit; !conditionIsFulfilled(); Thread.Sleep(interval ?? s_interval))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (DateTime.UtcNow >= end) Fail($"Timeout {limit} expired while waiting for condition.", message);
        }
    }

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, null, message, cancellationToken);

    public async Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        for (var end = DateTime.UtcNow + limit; !await conditionIsFulfilled(); await Task.Delay(interval ?? s_interval, cancellationToken))
            if (DateTime.UtcNow >= end) Fail($"Timeout {limit} expired while waiting for condition.", message);
    }

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(min, max, () =>
        {
            action();
            return true;
        }, hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (outer, start) = Enter(max);
        try
        {
            var result = function();
            Leave(start, min, max, epsilonValue, hint);
            return result;
        }
        finally
        {
            _end = outer;
        }
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public async Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (outer, start) = Enter(max);
        try
        {
            await actionAsync();
            Leave(start, min, max, epsilonValue, hint);
        }
        finally
        {
            _end = outer;
        }
    }

    private (DateTime? Outer, DateTime Start) Enter(TimeSpan max)
    {
        var (outer, start) = (_end, DateTime.UtcNow);
        var end = start + Dilated(max);
        _end = outer is { } earlier && earlier < end ? earlier : end;
        return (outer, start);
    }

    private void Leave(DateTime start, TimeSpan min, TimeSpan max, TimeSpan? epsilon, string hint)
    {
        var took = DateTime.UtcNow - start;
        if (took < min) Fail($"Failed: Block took {took}, should have at least taken {min}", hint);
        if (took > Dilated(max) + (epsilon ?? TimeSpan.Zero)) Fail($"Failed: Block took {took}, exceeding {max}", hint);
    }
}
