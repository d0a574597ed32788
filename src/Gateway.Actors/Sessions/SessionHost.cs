using System.Buffers;
using Gateway.Actors.Buffers;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions.Copying;
using Gateway.Actors.Sessions.Explaining;
using Gateway.Actors.Statements;
using Gateway.Catalog;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>Joins the protocol state machine to statements, settings and the backend.</summary>
/// <remarks>
/// What may have to wait (anything at the backend) goes to the <see cref="StatementRun"/>; everything else is done at once.
/// While a run waits, nothing here is touched by anybody else.
/// </remarks>
internal sealed class SessionHost : ISessionHost
{
    private const int MaxScratch = 64 * 1024;

    private readonly SessionState _state;
    private readonly SessionOutput _output;
    private readonly StatementCache _cache;
    private readonly Lease _lease;
    private readonly StatementRun _run;
    private readonly IRunOwner _owner;
    private readonly Action _wake;
    private volatile CopyIntake? _intake;
    private readonly ByteWriter _parameters = new();   // of a Bind, where their text had to be converted
    private BackendPortal? _spare;

    /// <param name="wake">Has the conversation look for what it may do now. From any thread.</param>
    public SessionHost(
        SessionState state, SessionOutput output, StatementCache cache, Route route, SessionServices services, int maxMessage, IRunOwner owner, Action wake)
    {
        _wake = wake;
        Limits = services.Buffers;
        MaxMessage = maxMessage;
        _state = state;
        _output = output;
        _cache = cache;
        _owner = owner;
        _lease = new Lease(route, state, services.Threads);
        state.Settings.UseNames(new OidNames(() => _lease.Schema, () => state.SearchPath, () => state.User));
        Machine = new Session(this);
        state.Notices = notice => output.Write(new NoticeResponse(
            ErrorFields.Notice(notice.Severity, notice.SqlState, notice.Message) with { Detail = notice.Detail, Hint = notice.Hint }));
        state.Channels = new SessionChannels(state.Database, state.ProcessId, services.Notifications, wake);
        var local = new LocalStatements(state, output, _lease, Machine, services, this);
        _run = new StatementRun(state, output, _lease, local, this, owner);
        state.CursorList = ListCursors;
        state.PreparedList = ListPrepared;
    }

    public Session Machine { get; }

    public StatementRun Run => _run;

    public BufferLimits Limits { get; }

    /// <summary>Bytes of the largest message, and of the longest row of a COPY.</summary>
    public int MaxMessage { get; }

    /// <summary>Where a COPY that runs takes what the client sends; null when none does.</summary>
    public CopyIntake? Intake => _intake;

    public bool FlushRequested { get; set; }

    public FormatSettings Format => _state.Format;

    public TextEncoding? Encoding => _state.Format.Encoding;

    public TransactionStatus Status => _state.Block.Status;

    public void Send<T>(T message) where T : struct, IBackendMessage, allows ref struct => _output.Write(message);

    public void Send(PgException error)
    {
        _state.Block.Fail();
        Tell(new ErrorResponse(error));
        _state.Settings.Fail();
    }

    // Where the client's encoding lacks a character of it, that is the error it hears; no statement is to answer for it.
    private void Tell<T>(T message) where T : struct, IBackendMessage
    {
        try
        {
            _output.Write(message);
        }
        catch (PgException untranslatable)
        {
            _output.Write(new ErrorResponse(untranslatable));
        }
    }

    public void Flush() => FlushRequested = true;

    public PreparedStatement Prepare(ReadOnlySpan<byte> sql, OidList parameterTypes)
    {
        var script = _cache.Parse(sql);
        if (script.Statements.Length > 1)
            throw new PgException(SqlStates.SyntaxError, "cannot insert multiple commands into a prepared statement");
        var prepared = script.Statements.IsEmpty
            ? new Prepared(null, null, Prepared.NoFields, [])
            : Prepare(script.Statements[0], parameterTypes.Count == 0 ? [] : parameterTypes.ToArray());
        prepared.Origin = (script.Text, _state.Now, false);
        return prepared;
    }

    /// <summary>Analyzes a statement for this session as it is now.</summary>
    public Prepared Prepare(ParsedStatement statement, uint[] declared)
    {
        // In a failed block only what ends it may be prepared, as in PostgreSQL.
        if (_state.Block.IsFailed && !LocalStatements.MayRunInFailedBlock(statement.Tree)) _state.Block.RequireUsable();
        if (statement.Tree is DeclareCursor declare)
            return new Prepared(statement, null, Prepared.NoFields, declared) { Query = Translate(Cursors.QueryOf(declare), declared) };
        if (statement.Tree is ExplainStatement explain && Explainer.QueryOf(explain.Statement) is { } explained)
            return new Prepared(statement, null, LocalFields(explain), declared) { Query = Translate(explained, declared) };
        if (statement.Tree is FetchStatement { Move: false } fetch)
            return new Prepared(statement, null, LocalFields(fetch), declared) { Query = Cursors.Find(Machine, fetch.Cursor).Prepared.Translation };
        return LocalStatements.Answers(statement.Tree)
            ? new Prepared(statement, null, LocalFields(statement.Tree), declared)
            : new Prepared(statement, Translate(statement, declared), Prepared.NoFields, declared);
    }

    /// <summary>Its translation is in the cache or garbage.</summary>
    public void Forget(PreparedStatement statement)
    {
    }

    public Portal Bind(PreparedStatement statement, in Bind bind)
    {
        var prepared = (Prepared)statement;
        if (prepared.Source is { } source && _state.Block.IsFailed && !LocalStatements.MayRunInFailedBlock(source.Tree))
            _state.Block.RequireUsable();
        Revalidate(prepared);

        var expected = prepared.ParameterTypes.Count;
        if (bind.Parameters.Count != expected)
            throw new PgException(
                SqlStates.ProtocolViolation,
                $"bind message supplies {bind.Parameters.Count} parameters, but prepared statement \"{System.Text.Encoding.UTF8.GetString(bind.Statement)}\" requires {expected}");

        var parameters = _state.Format.Encoding is { } encoding && (prepared.Translation ?? prepared.Query) is { } asked
            ? Converted(bind, asked.ParameterCodecs, encoding)
            : bind.Parameters;
        var portal = NewPortal(prepared);
        if (!bind.Portal.IsEmpty)
        {
            portal.Name = System.Text.Encoding.UTF8.GetString(bind.Portal);
            portal.Origin = (prepared.Origin.Text, _state.Now, false, false);
        }

        if (prepared.Translation is null && prepared.Source?.Tree is FetchStatement && prepared.Query is { } fetched)
        {
            bind.RequireColumns(fetched.Result.Count);
            portal.Encoder = fetched.Result.Encoder(bind.ResultFormats);
        }
        else if ((prepared.Translation ?? prepared.Query) is { } translation)
        {
            bind.RequireColumns(prepared.Translation is not null ? translation.Result.Count : prepared.Fields.Count);
            var index = 0;
            foreach (var value in parameters)
            {
                var codec = translation.ParameterCodecs[index];
                if (value.IsNull) portal.Parameters.AddNull(codec.Carrier);
                else Decode(portal, codec, bind.ParameterFormats[index], value.Bytes, index);
                index++;
            }

            portal.Encoder = prepared.Translation is not null && translation.ReturnsRows ? translation.Result.Encoder(bind.ResultFormats) : null;
        }

        if (_parameters.Capacity > MaxScratch) _parameters.Dispose();
        return portal;
    }

    public void Describe(Portal portal)
    {
        var bound = (BackendPortal)portal;
        if (bound.Encoder is { } encoder) _output.Write(new RowDescription(encoder.Fields));
        else if (bound.Prepared.ReturnsRows) _output.Write(new RowDescription(bound.Prepared.Fields));
        else _output.Write(new NoData());
    }

    public bool Execute(Portal portal, int maxRows, bool lastInBatch)
    {
        var bound = (BackendPortal)portal;
        if (bound.Prepared.Source is null)
        {
            _output.Write(new EmptyQueryResponse());
            return true;
        }

        return _run.Start(bound, maxRows, lastInBatch);
    }

    public bool Query(ReadOnlySpan<byte> sql)
    {
        var script = _cache.Parse(sql);
        if (script.Statements.IsEmpty)
        {
            _output.Write(new EmptyQueryResponse());
            return true;
        }

        return _run.Start(script);
    }

    public void CopyData(in ReadOnlySequence<byte> data) => _intake?.Give(data);

    public void EndCopyIn(PgException? failure) => _intake?.End(failure);

    /// <summary>From a run: what the client sends from here goes into the intake, until <see cref="LeaveCopyIn"/>.</summary>
    public CopyIntake EnterCopyIn()
    {
        var intake = new CopyIntake(Limits, _wake);
        Machine.BeginCopyIn();
        _intake = intake;
        _wake();
        return intake;
    }

    public void LeaveCopyIn(CopyIntake intake)
    {
        _intake = null;
        intake.Close();
    }

    public bool EndBatch(bool failed) => _run.EndBatch(failed);

    public void BeforeReady()
    {
        _owner.Ready();
        _state.Rest();
        TellNews();
        if (!_state.Settings.HasChanged) return;
        foreach (var (name, value) in _state.Settings.TakeReports()) Tell(new ParameterStatus(name, value));
        _state.Settings.ReportsTaken();
    }

    /// <summary>What the channels have brought goes to the client, unless a transaction is open.</summary>
    /// <returns>True when there was something.</returns>
    public bool TellNews()
    {
        if (_state.Channels is not { HasNews: true } channels || Status != TransactionStatus.Idle) return false;
        while (channels.Tell(out var notification)) Tell(notification);
        return true;
    }

    /// <summary>The end of the session may have to wait for the backend.</summary>
    public bool MayBlock => _lease.MayBlock;

    /// <summary>What the client sends next will probably go to a backend that may block. From any thread.</summary>
    public bool ExpectsToBlock => _lease.ExpectsToBlock;

    /// <summary>The session is over; nothing runs.</summary>
    public void Abandon()
    {
        _state.Channels?.Forget();
        _lease.Abandon();   // first: what portals have left to write is undone, not done
        Machine.ClosePortals(holdableToo: true);
        _lease.Backend.Forget(_state.ProcessId);
        _output.Rest();
    }

    public Translation Translate(ParsedStatement statement, ReadOnlySpan<uint> declared) =>
        Translation.Of(statement, _lease.Schema, _state.SearchPath, _lease.Backend.Dialect.For(_state.Format), declared);

    public BackendPortal NewPortal(Prepared prepared)
    {
        var portal = _spare ?? new BackendPortal(Recycle);
        _spare = null;
        portal.Prepared = prepared;
        return portal;
    }

    /// <summary>The schema, the search path or the route may have changed since the statement was analyzed: then it is analyzed again.</summary>
    /// <exception cref="PgException">0A000 when the result would have other columns than were described.</exception>
    public void Revalidate(Prepared prepared)
    {
        if (prepared.Translation is not { } old || old.Fits(_lease.Backend.Dialect, _lease.Schema.Version, _state.SearchPath, prepared.Declared)) return;
        var fresh = Translate(prepared.Source!, prepared.Declared);
        if (!fresh.Result.HasSameTypes(old.Result) || !fresh.ParameterTypes.SequenceEqual(old.ParameterTypes))
            throw PgException.Unsupported("cached plan must not change result type");
        prepared.Translation = fresh;
    }

    /// <summary>The parameters with their text in UTF-8.</summary>
    private WireValues Converted(in Bind bind, System.Collections.Immutable.ImmutableArray<Codec> codecs, TextEncoding encoding)
    {
        _parameters.Clear();
        var index = 0;
        foreach (var value in bind.Parameters)
        {
            var length = _parameters.ReserveInt32();
            try
            {
                if (!value.IsNull) encoding.FromClient(codecs[index], bind.ParameterFormats[index] == Types.Format.Binary, value.Bytes, _parameters);
            }
            catch (PgException error)
            {
                var portal = bind.Portal.IsEmpty ? "unnamed portal" : $"portal \"{System.Text.Encoding.UTF8.GetString(bind.Portal)}\"";
                throw error.Within($"{portal} parameter ${index + 1}");
            }

            _parameters.PatchInt32(length, value.IsNull ? -1 : _parameters.Length - length - sizeof(int));
            index++;
        }

        return new WireValues(index, _parameters.WrittenSpan);
    }

    private void Decode(BackendPortal portal, Codec codec, Format format, ReadOnlySpan<byte> wire, int index)
    {
        try
        {
            portal.Parameters.AddDecoded(codec, format, wire, _state.Format);
        }
        catch (PgException error)
        {
            portal.Dispose();
            if (error.SqlState == SqlStates.InvalidBinaryRepresentation && format == Types.Format.Binary)
                throw error.Adding($" in bind parameter {index + 1}");
            throw;
        }
    }

    private List<CursorEntry> ListCursors()
    {
        var cursors = new List<CursorEntry>();
        foreach (var portal in Machine.Portals.OfType<BackendPortal>())
            if (portal is { IsDead: false, Origin: { } origin }) cursors.Add(new CursorEntry(portal.Name, origin.Text, portal.WithHold, origin.Binary, origin.Scroll, origin.At));
        return cursors;
    }

    private List<PreparedEntry> ListPrepared()
    {
        var statements = new List<PreparedEntry>();
        foreach (var (name, statement) in Machine.NamedStatements)
        {
            var prepared = (Prepared)statement;
            statements.Add(new PreparedEntry(
                System.Text.Encoding.UTF8.GetString(name), prepared.Origin.Text, prepared.Origin.At, [.. prepared.ParameterTypes], prepared.Origin.FromSql));
        }

        return statements;
    }

    private FieldDescription[] LocalFields(Statement tree) => LocalStatements.FieldsOf(tree, Machine);

    private void Recycle(BackendPortal portal)
    {
        _lease.Closed(portal);
        if (portal.Parameters.ByteLength > 4096) portal.Parameters.Dispose();
        portal.Parameters.Clear();
        portal.Encoder = null;
        portal.Name = "";
        portal.Origin = null;
        portal.WithHold = false;
        portal.IsFinished = portal.IsDead = portal.HasDelivered = false;
        _spare = portal;
    }
}
