using System.Linq.Expressions;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>A test actor with an actor system, and what can be expected of both.</summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int s_count;

    private readonly TestQueue _queue = new();
    private readonly bool _ownsSystem;
    private Received _last;
    private DateTime? _end;

    private protected TestKitBase(ActorSystem system, Config config, string systemName, string testActorName, bool implicitSender)
    {
        _ownsSystem = system is null;
        Sys = system ?? ActorSystem.Create(systemName ?? "test", (config ?? Config.Empty).WithFallback(DefaultConfig));
        TestKitSettings = new TestKitSettings(Sys.Settings.Config);
        var queue = _queue;
        var name = (testActorName ?? "testActor") + Interlocked.Increment(ref s_count);
        TestActor = ((ActorSystemImpl)Sys).SystemActorOf(Props.Create(() => new TestActor(queue)), name);
        if (!implicitSender) return;
        var cell = ((LocalActorRef)TestActor).Cell;
        ActorCell.Current = cell;
        SynchronizationContext.SetSynchronizationContext(new CellKeepingContext(cell));
    }

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.log-dead-letters = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        akka.test { timefactor = 1.0, single-expect-default = 3s, expect-no-message-default = 100ms, default-timeout = 5s }
        """);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("akka.loglevel = DEBUG");

    public ActorSystem Sys { get; }
    public IActorRef TestActor { get; }
    public TestKitSettings TestKitSettings { get; }
    public ILoggingAdapter Log => Logging.GetLogger(Sys, GetType());
    public object LastMessage => _last.Message;
    public IActorRef LastSender => _last.Sender;
    public bool HasMessages => _queue.HasAny;
    public static TimeSpan Now => TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    public TimeSpan Remaining => _end is { } end
        ? Positive(end - DateTime.UtcNow)
        : throw new InvalidOperationException(@"Remaining may not be called outside of ""within""");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - DateTime.UtcNow) : duration;
    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is { } given ? Dilated(given) : RemainingOrDefault;
    public TimeSpan Dilated(TimeSpan duration) => duration * TestKitSettings.TestTimeFactor;
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.DefaultTimeout;

    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);
    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);
    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());
    public IActorRef ActorOf<TActor>(string name) where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    public virtual TestProbe CreateTestProbe(string name = null) => new(Sys, name);
    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, name);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Ask<TestActor.WatchCommand>(new TestActor.WatchCommand(actorToWatch), TestKitSettings.DefaultTimeout).GetAwaiter().GetResult();
        return actorToWatch;
    }

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await TestActor.Ask<TestActor.WatchCommand>(new TestActor.WatchCommand(actorToWatch), TestKitSettings.DefaultTimeout);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Ask<TestActor.UnwatchCommand>(new TestActor.UnwatchCommand(actorToUnwatch), TestKitSettings.DefaultTimeout).GetAwaiter().GetResult();
        return actorToUnwatch;
    }

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.IgnoreCommand(shouldIgnoreMessage), ActorRefs.NoSender);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(static message => message is TMsg);
    public void IgnoreNoMessages() => IgnoreMessages(null);

    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var ended = Task.Run(system.Terminate).Wait(duration ?? TimeSpan.FromSeconds(10));
        if (!ended && verifySystemShutdown) Fail($"Failed to stop [{system.Name}]");
    }

    private protected bool OwnsSystem => _ownsSystem;

    private protected static void Fail(string message, string hint = null) =>
        throw new Xunit.Sdk.XunitException(string.IsNullOrEmpty(hint) ? message : $"{message} ({hint})");

    private static TimeSpan Positive(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
}
