using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Gateway.Actors;
using Gateway.Actors.Buffers;
using Gateway.Actors.Pools;
using Gateway.Actors.Routing;
using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Backends.Drivers;
using Gateway.Node.Configuration;
using Gateway.Node.Databases;
using Gateway.Node.FrontDoor;
using Gateway.Node.Sample;

namespace Gateway.Node;

/// <summary>One running node: engine, actors, listener. Disposing it lets the sessions go and closes everything in order.</summary>
public sealed class GatewayNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IDatabases _databases;
    private readonly GatewaySystem _gateway;
    private readonly Listener _listener;

    internal Akka.Actor.ActorSystem System => _gateway.System;

    private GatewayNode(IDatabases databases, GatewaySystem gateway, Listener listener)
    {
        _databases = databases;
        _gateway = gateway;
        _listener = listener;
    }

    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>What the buffers of its sessions hold.</summary>
    public BufferBudget Buffers => _gateway.Services.Buffers.Node;

    /// <summary>The pools there are now, and what they hold.</summary>
    public async Task<ImmutableArray<PoolStatus>> Pools() =>
        (await _gateway.Router.Ask<PoolsShown>(ShowPools.Instance, Patience).ConfigureAwait(false)).Pools;

    /// <summary>What pg_reload_conf() starts; null where there is nothing to read again.</summary>
    public Action? Reloading
    {
        get => _gateway.Services.Directory.Reloading;
        set => _gateway.Services.Directory.Reloading = value;
    }

    public IReadOnlyList<string> Databases => _databases.Names;

    /// <exception cref="IOException">The address is in use, or the data directory cannot be used.</exception>
    public static Task<GatewayNode> Start(NodeOptions options)
    {
        var embedded = options.Embedded ? OpenEmbedded(options) : null;
        return Start(options, new RoutedDatabases(options.Routing, embedded, ProviderBinding.In(options.Drivers)));
    }

    private static EmbeddedDatabases OpenEmbedded(NodeOptions options)
    {
        var databases = new EmbeddedDatabases(new EmbeddedOptions
        {
            DataDirectory = Path.GetFullPath(options.DataDirectory),
            Route = new RouteOptions { Pool = new PoolOptions { Size = options.PoolSize } },
            Synchronous = options.Synchronous == "full" ? Synchronous.Full : Synchronous.Normal,
        });
        if (databases.Names.Count == 0)
        {
            if (options.SampleData) HospitalSample.CreateIn(databases);
            databases.Create("scratch");
        }

        return databases;
    }

    /// <summary>A node for databases that somebody else has made; it disposes them.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<GatewayNode> Start(NodeOptions options, IDatabases databases)
    {
        // Statements of the embedded engine hold their thread. The pool would add threads for them far too slowly, and mailboxes,
        // cancels among them, would wait that long.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * options.PoolSize + 2 * Environment.ProcessorCount), ports);

        var tls = Tls.Load(options.Tls);
        var gateway = new GatewaySystem(
            options.Akka, databases, options.StatementCache,
            new BufferLimits(new BufferBudget(options.NodeBuffers), options.CopyBuffer, options.OutputBuffer));
        try
        {
            return new GatewayNode(databases, gateway, await Listener.Bind(options, new FrontDoor.FrontDoor(options, gateway, tls)).ConfigureAwait(false));
        }
        catch (SocketException error)
        {
            await gateway.System.Terminate().ConfigureAwait(false);
            (databases as IDisposable)?.Dispose();
            throw new IOException($"cannot listen on {options.Listen}: {error.Message}", error);
        }
    }

    /// <summary>Reads the configuration again and takes its routes; everything else needs a restart.</summary>
    /// <exception cref="Akka.Configuration.ConfigurationException">The file, or something it names, will not do: nothing has changed. The message names file and line.</exception>
    public void Reload(string? file, string overrides) =>
        ConfigurationFiles.WithLine(file, () =>
        {
            Reload(NodeOptions.Read(ConfigurationFiles.Load(file, overrides)));
            return true;
        });

    /// <summary>Takes the routes of a configuration.</summary>
    public void Reload(NodeOptions options)
    {
        if (_databases is not RoutedDatabases routed) return;
        routed.Update(options.Routing);
        _gateway.Router.Tell(Reroute.Instance, ActorRefs.NoSender);
    }

    public async ValueTask DisposeAsync()
    {
        var shutdown = CoordinatedShutdown.Get(_gateway.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "listener", async () =>
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
            return Akka.Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "sessions", async () =>
        {
            await _gateway.EndSessions(Patience).ConfigureAwait(false);
            await _listener.HangUp().ConfigureAwait(false);
            return Akka.Done.Instance;
        });
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
        (_databases as IDisposable)?.Dispose();
    }
}
