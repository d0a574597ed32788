using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by their path in the configuration.</summary>
public sealed class Dispatchers : IDisposable
{
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public static readonly string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcher>> _known = new();
    private readonly ActorSystem _system;

    internal Dispatchers(ActorSystem system)
    {
        _system = system;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
        Internal = Lookup(InternalDispatcherId);
    }

    public MessageDispatcher DefaultGlobalDispatcher { get; }
    internal MessageDispatcher Internal { get; }

    public bool HasDispatcher(string id) => _system.Settings.Config.HasPath(id);

    /// <summary>The dispatcher at this path; a pinned one is new for every call.</summary>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        if (IsPinned(dispatcherName)) return Make(dispatcherName);
        return _known.GetOrAdd(dispatcherName, id => new Lazy<MessageDispatcher>(() => Make(id))).Value;
    }

    internal MessageDispatcher LookupForActor(string dispatcherName, ActorPath parent, string name)
    {
        if (dispatcherName is null || dispatcherName == DefaultDispatcherId) return DefaultGlobalDispatcher;
        try
        {
            return Lookup(dispatcherName);
        }
        catch (ConfigurationException failure)
        {
            throw new ConfigurationException($"Configuration problem while creating {parent / (name ?? "$")} with dispatcher [{dispatcherName}]: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        foreach (var dispatcher in _known.Values)
            if (dispatcher.IsValueCreated) dispatcher.Value.Dispose();
    }

    private bool IsPinned(string id) => _system.Settings.Config.GetString(id + ".type") is "PinnedDispatcher";

    private MessageDispatcher Make(string id)
    {
        var all = _system.Settings.Config;
        if (!all.HasPath(id)) throw new ConfigurationException($"Dispatcher [{id}] not configured");
        var config = all.GetConfig(id).WithFallback(all.GetConfig(DefaultDispatcherId));
        var throughput = Math.Max(1, config.GetInt("throughput", 30));
        var dedicated = Math.Max(1, config.GetInt("dedicated-thread-pool.thread-count", Environment.ProcessorCount));
        return config.GetString("type", "Dispatcher") switch
        {
            "PinnedDispatcher" => new PinnedDispatcher(id, throughput),
            "ForkJoinDispatcher" => new DedicatedThreadsDispatcher(id, throughput, dedicated),
            "Dispatcher" when config.GetString("executor") == "fork-join-executor" =>
                new DedicatedThreadsDispatcher(id, throughput, config.HasPath("dedicated-thread-pool.thread-count") ? dedicated : Parallelism(config)),
            "Dispatcher" or "TaskDispatcher" => new ThreadPoolDispatcher(id, throughput),
            var type => throw new ConfigurationException($"Dispatcher [{id}] has the type [{type}]; known are Dispatcher, TaskDispatcher, ForkJoinDispatcher and PinnedDispatcher"),
        };
    }

    private static int Parallelism(Config config)
    {
        var least = config.GetInt("fork-join-executor.parallelism-min", 8);
        var most = config.GetInt("fork-join-executor.parallelism-max", 64);
        var factor = config.GetDouble("fork-join-executor.parallelism-factor", 1.0);
        return Math.Max(1, Math.Min(most, Math.Max(least, (int)Math.Ceiling(Environment.ProcessorCount * factor))));
    }
}
