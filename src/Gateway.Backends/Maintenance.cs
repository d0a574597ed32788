namespace Gateway.Backends;

/// <summary>What VACUUM, ANALYZE, REINDEX and CHECKPOINT ask of a backend.</summary>
public enum Maintenance
{
    /// <summary>VACUUM: room of deleted rows becomes free for others.</summary>
    Vacuum,

    /// <summary>VACUUM FULL: it goes back to the disk.</summary>
    Compact,
    Analyze,
    Reindex,
    Checkpoint,
}
