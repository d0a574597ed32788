using System.Text;
using Gateway.Actors.Statements;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>DECLARE, FETCH, MOVE and CLOSE. A cursor is a portal with a name, so that the protocol can use it as well.</summary>
internal sealed class Cursors(SessionState state, SessionOutput output, Session machine, SessionHost host)
{
    public static BackendPortal Find(Session machine, string name) =>
        machine.FindPortal(Encoding.UTF8.GetBytes(name)) as BackendPortal
        ?? throw new PgException(SqlStates.InvalidCursorName, $"cursor \"{name}\" does not exist");

    public async ValueTask Declare(DeclareCursor declare)
    {
        if (!state.Block.IsOpen)
            throw declare.WithHold
                ? PgException.Unsupported("DECLARE CURSOR WITH HOLD outside of a transaction block is not supported")
                : new PgException(SqlStates.NoActiveSqlTransaction, "DECLARE CURSOR can only be used in transaction blocks");
        if (declare.Scroll == true) throw PgException.Unsupported("SCROLL cursors are not supported");

        var query = new ParsedStatement(new QueryStatement(declare.Query) { Position = declare.Query.Position, Written = declare.Written });
        var prepared = host.Prepare(query, []);
        if (prepared.ParameterTypes.Count > 0)
            throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        var portal = host.NewPortal(prepared);
        portal.Name = declare.Name;
        portal.WithHold = declare.WithHold;
        var shape = prepared.Translation!.Result;
        portal.Encoder = declare.Binary ? shape.BinaryEncoder : shape.TextEncoder;
        machine.AddPortal(Encoding.UTF8.GetBytes(declare.Name), portal);

        // The cursor sees the data as it is now, not as it will be at the first FETCH.
        await host.Run.Open(portal, alone: false).ConfigureAwait(false);
    }

    public async ValueTask Fetch(FetchStatement fetch, bool describe)
    {
        var portal = Find(machine, fetch.Cursor);
        if (fetch is not { Direction: FetchDirection.Forward, Count: null or > 0 })
            throw fetch.Direction == FetchDirection.Backward || fetch.Count < 0
                ? new PgException(SqlStates.ObjectNotInPrerequisiteState, "cursor can only scan forward")
                {
                    Hint = "Declare it with SCROLL option to enable backward scan.",
                }
                : PgException.Unsupported("FETCH ABSOLUTE, RELATIVE and 0 are not supported");

        if (describe && !fetch.Move) output.Write(new RowDescription(portal.Encoder!.Fields));
        await host.Run.Open(portal, alone: false).ConfigureAwait(false);
        var rows = await host.Run.Deliver(portal, fetch.Count ?? 0, send: !fetch.Move).ConfigureAwait(false);
        output.Write(new CommandComplete(fetch.Move ? "MOVE" : "FETCH", rows));
    }

    public void Close(CloseCursor close)
    {
        if (close.Name is not { } name) machine.ClosePortals(holdableToo: true);
        else if (!machine.RemovePortal(Encoding.UTF8.GetBytes(name)))
            throw new PgException(SqlStates.InvalidCursorName, $"cursor \"{name}\" does not exist");
    }
}
