using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Keeps the test actor the implicit sender, on whichever thread a test goes on after an await.</summary>
internal sealed class CellKeepingContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object state) => ThreadPool.UnsafeQueueUserWorkItem(_ =>
    {
        var (outerCell, outerContext) = (ActorCell.Current, Current);
        ActorCell.Current = cell;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            ActorCell.Current = outerCell;
            SetSynchronizationContext(outerContext);
        }
    }, null);

    public override void Send(SendOrPostCallback d, object state)
    {
        using var done = new ManualResetEventSlim();
        Post(inner =>
        {
            try
            {
                d(inner);
            }
            finally
            {
                done.Set();
            }
        }, state);
        done.Wait();
    }

    public override SynchronizationContext CreateCopy() => this;
}
