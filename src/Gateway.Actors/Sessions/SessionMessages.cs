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

/// <summary>The session's clock has something to look at after that time.</summary>
internal sealed record SetAlarm(TimeSpan After);

/// <summary>It is time to look at the session's clock.</summary>
internal sealed class Alarm
{
    public static readonly Alarm Instance = new();
}

/// <summary>A statement failed in a way that is no error of its client: to be logged.</summary>
internal sealed record StatementBroke(Exception Cause);

/// <summary>The conversation has come to its end, one way or the other.</summary>
internal sealed class ConversationOver
{
    public static readonly ConversationOver Instance = new();
}

/// <summary>The conversation failed in a way that was not foreseen: it is for the supervisor.</summary>
internal sealed record ConversationBroke(Exception Cause);
