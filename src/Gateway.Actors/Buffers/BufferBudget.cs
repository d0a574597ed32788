namespace Gateway.Actors.Buffers;

/// <summary>The bytes that the buffers of all sessions of a node hold, and may hold. Thread-safe.</summary>
/// <remarks>
/// A session always gets the little it cannot do without (<see cref="Take"/>). What would only make it faster it asks for
/// (<see cref="TryTake"/>); when the node has no more, it goes on with what it has. So nobody fails, and nobody waits for
/// another session.
/// </remarks>
public sealed class BufferBudget(long limit)
{
    private long _used;
    private long _most;

    public long Limit { get; } = limit;

    public long Used => Volatile.Read(ref _used);

    /// <summary>The most that was used at once.</summary>
    public long Most => Volatile.Read(ref _most);

    public bool IsSpent => Used >= Limit;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) is var used && used <= Limit)
        {
            Note(used);
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Take(long bytes) => Note(Interlocked.Add(ref _used, bytes));

    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);

    private void Note(long used)
    {
        for (var most = Most; used > most; most = Most)
            if (Interlocked.CompareExchange(ref _most, used, most) == most) return;
    }
}
