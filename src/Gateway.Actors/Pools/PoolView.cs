namespace Gateway.Actors.Pools;

public enum PoolMove
{
    /// <summary>Nobody waits.</summary>
    Rest,

    /// <summary>Give an idle connection to the first waiter.</summary>
    Lend,

    /// <summary>Ask an idle connection whether it still lives.</summary>
    Check,

    /// <summary>Open another connection, if the instance lets us.</summary>
    Open,

    /// <summary>Every connection is out: the first waiter gets the first that comes back.</summary>
    Wait,
}

/// <summary>A pool at one moment, and what it should do next.</summary>
/// <param name="Busy">With a session, or asked whether they live.</param>
/// <param name="Coming">Being opened or asked: each is for one who waits.</param>
public sealed record PoolView(int Idle, int Busy, int Opening, int Coming, int Waiting, int Max)
{
    /// <summary>Those that are idle have been so for long, and must be checked before they are lent.</summary>
    public bool IdleAreStale { get; init; }

    /// <summary>Connections to have, asked for or not.</summary>
    public int Least { get; init; }

    private int Total => Idle + Busy + Opening;

    public PoolMove Next() => this switch
    {
        { Waiting: 0 } => Total < Math.Min(Least, Max) ? PoolMove.Open : PoolMove.Rest,
        { Idle: > 0, IdleAreStale: false } => PoolMove.Lend,
        { Idle: > 0 } when Coming < Waiting => PoolMove.Check,
        { } when Coming < Waiting && Total < Max => PoolMove.Open,
        _ => PoolMove.Wait,
    };
}
