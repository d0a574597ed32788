namespace Akka.TestKit;

/// <summary>Taking messages.</summary>
public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceive(max, cancellationToken, out var received) ? received.Message : null;

    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (has, received) = await TryReceiveAsync(max, cancellationToken);
        return has ? received.Message : null;
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var end = DateTime.UtcNow + Dilated(max);
        var messages = new List<object>(numberOfMessages);
        while (messages.Count < numberOfMessages)
        {
            var left = Positive(end - DateTime.UtcNow);
            if (!_queue.TryTake(left, cancellationToken, out var received))
                Fail($"Timeout ({max}) while expecting {numberOfMessages} messages. Only got {messages.Count} after {max}.");
            _last = received;
            messages.Add(received.Message);
        }
        return messages;
    }

    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhile(filter, max, null, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class
    {
        var end = DateTime.UtcNow + RemainingOrDilated(max);
        var accepted = new List<T>();
        while (accepted.Count < msgs)
        {
            var left = Positive(end - DateTime.UtcNow);
            if (idle is { } pause && pause < left) left = pause;
            if (!_queue.TryTake(left, cancellationToken, out var received)) break;
            if (filter(received.Message) is not { } message) break;
            _last = received;
            accepted.Add(message);
        }
        return accepted;
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = DateTime.UtcNow + limit;
        while (TryReceive(Positive(end - DateTime.UtcNow), cancellationToken, out var received))
            if (received.Message is T message && isMessage(message)) return message;
        Fail($"Timeout ({limit}) during fishForMessage", hint);
        return default;
    }

    public async ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = DateTime.UtcNow + limit;
        while (await TryReceiveAsync(Positive(end - DateTime.UtcNow), cancellationToken) is (true, var received))
            if (received.Message is T message && isMessage(message)) return message;
        Fail($"Timeout ({limit}) during fishForMessage", hint);
        return default;
    }

    private bool TryReceive(TimeSpan? max, CancellationToken cancellationToken, out Received received)
    {
        if (!_queue.TryTake(RemainingOrDilated(max), cancellationToken, out received)) return false;
        _last = received;
        return true;
    }

    private async ValueTask<(bool, Received)> TryReceiveAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var (has, received) = await _queue.TryTakeAsync(RemainingOrDilated(max), cancellationToken);
        if (has) _last = received;
        return (has, received);
    }
}
