using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Expecting messages.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, cancellationToken);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = Expect<T>(timeout, hint, cancellationToken);
        Xunit.Assert.Equal(message, received);
        return received;
    }

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(Expect<T>(timeout, hint, cancellationToken), isMessage, hint);

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = Expect<T>(timeout, hint, cancellationToken);
        assert(received);
        return received;
    }

    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(Expect<T>(timeout, hint, cancellationToken), received => isMessageAndSender(received, LastSender), hint);

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = Expect<T>(timeout, hint, cancellationToken);
        assertMessageAndSender(received, LastSender);
        return received;
    }

    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, cancellationToken);

    public async ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = await ExpectAsync<T>(timeout, hint, cancellationToken);
        Xunit.Assert.Equal(message, received);
        return received;
    }

    public async ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(await ExpectAsync<T>(timeout, hint, cancellationToken), isMessage, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = await ExpectAsync<T>(timeout, hint, cancellationToken);
        assert(received);
        return received;
    }

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = Expect<T>(duration, hint, cancellationToken);
        if (!Equals(sender, LastSender)) Fail($"Expected {received} from {sender}, got it from {LastSender}", hint);
        return received;
    }

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var received = ExpectMsgFrom<T>(sender, timeout, hint, cancellationToken);
        Xunit.Assert.Equal(message, received);
        return received;
    }

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Checked(Expect<T>(null, null, cancellationToken), messages.Contains, "any of");

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages)
    {
        var received = ReceiveN(messages.Length, max);
        var missing = messages.Where(message => !received.Contains(message)).ToList();
        if (missing.Count > 0) Fail($"Not found: [{string.Join(", ", missing)}] among [{string.Join(", ", received)}]");
        return received.Cast<T>().ToList();
    }

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(Expect<Terminated>(timeout, hint, cancellationToken), terminated => terminated.ActorRef.Equals(target), hint);

    public async ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Checked(await ExpectAsync<Terminated>(timeout, hint, cancellationToken), terminated => terminated.ActorRef.Equals(target), hint);

    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        ExpectNoMsg(RemainingOr(TestKitSettings.ExpectNoMessageDefault), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (TryReceive(duration, cancellationToken, out var received)) Unexpected(duration, received);
    }

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(RemainingOr(TestKitSettings.ExpectNoMessageDefault), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (await TryReceiveAsync(duration, cancellationToken) is (true, var received)) Unexpected(duration, received);
    }

    private static void Unexpected(TimeSpan duration, Received received) =>
        Fail($"Expected no messages during {duration}, instead we received {received.Message} from {received.Sender}");

    private T Expect<T>(TimeSpan? timeout, string hint, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        return Typed<T>(TryReceive(limit, cancellationToken, out var received), received, limit, hint);
    }

    private async ValueTask<T> ExpectAsync<T>(TimeSpan? timeout, string hint, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        var (has, received) = await TryReceiveAsync(limit, cancellationToken);
        return Typed<T>(has, received, limit, hint);
    }

    private static T Typed<T>(bool has, Received received, TimeSpan limit, string hint)
    {
        if (!has) Fail($"Failed: Timeout {limit} while waiting for a message of type {typeof(T)}", hint);
        if (received.Message is not T)
            Fail($"Failed: Expected a message of type {typeof(T)}, but received {{{received.Message}}} (type {received.Message.GetType()}) from {received.Sender}", hint);
        return (T)received.Message;
    }

    private static T Checked<T>(T received, Predicate<T> isMessage, string hint)
    {
        if (!isMessage(received)) Fail($"Failed: {received} is not what was expected", hint);
        return received;
    }
}
