namespace Akka.Actor;

/// <summary>A reference that takes one answer and completes a task with it.</summary>
internal sealed class PromiseRef<T>(ActorPath root) : ActorRefBase, IInternalActorRef
{
    private static long s_count;

    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath _path;
    private Timer _timer;
    private CancellationTokenRegistration _cancellation;

    // The path is only made for those who look at it.
    public override ActorPath Path =>
        _path ?? Interlocked.CompareExchange(ref _path, root / "temp" / ("$" + Interlocked.Increment(ref s_count)), null) ?? _path;

    public Task<T> Result => _result.Task;

    public void Limit(TimeSpan timeout, CancellationToken cancellationToken, ICanTell target)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            _timer = new Timer(
                _ => Fail(new AskTimeoutException($"Timeout after {timeout} seconds waiting for an answer from {target}")),
                null, timeout, Timeout.InfiniteTimeSpan);
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.Register(() =>
            {
                if (_result.TrySetCanceled(cancellationToken)) Release();
            });
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case Status.Failure failure:
                Fail(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                return;
            case T answer:
                if (_result.TrySetResult(answer)) Release();
                return;
            default:
                Fail(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                return;
        }
    }

    public void SendSystem(SystemMessage signal)
    {
        if (signal is DeathNotice notice) Tell(new Terminated(notice.Dead, existenceConfirmed: true, addressTerminated: false), notice.Dead);
        else signal.AnswerForTheDead(this, existed: false);
    }

    private void Fail(Exception cause)
    {
        if (_result.TrySetException(cause)) Release();
    }

    private void Release()
    {
        _timer?.Dispose();
        _cancellation.Dispose();
    }
}
