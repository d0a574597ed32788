using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Decides on which threads actors take their turns.</summary>
public abstract class MessageDispatcher : IDisposable
{
    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = throughput;
    }

    public string Id { get; }

    /// <summary>How many messages one turn takes at most.</summary>
    public int Throughput { get; }

    /// <summary>Runs an action on one of the dispatcher's threads.</summary>
    public abstract void Schedule(Action run);

    internal abstract void Execute(Mailbox mailbox, bool yield);

    /// <summary>An actor begins to live here.</summary>
    internal virtual void Occupy()
    {
    }

    /// <summary>An actor that lived here has ended.</summary>
    internal virtual void Release()
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>Turns on the .NET thread pool.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    public override void Schedule(Action run) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), run, preferLocal: false);

    // A woken actor runs on the waker's core; one that used up its turn goes behind everyone else.
    internal override void Execute(Mailbox mailbox, bool yield) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: !yield);
}

/// <summary>Turns on threads of its own, so that blocking there starves nobody else.</summary>
internal sealed class DedicatedThreadsDispatcher(string id, int throughput, int threads) : MessageDispatcher(id, throughput)
{
    private readonly DedicatedThreadPool _pool = new(id, threads);

    public override void Schedule(Action run) => _pool.Queue(new ActionItem(run));
    internal override void Execute(Mailbox mailbox, bool yield) => _pool.Queue(mailbox);

    public override void Dispose()
    {
        _pool.Dispose();
        base.Dispose();
    }
}

/// <summary>One thread for one actor; it ends with the actor.</summary>
internal sealed class PinnedDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    private readonly DedicatedThreadPool _pool = new(id, 1);

    public override void Schedule(Action run) => _pool.Queue(new ActionItem(run));
    internal override void Execute(Mailbox mailbox, bool yield) => _pool.Queue(mailbox);
    internal override void Release() => _pool.Dispose();
}

internal sealed class ActionItem(Action run) : IThreadPoolWorkItem
{
    public void Execute() => run();
}
