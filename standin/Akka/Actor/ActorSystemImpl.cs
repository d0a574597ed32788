using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The actor system of this process.</summary>
internal sealed class ActorSystemImpl : ActorSystem
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _onTermination = [];
    private readonly TimerQueueScheduler _scheduler;
    private readonly DeadLetterRef _deadLetters;
    private readonly LocalActorRef _root;
    private readonly LocalActorRef _user;
    private readonly LocalActorRef _system;
    private Streams.ActorMaterializer _materializer;
    private long _uid;
    private int _finalTermination;

    public ActorSystemImpl(string name, Config config)
    {
        Name = name;
        Settings = new Settings(this, config);
        var root = new RootActorPath(new Address("akka", name));
        EventStream = new EventStream(Settings.Config.GetBoolean("akka.actor.debug.event-stream"));
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), SemanticLogMessageFormatter.Instance);
        _deadLetters = new DeadLetterRef(root / "deadLetters", EventStream);
        IgnoreRef = new IgnoringRef(root / "ignore");
        _scheduler = new TimerQueueScheduler(failure => Log.Error(failure, "A scheduled action failed"));
        Dispatchers = new Dispatchers(this);

        _root = new LocalActorRef(this, Props.Create(() => new RootGuardian()), Dispatchers.Internal, null, root);
        _root.Cell.Start();
        var user = Props.Create(() => new Guardian()).WithSupervisorStrategy(SupervisorStrategy.DefaultStrategy);
        _user = _root.Cell.AddChild(user, "user");
        _system = _root.Cell.AddChild(Props.Create(() => new Guardian()), "system");
        _root.Tell(new RootGuardian.Watched(_user, _system), null);
        Logging.StartLoggers(this, props => _system.Cell.AddChild(props.Item1, props.Item2));
        CoordinatedShutdown = new CoordinatedShutdown(this);
    }

    public override Settings Settings { get; }
    public override string Name { get; }
    public override EventStream EventStream { get; }
    public override IActorRef DeadLetters => _deadLetters;
    public override IActorRef IgnoreRef { get; }
    public override Dispatchers Dispatchers { get; }
    public override IScheduler Scheduler => _scheduler;
    public override ILoggingAdapter Log { get; }
    public override Task WhenTerminated => _terminated.Task;
    public CoordinatedShutdown CoordinatedShutdown { get; }

    /// <summary>Runs the streams that are given the system itself.</summary>
    public Streams.ActorMaterializer Materializer => LazyInitializer.EnsureInitialized(ref _materializer, () => Streams.ActorMaterializer.Create(this));

    public long NextUid() => Interlocked.Increment(ref _uid);

    public override IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);

    /// <summary>An actor outside /user, for the test kit.</summary>
    internal LocalActorRef SystemActorOf(Props props, string name) => _system.Cell.AddChild(props, name);

    public override void Stop(IActorRef actor) => (actor as IInternalActorRef)?.SendSystem(new TerminateSignal());

    public override void RegisterOnTermination(Action code)
    {
        lock (_onTermination)
        {
            if (_terminated.Task.IsCompleted) throw new InvalidOperationException("ActorSystem already terminated.");
            _onTermination.Push(code);
        }
    }

    public override Task Terminate()
    {
        if (Settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true)
            && Settings.Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true))
            _ = CoordinatedShutdown.Run(Actor.CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Ends the tree: first what users made, then what the system made.</summary>
    public Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _finalTermination, 1) == 0) Stop(_user);
        return WhenTerminated;
    }

    public void PublishDeadLetter(object message, IActorRef sender, IActorRef recipient) =>
        _deadLetters.Publish(message, sender, recipient);

    public void OnRootFailure(Exception cause)
    {
        Log.Error(cause, "The root guardian failed");
        FinalTerminate();
    }

    public void OnRootEnded()
    {
        while (true)
        {
            Action code;
            lock (_onTermination)
            {
                if (!_onTermination.TryPop(out code))
                {
                    // Not from the last actor's own thread: a dispatcher must not wait for itself.
                    ThreadPool.UnsafeQueueUserWorkItem(static system => system.Release(), this, preferLocal: false);
                    return;
                }
            }
            try
            {
                code();
            }
            catch (Exception failure)
            {
                Log.Error(failure, "A termination callback failed");
            }
        }
    }

    private void Release()
    {
        _scheduler.Dispose();
        Dispatchers.Dispose();
        CoordinatedShutdown.Dispose();
        _terminated.TrySetResult();
    }

    public override string ToString() => new RootActorPath(new Address("akka", Name)).ToString();
}
