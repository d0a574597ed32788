namespace Akka.Actor;

/// <summary>What only some actors have.</summary>
internal sealed partial class ActorCell
{
    private ActorStash _stash;
    private TimerScheduler _timers;

    private ActorStash Stash => _stash ??= new ActorStash(this, Props.StashCapacity);
    private TimerScheduler Timers => _timers ??= new TimerScheduler(_self);
}
