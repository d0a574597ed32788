using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its configuration, event stream and scheduler.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();

    private protected ActorSystem()
    {
    }

    public abstract Settings Settings { get; }
    public abstract string Name { get; }
    public abstract EventStream EventStream { get; }
    public abstract IActorRef DeadLetters { get; }
    public abstract IActorRef IgnoreRef { get; }
    public abstract Dispatchers Dispatchers { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract ILoggingAdapter Log { get; }
    public abstract Task WhenTerminated { get; }
    public TimeSpan Uptime => System.Diagnostics.Stopwatch.GetElapsedTime(_started);

    public static ActorSystem Create(string name) => Create(name, ConfigurationFactory.Load());

    public static ActorSystem Create(string name, Config config)
    {
        if (string.IsNullOrEmpty(name) || !System.Text.RegularExpressions.Regex.IsMatch(name, "^[a-zA-Z0-9][a-zA-Z0-9-]*$"))
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-').", nameof(name));
        return new ActorSystemImpl(name, config);
    }

    public abstract IActorRef ActorOf(Props props, string name = null);
    public abstract void Stop(IActorRef actor);
    public abstract Task Terminate();
    public abstract void RegisterOnTermination(Action code);

    public void Dispose()
    {
        Terminate().Wait(TimeSpan.FromSeconds(5));
        GC.SuppressFinalize(this);
    }
}

/// <summary>What a system was configured with.</summary>
public class Settings
{
    internal Settings(ActorSystem system, Config config)
    {
        System = system;
        Config = config.WithFallback(ConfigurationFactory.Default());
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        Loggers = Config.GetStringList("akka.loggers");
        LogDeadLetters = Config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => Config.GetInt("akka.log-dead-letters"),
        };
    }

    public ActorSystem System { get; }
    public Config Config { get; }
    public TimeSpan AskTimeout { get; }
    public string LogLevel { get; }
    public string StdoutLogLevel { get; }
    public IList<string> Loggers { get; }
    public int LogDeadLetters { get; }
    public override string ToString() => Config.ToString();
}
