using Akka.Actor;

namespace Akka.Streams;

/// <summary>The materializer ended while the stream still ran.</summary>
public class AbruptTerminationException(IActorRef actor)
    : Exception("Processor actor terminated abruptly")
{
    public readonly IActorRef Actor = actor;
}

/// <summary>A buffer with the strategy Fail was full.</summary>
public class BufferOverflowException : Exception
{
    public BufferOverflowException(string message) : base(message)
    {
    }

    public BufferOverflowException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A stream ended without the element that was wanted.</summary>
public class NoSuchElementException(string message) : Exception(message);

/// <summary>The stream behind a queue has ended.</summary>
public class StreamDetachedException : Exception
{
    public static readonly StreamDetachedException Instance = new();

    public StreamDetachedException() : this("Stream is terminated. The operation is detached.")
    {
    }

    public StreamDetachedException(string message) : base(message)
    {
    }
}
