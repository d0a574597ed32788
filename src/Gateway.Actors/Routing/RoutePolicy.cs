using Gateway.Backends;

namespace Gateway.Actors.Routing;

/// <summary>What a statement, or the transaction it begins, needs of its instance.</summary>
public enum Need
{
    /// <summary>It may write.</summary>
    Write,

    /// <summary>It is known not to.</summary>
    Read,

    /// <summary>It asks for a replica, whether the route splits reads or not.</summary>
    Replica,

    /// <summary>It asks for an instance set aside for reports.</summary>
    Report,
}

/// <summary>An instance at the moment of a choice.</summary>
/// <param name="Load">Connections lent plus sessions that wait.</param>
public readonly record struct Candidate(InstanceRole Role, InstanceState State, int Weight, int Load, bool IsOut);

/// <param name="Index">-1 when there is none.</param>
/// <param name="Why">One phrase for <c>SHOW gateway.last_target</c>.</param>
/// <param name="IsDoubtful">It is banned or cannot do what is needed: the last thing to try.</param>
public readonly record struct Choice(int Index, string Why, bool IsDoubtful = false);

/// <summary>Which instance gets a transaction. No state: the same question has the same answer.</summary>
public static class RoutePolicy
{
    /// <param name="tried">Instances that have failed this statement already, as bits by index.</param>
    public static Choice Choose(Need need, bool splitReads, ReadOnlySpan<Candidate> candidates, ulong tried = 0)
    {
        // One instance leaves nothing to choose, and no ban ever leaves nothing at all.
        if (candidates.Length == 1) return tried == 0 ? new Choice(0, "the only instance") : new Choice(-1, "every instance has failed");
        var any = need switch
        {
            Need.Report => Best(candidates, tried, static c => c.Role == InstanceRole.Reporting, "reporting"),
            Need.Read when splitReads => Best(candidates, tried, IsReplica, "read, replica"),
            Need.Replica => Best(candidates, tried, IsReplica, "replica asked for"),
            _ => null,
        };
        return any
            ?? Best(candidates, tried, static c => c.Role == InstanceRole.Primary && c.State == InstanceState.Writable, "primary")
            ?? Best(candidates, tried, static c => c.Role != InstanceRole.Reporting && c.State == InstanceState.Writable, "replica that has become the primary")
            ?? (need == Need.Write ? null : Best(candidates, tried, IsReplica, "read, no primary answers"))
            ?? LastResort(candidates, tried);

        static bool IsReplica(Candidate c) => c.Role == InstanceRole.Replica || (c.Role == InstanceRole.Primary && c.State == InstanceState.ReadOnly);
    }

    /// <summary>The least load for its weight; the first of equals.</summary>
    private static Choice? Best(ReadOnlySpan<Candidate> candidates, ulong tried, Func<Candidate, bool> fits, string why)
    {
        var best = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            ref readonly var c = ref candidates[i];
            if (c.IsOut || (tried & (1UL << i)) != 0 || !fits(c)) continue;
            if (best < 0 || (long)c.Load * candidates[best].Weight < (long)candidates[best].Load * c.Weight) best = i;
        }

        return best < 0 ? null : new Choice(best, why);
    }

    /// <summary>All that fit are banned: the first that is not tried yet, because a wrong ban must not be an outage.</summary>
    private static Choice LastResort(ReadOnlySpan<Candidate> candidates, ulong tried)
    {
        for (var i = 0; i < candidates.Length; i++)
            if ((tried & (1UL << i)) == 0 && candidates[i].Role != InstanceRole.Reporting) return new Choice(i, "no instance is fit, tried anyway", IsDoubtful: true);
        return new Choice(-1, "every instance has failed");
    }
}
