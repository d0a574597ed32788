using Akka.Streams.Dsl;

namespace Akka.Streams;

/// <summary>Ends a stream from outside.</summary>
public interface IKillSwitch
{
    void Shutdown();
    void Abort(Exception cause);
}

/// <summary>Kill switches as flows.</summary>
public static class KillSwitches
{
    public static SharedKillSwitch Shared(string name) => new(name);

    public static IGraph<FlowShape<T, T>, UniqueKillSwitch> Single<T>() => new Flow<T, T, UniqueKillSwitch>((_, stream) =>
    {
        var killed = new KillSignal();
        return (Stages.Until(stream, killed.Task, () => killed.Cause), new UniqueKillSwitch(killed));
    });

    public static IGraph<FlowShape<T, T>, NotUsed> AsFlow<T>(this CancellationToken cancellationToken, bool cancelGracefully = false) =>
        new Flow<T, T, NotUsed>((_, stream) =>
        {
            var killed = new KillSignal();
            cancellationToken.Register(() => killed.Set(cancelGracefully ? null : new OperationCanceledException(cancellationToken)));
            return (Stages.Until(stream, killed.Task, () => killed.Cause), NotUsed.Instance);
        });
}

/// <summary>Set once, with or without a failure.</summary>
internal sealed class KillSignal
{
    private readonly TaskCompletionSource<Exception> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _source.Task;
    public Exception Cause => _source.Task.Result;
    public void Set(Exception cause) => _source.TrySetResult(cause);
}

/// <summary>Ends the one stream it was made for.</summary>
public sealed class UniqueKillSwitch : IKillSwitch
{
    private readonly KillSignal _signal;

    internal UniqueKillSwitch(KillSignal signal) => _signal = signal;

    public void Shutdown() => _signal.Set(null);
    public void Abort(Exception cause) => _signal.Set(cause);
    public override string ToString() => "UniqueKillSwitch";
}

/// <summary>Ends every stream that flows through it, now and later.</summary>
public sealed class SharedKillSwitch : IKillSwitch
{
    private readonly KillSignal _signal = new();
    private readonly string _name;

    internal SharedKillSwitch(string name) => _name = name;

    public void Shutdown() => _signal.Set(null);
    public void Abort(Exception cause) => _signal.Set(cause);

    public IGraph<FlowShape<T, T>, SharedKillSwitch> Flow<T>() => new Flow<T, T, SharedKillSwitch>((_, stream) =>
        (Stages.Until(stream, _signal.Task, () => _signal.Cause), this));

    public override string ToString() => $"SharedKillSwitch({_name})";
}
