using Akka.Actor;

namespace Akka.Tests;

/// <summary>An actor written where it is used.</summary>
public sealed class Script : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    public Script(Action<Script> configure) => configure(this);

    public ITimerScheduler Timers { get; set; } = null!;
    public IStash Stash { get; set; } = null!;

    public Action? Starting { get; set; }
    public Action? Stopping { get; set; }
    public Action<Exception, object>? Restarting { get; set; }
    public bool KeepsChildren { get; set; }
    public Action<Exception>? Restarted { get; set; }
    public SupervisorStrategy? Strategy { get; set; }

    public static IUntypedActorContext Here => Context;
    public new IActorRef Self => base.Self;
    public new IActorRef Sender => base.Sender;

    public void On<T>(Action<T> handler) => Receive(handler);
    public void On<T>(Predicate<T> when, Action<T> handler) => Receive(when, handler);
    public void OnWhile<T>(Func<T, bool> handler) => Receive(handler);
    public void OnAsync<T>(Func<T, Task> handler) => ReceiveAsync(handler);
    public void OnAny(Action<object> handler) => ReceiveAny(handler);
    public void Turn(Action configure) => Become(configure);
    public void TurnStacked(Action configure) => BecomeStacked(configure);
    public void TurnBack() => UnbecomeStacked();
    public IActorRef Child(Action<Script> configure, string? name = null) => Context.ActorOf(Props.Create(() => new Script(configure)), name);

    protected override void PreStart() => Starting?.Invoke();
    protected override void PostStop() => Stopping?.Invoke();

    protected override void PreRestart(Exception reason, object message)
    {
        Restarting?.Invoke(reason, message);
        if (!KeepsChildren) base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Restarted?.Invoke(reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();
}

/// <summary>Tests with actors written in place.</summary>
public abstract class Spec : TestKit.Xunit2.TestKit
{
    // The failures are meant; nobody wants to read them.
    private const string Quiet = "akka.loglevel = OFF\nakka.stdout-loglevel = OFF\n";

    protected Spec() : base(Quiet)
    {
    }

    protected Spec(string config) : base(Quiet + config)
    {
    }

    protected IActorRef Run(Action<Script> configure, string? name = null) => Sys.ActorOf(Props.Create(() => new Script(configure)), name);
    protected static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
