using System.Diagnostics;

namespace Akka.Actor;

/// <summary>At most so many restarts, counted for ever or within a sliding window.</summary>
internal readonly record struct RestartLimit(int MaxRetries, int WithinMilliseconds)
{
    public static RestartLimit Of(int? maxRetries, TimeSpan? within) =>
        new(maxRetries ?? -1, within is { } span && span != Timeout.InfiniteTimeSpan ? (int)span.TotalMilliseconds : -1);

    /// <summary>Counts one more restart of the child and says whether it is allowed.</summary>
    public bool Allows(ActorCell child)
    {
        if (MaxRetries < 0 && WithinMilliseconds <= 0) return true;
        if (MaxRetries == 0) return false;
        if (WithinMilliseconds <= 0) return ++child.RestartCount <= MaxRetries;

        var limit = MaxRetries < 0 ? 1 : MaxRetries;
        var now = Stopwatch.GetTimestamp();
        if (child.RestartWindowStart == 0) child.RestartWindowStart = now;
        if (Stopwatch.GetElapsedTime(child.RestartWindowStart, now).TotalMilliseconds <= WithinMilliseconds)
            return ++child.RestartCount <= limit;
        child.RestartCount = 1;
        child.RestartWindowStart = now;
        return true;
    }
}
