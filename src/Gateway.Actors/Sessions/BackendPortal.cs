using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Session;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>A bound statement, perhaps in the middle of its rows. Reused by its session after it is disposed.</summary>
internal sealed class BackendPortal(Action<BackendPortal> recycle) : Portal
{
    public Prepared Prepared { get; set; } = null!;

    public ValueList Parameters { get; } = new();

    /// <summary>Null when no rows come back, or the session itself answers.</summary>
    public RowEncoder? Encoder { get; set; }

    /// <summary>The open cursor of a portal that has begun and not finished.</summary>
    public IExecution? Execution { get; set; }

    /// <summary>Everything was sent: running it again gives no rows.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Its transaction is gone, and its cursor with it.</summary>
    public bool IsDead { get; set; }

    public override PreparedStatement Statement => Prepared;

    public void CloseCursor()
    {
        // Gone from here even when the rest of a statement that writes fails now.
        var execution = Execution;
        Execution = null;
        execution?.Dispose();
    }

    public override void Dispose()
    {
        try
        {
            CloseCursor();
        }
        finally
        {
            recycle(this);
        }
    }
}
