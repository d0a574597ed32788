namespace Akka.Actor;

/// <summary>Stopping an actor and waiting until it has ended.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True when the actor has ended in time.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var promise = new PromiseRef<Terminated>(target.Path.Root);
        var inner = (IInternalActorRef)target;
        inner.SendSystem(new WatchSignal(promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await promise.Result.WaitAsync(timeout).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            inner.SendSystem(new UnwatchSignal(promise));
            return false;
        }
    }
}
