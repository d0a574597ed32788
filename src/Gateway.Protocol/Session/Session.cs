using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Session;

/// <summary>The protocol state machine of one client after start-up. No socket, task or clock; not thread-safe.</summary>
/// <remarks>
/// https://www.postgresql.org/docs/15/protocol-flow.html. The owner calls <see cref="Receive"/> for one message after
/// the other while <see cref="CanReceive"/>, and reports the end of what its host left running.
/// </remarks>
public sealed class Session(ISessionHost host)
{
    // Made once: this runs with every Sync.
    private static readonly Func<Portal, bool> DisposeUnlessHoldable = static portal => !portal.IsHoldable && Dispose(portal);

    // A message in several pieces is put together in a buffer that is kept, unless it has grown beyond this.
    private const int MaxScratch = 64 * 1024;

    private readonly NameTable<PreparedStatement> _statements = new();
    private readonly NameTable<Portal> _portals = new();
    private readonly ByteWriter _scratch = new(64);
    private readonly ByteWriter _converted = new(64);
    private bool _failed;

    // What goes on when the client has sent all that is copied in: a query or an Execute.
    private Phase _copier;
    private bool _lostTrack;

    public Phase Phase { get; private set; } = Phase.Ready;

    /// <summary>False while something runs: clients may pipeline, and their messages wait where they are.</summary>
    public bool CanReceive => Phase is Phase.Ready or Phase.Skipping or Phase.CopyingIn;

    public bool IsClosed => Phase == Phase.Closed;

    /// <param name="syncFollows">The next message is known to be Sync.</param>
    public void Receive(in Frame frame, bool syncFollows = false)
    {
        try
        {
            if (Phase == Phase.Skipping) Skip(frame);
            else if (Phase == Phase.CopyingIn) CopyIn(frame);
            else Handle(frame, syncFollows);
        }
        catch (PgException error)
        {
            Failed(error);
        }
        finally
        {
            if (_scratch.Capacity > MaxScratch) _scratch.Dispose();
            if (_converted.Capacity > MaxScratch) _converted.Dispose();
        }
    }

    /// <exception cref="PgException">08P01: no client may send such a message after start-up.</exception>
    public static void RequireKnown(byte code)
    {
        if (code is not (FrontendCode.Query or FrontendCode.Parse or FrontendCode.Bind or FrontendCode.Describe or FrontendCode.Execute
            or FrontendCode.Close or FrontendCode.Flush or FrontendCode.Sync or FrontendCode.Terminate or FrontendCode.FunctionCall
            or FrontendCode.CopyData or FrontendCode.CopyDone or FrontendCode.CopyFail)) throw Unknown(code);
    }

    /// <summary>What runs has sent CopyInResponse: from here to CopyDone or CopyFail the client's messages are its input.</summary>
    public void BeginCopyIn()
    {
        _copier = Phase;
        Phase = Phase.CopyingIn;
    }

    /// <summary>Whether such a message may follow during COPY FROM STDIN. Another one is refused by its code alone.</summary>
    public static bool BelongsToCopyIn(byte code) =>
        code is FrontendCode.CopyData or FrontendCode.CopyDone or FrontendCode.CopyFail or FrontendCode.Flush or FrontendCode.Sync;

    /// <summary>What the host left running is done.</summary>
    public void Completed()
    {
        try
        {
            switch (Phase)
            {
                case Phase.Executing: Phase = Phase.Ready; break;
                case Phase.Querying: End(failed: false); break;
                case Phase.Ending: Ready(); break;
            }
        }
        catch (PgException error)
        {
            Failed(error);
        }
    }

    /// <summary>Something failed: what the host left running, or the handling of a message.</summary>
    public void Failed(PgException error)
    {
        if (IsClosed) return;
        if (Phase == Phase.CopyingIn) Phase = _copier;   // what is still sent for it is ignored from here
        host.Send(error);
        if (_lostTrack)
            host.Send(PgException.Protocol("terminating connection because protocol synchronization was lost"));
        if (error.Reach == Reach.Connection || _lostTrack)
        {
            Phase = Phase.Closed;
            host.Flush();
            return;
        }

        switch (Phase)
        {
            case Phase.Querying:
                End(failed: true);
                break;

            // The commit of the batch failed, so it has been rolled back.
            case Phase.Ending:
                Ready();
                break;

            // "…issues ErrorResponse, then reads and discards messages until a Sync is reached,
            //  then issues ReadyForQuery" — protocol-flow.html, Extended Query.
            default:
                Phase = Phase.Skipping;
                _failed = true;
                host.Flush();   // the client may be waiting behind a Flush, which is discarded too
                break;
        }
    }

    /// <summary>The statements of PREPARE and of Parse share their names.</summary>
    /// <summary>By their names in UTF-8; not the unnamed one.</summary>
    public IEnumerable<KeyValuePair<byte[], PreparedStatement>> NamedStatements => _statements.Named;

    public IEnumerable<Portal> Portals => _portals.Values;

    public PreparedStatement? FindStatement(ReadOnlySpan<byte> name) => _statements.Find(name);

    public void AddStatement(ReadOnlySpan<byte> name, PreparedStatement statement)
    {
        if (!name.IsEmpty && _statements.Find(name) is not null)
            throw new PgException(SqlStates.DuplicatePreparedStatement, $"prepared statement \"{Text(name)}\" already exists");
        if (name.IsEmpty && _statements.Remove(name) is { } replaced) host.Forget(replaced);
        _statements.Set(name, statement);
    }

    public bool RemoveStatement(ReadOnlySpan<byte> name)
    {
        if (_statements.Remove(name) is not { } removed) return false;
        host.Forget(removed);
        return true;
    }

    public Portal? FindPortal(ReadOnlySpan<byte> name) => _portals.Find(name);

    /// <summary>DECLARE makes a portal too.</summary>
    public void AddPortal(ReadOnlySpan<byte> name, Portal portal)
    {
        if (_portals.Find(name) is not null)
            throw new PgException(SqlStates.DuplicateCursor, $"cursor \"{Text(name)}\" already exists");
        _portals.Set(name, portal);
    }

    public bool RemovePortal(ReadOnlySpan<byte> name)
    {
        if (_portals.Remove(name) is not { } removed) return false;
        removed.Dispose();
        return true;
    }

    public void RemoveAllStatements()
    {
        foreach (var statement in _statements.Values) host.Forget(statement);
        _statements.RemoveWhere(static _ => true);
    }

    /// <summary>At the end of a transaction: portals go, except those WITH HOLD.</summary>
    public void ClosePortals(bool holdableToo = false) => _portals.RemoveWhere(holdableToo ? Dispose : DisposeUnlessHoldable);

    private void Handle(in Frame frame, bool syncFollows)
    {
        switch (frame.Code)
        {
            // From here on an error is that of a query: ReadyForQuery follows it without a Sync.
            case FrontendCode.Query:
                Phase = Phase.Querying;
                Query(Frames.Read<Query>(Body(frame)));
                break;

            case FrontendCode.Parse: Parse(Frames.Read<Parse>(Body(frame))); break;
            case FrontendCode.Bind: Bind(Frames.Read<Bind>(Body(frame))); break;
            case FrontendCode.Describe: Describe(Frames.Read<Describe>(Body(frame))); break;
            case FrontendCode.Execute: Execute(Frames.Read<Execute>(Body(frame)), syncFollows); break;
            case FrontendCode.Close: Close(Frames.Read<Close>(Body(frame))); break;
            case FrontendCode.Flush:
                Frames.Read<Flush>(frame.Span(_scratch));
                host.Flush();
                break;

            case FrontendCode.Sync: Sync(frame); break;
            case FrontendCode.Terminate: Phase = Phase.Closed; break;

            case FrontendCode.FunctionCall:
                host.Send(PgException.Unsupported("function call messages are not supported"));
                End(failed: true);
                break;

            // A client that was refused a COPY may still send its data: PostgreSQL ignores it too.
            case FrontendCode.CopyData or FrontendCode.CopyDone or FrontendCode.CopyFail: break;

            default: throw Unknown(frame.Code);
        }
    }

    /// <summary>The body with its text in UTF-8.</summary>
    private ReadOnlySpan<byte> Body(in Frame frame)
    {
        var body = frame.Span(_scratch);
        return host.Encoding is { } encoding ? MessageText.FromClient(frame.Code, body, encoding, _converted) : body;
    }

    private void Skip(in Frame frame)
    {
        switch (frame.Code)
        {
            case FrontendCode.Sync: Sync(frame); break;
            case FrontendCode.Terminate: Phase = Phase.Closed; break;

            case FrontendCode.Query or FrontendCode.Parse or FrontendCode.Bind or FrontendCode.Describe
                or FrontendCode.Execute or FrontendCode.Close or FrontendCode.Flush or FrontendCode.FunctionCall
                or FrontendCode.CopyData or FrontendCode.CopyDone or FrontendCode.CopyFail: break;

            default: throw Unknown(frame.Code);
        }
    }

    private void CopyIn(in Frame frame)
    {
        switch (frame.Code)
        {
            case FrontendCode.CopyData: host.CopyData(frame.Body); break;

            case FrontendCode.CopyDone:
                Frames.Read<CopyDone>(frame.Span(_scratch));
                EndCopyIn(null);
                break;

            case FrontendCode.CopyFail:
                var reason = Frames.Read<CopyFail>(Body(frame)).Reason;
                EndCopyIn(new PgException(SqlStates.QueryCanceled, $"COPY from stdin failed: {Text(reason)}"));
                break;

            // "ignores Flush and Sync … for the convenience of client libraries that send them without noticing
            //  that the command they just sent was COPY" — copyfromparse.c
            case FrontendCode.Flush or FrontendCode.Sync: break;

            // The body of that message is not looked for, so nobody knows where the next one begins.
            default:
                _lostTrack = true;
                EndCopyIn(new PgException(SqlStates.ProtocolViolation, $"unexpected message type 0x{frame.Code:X2} during COPY from stdin"));
                break;
        }
    }

    private void EndCopyIn(PgException? failure)
    {
        Phase = _copier;
        host.EndCopyIn(failure);
    }

    private void Sync(in Frame frame)
    {
        Phase = Phase.Querying;
        Frames.Read<Sync>(frame.Span(_scratch));
        End(_failed);
    }

    private void Query(Query query)
    {
        // "Note that a simple Query message also destroys the unnamed statement", and says the same of the portal.
        RemoveStatement([]);
        _portals.Remove([])?.Dispose();
        if (host.Query(query.Sql)) End(failed: false);
    }

    private void Parse(Parse parse)
    {
        if (!parse.Statement.IsEmpty && _statements.Find(parse.Statement) is not null)
            throw new PgException(
                SqlStates.DuplicatePreparedStatement, $"prepared statement \"{Text(parse.Statement)}\" already exists");

        // "an unnamed prepared statement lasts only until the next Parse": it goes even when this one fails.
        if (parse.Statement.IsEmpty && _statements.Remove([]) is { } replaced) host.Forget(replaced);
        _statements.Set(parse.Statement, host.Prepare(parse.Sql, parse.ParameterTypes));
        host.Send(new ParseComplete());
    }

    private void Bind(Bind bind)
    {
        var statement = Statement(bind.Statement);
        if (!bind.Portal.IsEmpty && _portals.Find(bind.Portal) is not null)
            throw new PgException(SqlStates.DuplicateCursor, $"cursor \"{Text(bind.Portal)}\" already exists");
        if (bind.Portal.IsEmpty) _portals.Remove([])?.Dispose();
        _portals.Set(bind.Portal, host.Bind(statement, bind));
        host.Send(new BindComplete());
    }

    private void Describe(Describe describe)
    {
        if (describe.Target == Target.Portal)
        {
            var portal = Portal(describe.Name);
            RequireDescribable(portal.Statement);
            host.Describe(portal);
            return;
        }

        var statement = Statement(describe.Name);
        RequireDescribable(statement);
        host.Send(new ParameterDescription(statement.ParameterTypes));
        if (statement.ReturnsRows) host.Send(new RowDescription(statement.Fields));
        else host.Send(new NoData());
    }

    private void Execute(Execute execute, bool syncFollows)
    {
        var portal = Portal(execute.Portal);
        Phase = Phase.Executing;
        try
        {
            if (host.Execute(portal, Math.Max(0, execute.MaxRows), syncFollows)) Phase = Phase.Ready;
        }
        catch (PgException)
        {
            Phase = Phase.Ready;
            throw;
        }
    }

    private void Close(Close close)
    {
        if (close.Target == Target.Statement) RemoveStatement(close.Name);
        else _portals.Remove(close.Name)?.Dispose();
        host.Send(new CloseComplete());
    }

    private void End(bool failed)
    {
        Phase = Phase.Ending;
        var done = true;
        try
        {
            done = host.EndBatch(failed);
        }
        catch (PgException error)
        {
            host.Send(error);
        }

        if (done) Ready();
    }

    private void Ready()
    {
        Phase = Phase.Ready;
        _failed = false;
        if (host.Status == TransactionStatus.Idle && _portals.Count > 0) ClosePortals();
        host.BeforeReady();
        host.Send(new ReadyForQuery(host.Status));
        host.Flush();
    }

    // Columns may have to be looked up, which a failed block cannot do; what ends the block has none.
    private void RequireDescribable(PreparedStatement statement)
    {
        if (host.Status == TransactionStatus.Failed && statement.ReturnsRows) throw TransactionBlock.Aborted();
    }

    private PreparedStatement Statement(ReadOnlySpan<byte> name) =>
        _statements.Find(name) ?? throw new PgException(
            SqlStates.InvalidSqlStatementName,
            name.IsEmpty ? "unnamed prepared statement does not exist" : $"prepared statement \"{Text(name)}\" does not exist");

    private Portal Portal(ReadOnlySpan<byte> name) =>
        _portals.Find(name)
        ?? throw new PgException(SqlStates.InvalidCursorName, $"portal \"{Text(name)}\" does not exist");

    private static bool Dispose(Portal portal)
    {
        portal.Dispose();
        return true;
    }

    private static PgException Unknown(byte code) => PgException.Protocol($"invalid frontend message type {code}");

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);
}
