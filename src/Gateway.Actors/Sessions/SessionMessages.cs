using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The client asks, from another connection, to stop what runs now. Answered with <see cref="Akka.Done"/>.</summary>
public sealed class CancelQuery
{
    public static readonly CancelQuery Instance = new();
}

/// <summary>The session is to end, telling its client why.</summary>
public sealed record EndSession(PgException Reason)
{
    public static EndSession ByAdministrator => new(
        new PgException(SqlStates.AdminShutdown, "terminating connection due to administrator command", Reach.Connection));
}

/// <summary>The socket is gone.</summary>
internal sealed class ClientGone
{
    public static readonly ClientGone Instance = new();
}

/// <summary>The pending read has a result.</summary>
internal sealed class InputReady
{
    public static readonly InputReady Instance = new();
}

/// <summary>The client has taken what it was sent.</summary>
internal sealed class OutputReady
{
    public static readonly OutputReady Instance = new();
}

/// <summary>What ran outside the mailbox has ended; the run itself holds its outcome.</summary>
internal sealed class RunEnded
{
    public static readonly RunEnded Instance = new();
}

/// <summary>statement_timeout has passed for the run with that number.</summary>
internal sealed record StatementTimeout(long Run);
