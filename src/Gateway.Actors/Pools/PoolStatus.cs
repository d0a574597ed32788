using System.Collections.Immutable;
using Gateway.Backends;

namespace Gateway.Actors.Pools;

/// <summary>A pool as its operator sees it.</summary>
/// <param name="User">The passed-through login, or null for the service account.</param>
/// <param name="LongestWait">Of those who wait now.</param>
/// <param name="Opened">Connections since the pool began, as is <paramref name="Closed"/>.</param>
/// <param name="Closed">In the order of <see cref="CloseReason"/>.</param>
public sealed record PoolStatus(
    string Database,
    string Instance,
    string? User,
    PoolMode Mode,
    int Idle,
    int Busy,
    int Opening,
    int Waiting,
    int Max,
    TimeSpan LongestWait,
    long Opened,
    ImmutableArray<long> Closed)
{
    public long ClosedBy(CloseReason reason) => Closed[(int)reason];
}

/// <summary>For the router: how are the pools? Answered with <see cref="PoolsShown"/>.</summary>
public sealed class ShowPools
{
    public static readonly ShowPools Instance = new();
}

public sealed record PoolsShown(ImmutableArray<PoolStatus> Pools);
