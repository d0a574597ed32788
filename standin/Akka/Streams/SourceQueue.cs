namespace Akka.Streams;

/// <summary>The queue of Source.Queue.</summary>
internal sealed class SourceQueue<T>(StreamBuffer<T> buffer, OverflowStrategy strategy) : ISourceQueueWithComplete<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<IQueueOfferResult> OfferAsync(T element)
    {
        if (strategy == OverflowStrategy.Backpressure && buffer.IsOfferPending)
            throw new IllegalStateException("You have to wait for previous offer to be resolved to send another request.");
        return await buffer.Add(element).ConfigureAwait(false) switch
        {
            Offer.Taken => QueueOfferResult.Enqueued.Instance,
            Offer.Dropped => QueueOfferResult.Dropped.Instance,
            Offer.Closed => QueueOfferResult.QueueClosed.Instance,
            _ => new QueueOfferResult.Failure(buffer.Failure),
        };
    }

    public void Complete() => buffer.Complete();
    public void Fail(Exception ex) => buffer.Complete(ex);
    public Task WatchCompletionAsync() => _completion.Task;

    /// <summary>The elements, watched for how they end.</summary>
    public async IAsyncEnumerable<T> Elements([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            await foreach (var element in buffer.ReadAll(cancellation).ConfigureAwait(false)) yield return element;
        }
        finally
        {
            if (buffer.Failure is { } failure) _completion.TrySetException(failure);
            else _completion.TrySetResult();
        }
    }
}
