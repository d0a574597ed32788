namespace Gateway.Actors.Pools;

public enum PoolMove
{
    /// <summary>Nobody waits.</summary>
    Rest,

    /// <summary>Give an idle connection to the first waiter.</summary>
    Lend,

    /// <summary>Open another connection.</summary>
    Open,

    /// <summary>Every connection is out: the first waiter gets the first that comes back.</summary>
    Wait,
}

/// <summary>A pool at one moment, and what it should do next.</summary>
public sealed record PoolView(int Idle, int Busy, int Opening, int Waiting, int Max)
{
    // Opening is slow on some backends and a burst of clients must not become a burst of logins.
    public const int MaxOpening = 2;

    public PoolMove Next() => this switch
    {
        { Waiting: 0 } => PoolMove.Rest,
        { Idle: > 0 } => PoolMove.Lend,
        { Opening: < MaxOpening } when Opening < Waiting && Idle + Busy + Opening < Max => PoolMove.Open,
        _ => PoolMove.Wait,
    };
}
