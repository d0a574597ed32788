namespace Gateway.Actors.Pools;

public enum InstanceMove
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Enough logins are on their way.</summary>
    WaitForLogins,

    /// <summary>Only when another pool closes a connection.</summary>
    MakeRoom,
}

/// <summary>The connections of all pools to one instance at one moment, and what a pool that wants another should do.</summary>
/// <param name="Open">Those being opened among them.</param>
/// <param name="Max">0 for no limit.</param>
public readonly record struct InstanceView(int Open, int Opening, int Max)
{
    // Opening is slow on some backends and a burst of clients must not become a burst of logins.
    public const int MaxOpening = 2;

    public bool IsFull => Max > 0 && Open >= Max;

    public InstanceMove Next() => this switch
    {
        { Opening: >= MaxOpening } => InstanceMove.WaitForLogins,
        { IsFull: true } => InstanceMove.MakeRoom,
        _ => InstanceMove.Open,
    };
}
