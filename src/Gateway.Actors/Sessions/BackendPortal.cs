using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Session;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>A bound statement, perhaps in the middle of its rows. Reused by its session after it is disposed.</summary>
internal sealed class BackendPortal(Action<BackendPortal> recycle) : Portal
{
    public Prepared Prepared { get; set; } = null!;

    public string Name { get; set; } = "";

    /// <summary>For pg_cursors: the text it was declared in, when, and how; null for a portal that is not shown there.</summary>
    public (string Text, long At, bool Binary, bool Scroll)? Origin { get; set; }

    /// <summary>A cursor WITH HOLD: at the commit its remaining rows are kept here.</summary>
    public bool WithHold { get; set; }

    public override bool IsHoldable => WithHold && !IsDead;

    public ValueList Parameters { get; } = new();

    /// <summary>Null when no rows come back, or the session itself answers.</summary>
    public RowEncoder? Encoder { get; set; }

    /// <summary>The open cursor of a portal that has begun and not finished.</summary>
    public IExecution? Execution { get; set; }

    /// <summary>Everything was sent: running it again gives no rows.</summary>
    public bool IsFinished { get; set; }

    /// <summary>A row of it has gone to the client.</summary>
    public bool HasDelivered { get; set; }

    /// <summary>Its transaction is gone, and its cursor with it.</summary>
    public bool IsDead { get; set; }

    public override PreparedStatement Statement => Prepared;

    /// <summary>Reads what is left, so that the cursor outlives its transaction.</summary>
    /// <exception cref="Gateway.Types.PgException">54000 when that is too much to hold.</exception>
    public void Hold() => (Execution as CursorRows)?.Hold();

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
