using Akka.Util;

namespace Akka.Streams;

/// <summary>The way into a running stream.</summary>
public interface ISourceQueue<in T>
{
    Task<IQueueOfferResult> OfferAsync(T element);
    Task WatchCompletionAsync();
}

/// <summary>A queue that can end its stream.</summary>
public interface ISourceQueueWithComplete<in T> : ISourceQueue<T>
{
    void Complete();
    void Fail(Exception ex);
}

/// <summary>The way out of a running stream, element by element.</summary>
public interface ISinkQueue<T>
{
    Task<Option<T>> PullAsync();
}

/// <summary>What became of an offered element.</summary>
public interface IQueueOfferResult;

public sealed class QueueOfferResult
{
    public sealed class Enqueued : IQueueOfferResult
    {
        public static readonly Enqueued Instance = new();
    }

    public sealed class Dropped : IQueueOfferResult
    {
        public static readonly Dropped Instance = new();
    }

    public sealed class QueueClosed : IQueueOfferResult
    {
        public static readonly QueueClosed Instance = new();
    }

    public sealed class Failure(Exception cause) : IQueueOfferResult
    {
        public Exception Cause { get; } = cause;
    }
}
