namespace Gateway.Protocol.Session;

/// <summary>A statement with its parameters, ready to run or suspended in the middle. Disposing it closes its cursor.</summary>
public abstract class Portal : IDisposable
{
    public abstract PreparedStatement Statement { get; }

    /// <summary>Lives on after its transaction (a cursor WITH HOLD).</summary>
    public virtual bool IsHoldable => false;

    public abstract void Dispose();
}
