using System.Collections.Immutable;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>An instance of a route with the connections to it.</summary>
public sealed record RouteMember(IInstance Instance, InstanceHealth Health, Pool Pool)
{
    public Candidate Now(long ticks)
    {
        var condition = Health.Now;
        return new Candidate(Instance.Role, condition.State, Instance.Weight, Pool.Load, !condition.Breaker.MayProbe(ticks));
    }
}

/// <summary>A route as it is now; replaced as a whole when its configuration changes.</summary>
public sealed record RouteState(IBackend Backend, RouteOptions Options, ImmutableArray<RouteMember> Members);

/// <summary>One database for its sessions, with one login: the instances, how they are, the pools. Thread-safe.</summary>
/// <remarks>Kept up to date by the <see cref="RouterActor"/>; sessions choose by it without asking.</remarks>
public sealed class Route(string database, Login? login, RouteState state)
{
    private volatile RouteState _state = state;

    public string Database { get; } = database;

    public Login? Login { get; } = login;

    public RouteState State
    {
        get => _state;
        internal set => _state = value;
    }

    public IBackend Backend => _state.Backend;

    /// <summary>How many sessions are in it, and when that last changed, in ticks of <see cref="Environment.TickCount64"/>. The router's.</summary>
    internal int Sessions { get; set; }

    internal long LastSeen { get; set; }

    /// <summary>Logs in once, to see whether the login is right.</summary>
    /// <exception cref="PgException">28P01, 28000 from the instance; 08001 when none answers.</exception>
    public async Task Verify(CancellationToken deadline)
    {
        var at = State;
        var tried = 0UL;
        PgException? failure = null;
        while (true)
        {
            var choice = Choose(at, Need.Read, tried);
            if (choice.Index < 0) throw failure!;
            var pool = at.Members[choice.Index].Pool;
            if (pool.TryRent() is { } idle)
            {
                pool.Return(idle);
                return;
            }

            var request = pool.Request();
            try
            {
                pool.Return(await request.Granted.WaitAsync(deadline).ConfigureAwait(false));
                return;
            }
            catch (OperationCanceledException)
            {
                request.GiveUp(new PgException(SqlStates.QueryCanceled, "the client did not wait"));
                throw;
            }
            catch (PgException error) when (error.SqlState is SqlStates.UnableToConnect or SqlStates.ConnectionFailure or SqlStates.CannotConnectNow)
            {
                failure = error;
                tried |= 1UL << choice.Index;
            }
        }
    }

    /// <param name="tried">Instances not to choose, as bits by their place in <paramref name="members"/>.</param>
    public static Choice Choose(RouteState state, Need need, ulong tried = 0)
    {
        var members = state.Members;
        if (members.Length == 1 && tried == 0) return new Choice(0, "the only instance");
        var now = Environment.TickCount64 * TimeSpan.TicksPerMillisecond;
        Span<Candidate> candidates = stackalloc Candidate[members.Length];
        for (var i = 0; i < members.Length; i++) candidates[i] = members[i].Now(now);
        return RoutePolicy.Choose(need, state.Options.SplitReads, candidates, tried);
    }
}
