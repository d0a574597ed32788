namespace Gateway.Actors.Routing;

/// <summary>Whether something that fails is to be asked again: a value that says what follows from a success or a failure.</summary>
/// <param name="Failures">In a row.</param>
/// <param name="Until">While it is open: when the next probe may go, in ticks of the clock that is given to <see cref="Failed"/>.</param>
public sealed record Breaker(int Failures, long Until)
{
    public static Breaker Closed { get; } = new(0, 0);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public bool IsOpen => Until > 0;

    /// <summary>Half-open: one probe may go.</summary>
    public bool MayProbe(long now) => !IsOpen || now >= Until;

    /// <summary>Each failed probe doubles the pause, up to half a minute.</summary>
    public Breaker Failed(long now)
    {
        var pause = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(Failures, 6)));
        return new Breaker(Failures + 1, now + pause.Ticks);
    }
}
