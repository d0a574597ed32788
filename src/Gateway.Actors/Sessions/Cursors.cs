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
    // What a FETCH that is refused has not sent.
    private bool _describe;

    public static BackendPortal Find(Session machine, string name) =>
        machine.FindPortal(Encoding.UTF8.GetBytes(name)) is BackendPortal { IsDead: false } portal
            ? portal
            : throw new PgException(SqlStates.InvalidCursorName, $"cursor \"{name}\" does not exist");

    /// <summary>The query of a DECLARE as a statement of its own.</summary>
    public static ParsedStatement QueryOf(DeclareCursor declare) =>
        new(new QueryStatement(declare.Query) { Position = declare.Query.Position, Written = declare.Written });

    /// <param name="bound">The DECLARE itself when it came through the extended protocol: it has the parameters.</param>
    /// <param name="text">What the client sent.</param>
    public async ValueTask Declare(DeclareCursor declare, string text, BackendPortal? bound)
    {
        if (!state.Block.IsOpen && !declare.WithHold)
            throw new PgException(SqlStates.NoActiveSqlTransaction, "DECLARE CURSOR can only be used in transaction blocks");
        RefuseLocking(declare);

        var prepared = host.Prepare(QueryOf(declare), bound is null ? [] : [.. bound.Prepared.ParameterTypes]);
        if (prepared.ParameterTypes.Count > (bound?.Prepared.ParameterTypes.Count ?? 0))
            throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        var name = Encoding.UTF8.GetBytes(declare.Name);
        if (machine.FindPortal(name) is BackendPortal { IsDead: true }) machine.RemovePortal(name);
        var portal = host.NewPortal(prepared);
        portal.Name = declare.Name;
        portal.WithHold = declare.WithHold;
        portal.Origin = (text, state.StatementStart, declare.Binary, declare.Scroll != false);
        if (bound is not null) portal.Parameters.CopyFrom(bound.Parameters);
        var shape = prepared.Translation!.Result;
        portal.Encoder = declare.Binary ? shape.BinaryEncoder : shape.TextEncoder;
        machine.AddPortal(name, portal);

        // The cursor sees the data as it is now, not as it will be at the first FETCH.
        await host.Run.Open(portal, alone: false).ConfigureAwait(false);
        var rows = new CursorRows(portal.Execution!, prepared.Translation.Bound.Columns, declare.Scroll);
        portal.Execution = rows;
        if (!state.Block.IsOpen) rows.Hold();
    }

    /// <param name="bound">The FETCH itself when it came through the extended protocol: it says in which formats.</param>
    public async ValueTask Fetch(FetchStatement fetch, bool describe, BackendPortal? bound)
    {
        var portal = Find(machine, fetch.Cursor);
        var encoder = portal.Encoder;
        if (bound?.Encoder is { } asked) portal.Encoder = asked;
        try
        {
            _describe = describe && !fetch.Move;
            var rows = portal.Execution is CursorRows cursor
                ? await Travel(portal, cursor, fetch).ConfigureAwait(false)
                : await Straight(portal, fetch).ConfigureAwait(false);
            Describe(portal);
            output.Write(new CommandComplete(fetch.Move ? "MOVE" : "FETCH", rows));
        }
        finally
        {
            portal.Encoder = encoder;
        }
    }

    public void Close(CloseCursor close)
    {
        if (close.Name is not { } name)
        {
            machine.ClosePortals(holdableToo: true);
            return;
        }

        Find(machine, name);
        machine.RemovePortal(Encoding.UTF8.GetBytes(name));
    }

    private void Describe(BackendPortal portal)
    {
        if (!_describe) return;
        _describe = false;
        output.Write(new RowDescription(portal.Encoder!.Fields));
    }

    /// <summary>A portal of the protocol: forward only, as PostgreSQL's without SCROLL are declared to be.</summary>
    private async ValueTask<long> Straight(BackendPortal portal, FetchStatement fetch)
    {
        if (fetch is not { Direction: FetchDirection.Forward or FetchDirection.Relative, Count: null or > 0 })
            throw PgException.Unsupported("FETCH in other directions than forward is not supported for a portal of the protocol");
        await host.Run.Open(portal, alone: false).ConfigureAwait(false);
        Describe(portal);
        return await host.Run.Deliver(portal, fetch.Count ?? 0, send: !fetch.Move).ConfigureAwait(false);
    }

    /// <summary>The rules of PostgreSQL's PortalRunFetch, which its manual does not tell in full.</summary>
    private async ValueTask<long> Travel(BackendPortal portal, CursorRows cursor, FetchStatement fetch)
    {
        var send = !fetch.Move;
        var forward = fetch.Direction != FetchDirection.Backward;
        var count = fetch.Count;
        switch (fetch.Direction)
        {
            case FetchDirection.Absolute when count > 0:
                var position = cursor.Position + (cursor.AtEnd ? 1 : 0);
                if (count - 1 <= cursor.Position / 2)
                {
                    cursor.Rewind();
                    await Go(true, count - 1, false).ConfigureAwait(false);
                }
                else if (count <= position)
                {
                    await Go(false, position - count + 1, false).ConfigureAwait(false);
                }
                else
                {
                    await Go(true, count - position - 1, false).ConfigureAwait(false);
                }

                return await Go(true, 1, send).ConfigureAwait(false);

            case FetchDirection.Absolute when count < 0:
                await Go(true, null, false).ConfigureAwait(false);
                if (count < -1) await Go(false, -count - 1, false).ConfigureAwait(false);
                return await Go(false, 1, send).ConfigureAwait(false);

            case FetchDirection.Absolute:
                cursor.Rewind();
                return 0;

            case FetchDirection.Relative when count != 0:
                forward = count > 0;
                if (Math.Abs(count!.Value) > 1) await Go(forward, Math.Abs(count.Value) - 1, false).ConfigureAwait(false);
                return await Go(forward, 1, send).ConfigureAwait(false);
        }

        if (count < 0) (forward, count) = (!forward, -count);
        if (count == 0)
        {
            // The current row once more, if there is one.
            var onRow = !cursor.AtStart && !cursor.AtEnd;
            if (!send) return onRow ? 1 : 0;
            if (!onRow) return 0;
            await Go(false, 1, false).ConfigureAwait(false);
            return await Go(true, 1, true).ConfigureAwait(false);
        }

        if (!forward && count is null && !send)
        {
            var passed = cursor.Position > 0 && !cursor.AtEnd ? cursor.Position - 1 : cursor.Position;
            cursor.Rewind();
            return passed;
        }

        return await Go(forward, count, send).ConfigureAwait(false);

        async ValueTask<long> Go(bool ahead, long? rows, bool show)
        {
            if (!ahead) cursor.RequireScroll();
            if (rows <= 0) return 0;
            if (show) Describe(portal);
            cursor.Backward = !ahead;
            try
            {
                portal.IsFinished = false;
                return await host.Run.Deliver(portal, rows ?? 0, show).ConfigureAwait(false);
            }
            finally
            {
                cursor.Backward = false;
            }
        }
    }

    private static void RefuseLocking(DeclareCursor declare)
    {
        if (declare.Query.Locking.IsEmpty || (declare.Scroll != true && !declare.WithHold)) return;
        var strength = "FOR " + declare.Query.Locking[0].Strength.ToUpperInvariant();
        throw declare.WithHold
            ? new PgException(SqlStates.FeatureNotSupported, $"DECLARE CURSOR WITH HOLD ... {strength} is not supported") { Detail = "Holdable cursors must be READ ONLY." }
            : new PgException(SqlStates.FeatureNotSupported, $"DECLARE SCROLL CURSOR ... {strength} is not supported") { Detail = "Scrollable cursors must be READ ONLY." };
    }
}
