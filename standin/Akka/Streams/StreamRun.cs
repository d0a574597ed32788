using Akka.Actor;

namespace Akka.Streams;

/// <summary>One run of one stream: when it is aborted, and how its sink consumes.</summary>
internal sealed class StreamRun(CancellationToken aborted, IActorRef supervisor)
{
    /// <summary>Feeds every element to the action; the task ends as the stream ends.</summary>
    public Task<Done> ForEach<T>(IAsyncEnumerable<T> stream, Func<T, ValueTask> action) => Consume(stream, async guarded =>
    {
        await foreach (var element in guarded.ConfigureAwait(false)) await action(element).ConfigureAwait(false);
        return Done.Instance;
    });

    /// <summary>Consumes the stream on the thread pool, aborted with the materializer.</summary>
    public Task<TResult> Consume<T, TResult>(IAsyncEnumerable<T> stream, Func<IAsyncEnumerable<T>, Task<TResult>> consume)
    {
        var abort = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = aborted.UnsafeRegister(static state => ((TaskCompletionSource)state).TrySetResult(), abort);
        return Task.Run(async () =>
        {
            using (registration)
            {
                return await consume(Stages.Until(stream, abort.Task, () => new AbruptTerminationException(supervisor))).ConfigureAwait(false);
            }
        });
    }
}
