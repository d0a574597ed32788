namespace Gateway.Protocol.Session;

/// <summary>What a session is doing between two messages of its client.</summary>
public enum Phase
{
    /// <summary>The next message may be handled.</summary>
    Ready,

    /// <summary>After an error in the extended protocol: everything up to Sync is discarded.</summary>
    Skipping,

    /// <summary>A simple query is running.</summary>
    Querying,

    /// <summary>An Execute is running.</summary>
    Executing,

    /// <summary>A query or an Execute waits for what its client copies in.</summary>
    CopyingIn,

    /// <summary>The batch is being ended: the implicit transaction is committed or rolled back.</summary>
    Ending,

    /// <summary>Nothing more is read.</summary>
    Closed,
}
