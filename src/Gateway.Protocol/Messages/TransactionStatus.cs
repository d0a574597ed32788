namespace Gateway.Protocol.Messages;

/// <summary>The status byte of ReadyForQuery.</summary>
public enum TransactionStatus : byte
{
    Idle = (byte)'I',
    InBlock = (byte)'T',

    /// <summary>In a block in which a statement failed: everything is refused until it ends.</summary>
    Failed = (byte)'E',
}
