using System.Text;
using Akka.Actor;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions.Copying;
using Gateway.Actors.Sessions.Explaining;
using Gateway.Actors.Settings;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The statements that the session answers itself: settings, prepared statements, transactions, databases.</summary>
internal sealed class LocalStatements(
    SessionState state, SessionOutput output, Lease lease, Session machine, SessionServices services, SessionHost host)
{
    private readonly Transactions _transactions = new(state, output, lease, machine);
    private readonly Cursors _cursors = new(state, output, machine, host);
    private readonly Explainer _explainer = new(state, lease, machine, host);
    private readonly Upkeep _upkeep = new(state, lease);
    private readonly DatabaseStatements _databases = new(state, lease, services);
    private readonly CopyIn _copyIn = new(state, output, lease, host, services);
    private readonly CopyOut _copyOut = new(state, output, lease);

    public static bool Answers(Statement tree) => tree is TransactionStatement or SetStatement or SetTransaction
        or SetConstraints or ResetStatement or ShowStatement or PrepareStatement or ExecuteStatement or DeallocateStatement
        or DiscardStatement or CreateDatabase or DropDatabase or ListenStatement or UnlistenStatement or NotifyStatement
        or CloseCursor or DeclareCursor or FetchStatement or CopyStatement or ExplainStatement or LockStatement
        or VacuumStatement or ReindexStatement or CheckpointStatement;

    public static bool MayRunInFailedBlock(Statement tree) =>
        tree is TransactionStatement { Verb: TransactionVerb.Commit or TransactionVerb.Rollback or TransactionVerb.RollbackTo or TransactionVerb.PrepareTransaction };

    /// <summary>Whether it is a run: it may have to wait, or run something else.</summary>
    public bool NeedsBackend(Statement tree) => tree switch
    {
        TransactionStatement { Verb: TransactionVerb.Begin or TransactionVerb.Start } => false,
        TransactionStatement { Verb: TransactionVerb.Savepoint } => true,
        TransactionStatement => lease.Connection is { InTransaction: true },
        ExecuteStatement or CreateDatabase or DropDatabase or DiscardStatement or DeclareCursor or FetchStatement or CopyStatement
            or ExplainStatement or SetConstraints or LockStatement or VacuumStatement or ReindexStatement or CheckpointStatement => true,
        _ => false,
    };

    /// <summary>The columns of a statement that returns rows without the backend.</summary>
    public static FieldDescription[] FieldsOf(Statement tree, Session machine) => tree switch
    {
        ShowStatement { Name: "all" } => [Text("name"), Text("setting"), Text("description")],
        ExplainStatement explain => [Text("QUERY PLAN") with { TypeOid = ExplainOptions.TypeOf(explain) }],
        ShowStatement show => [Text(SettingRules.Find(show.Name)?.Name ?? show.Name)],
        FetchStatement { Move: false } fetch => [.. Cursors.Find(machine, fetch.Cursor).Statement.Fields],
        ExecuteStatement execute => machine.FindStatement(Encoding.UTF8.GetBytes(execute.Name)) is { } statement
            ? [.. statement.Fields]
            : throw Unknown(execute.Name),
        _ => Prepared.NoFields,
    };

    /// <param name="describe">Rows are preceded by their RowDescription, as in a simple query.</param>
    /// <param name="bound">The statement as a portal, when it came through the extended protocol.</param>
    public async ValueTask Run(ParsedStatement statement, bool describe, BackendPortal? bound = null)
    {
        switch (statement.Tree)
        {
            case TransactionStatement transaction: await _transactions.Run(transaction).ConfigureAwait(false); return;
            case SetStatement set: Set(set); break;
            case SetTransaction set: _transactions.SetModes(set); break;
            case ResetStatement { Name: null }: state.Settings.ResetAll(); break;
            case ResetStatement reset: state.Settings.Set(reset.Name, null, local: false); break;
            case ShowStatement show: Show(show, describe); break;
            case ExplainStatement explain:
                var plan = await _explainer.Run(explain, bound).ConfigureAwait(false);
                if (describe) output.Write(new RowDescription(FieldsOf(explain, machine)));
                foreach (var row in plan) Row(row);
                break;

            case PrepareStatement prepare: Prepare(prepare, statement.Script?.Text ?? ""); break;
            case ExecuteStatement execute: await Execute(execute, describe).ConfigureAwait(false); return;
            case DeallocateStatement { Name: null }: machine.RemoveAllStatements(); break;
            case DeallocateStatement deallocate: Deallocate(deallocate.Name); break;
            case DiscardStatement discard:
                await lease.BeforeBlocking().ConfigureAwait(false);
                Discard(discard);
                break;

            case CreateDatabase create: _databases.Create(create); break;
            case DropDatabase drop: await _databases.Drop(drop).ConfigureAwait(false); break;

            case DeclareCursor declare: await _cursors.Declare(declare, statement.Script?.Text ?? declare.Written ?? "", bound).ConfigureAwait(false); break;
            case FetchStatement fetch: await _cursors.Fetch(fetch, describe, bound).ConfigureAwait(false); return;
            case CloseCursor close: _cursors.Close(close); break;
            case CopyStatement { From: true } copy: await _copyIn.Run(statement, copy).ConfigureAwait(false); return;
            case CopyStatement copy: await _copyOut.Run(statement, copy).ConfigureAwait(false); return;
            case ListenStatement listen: state.Channels!.Listen(listen.Channel); break;
            case UnlistenStatement unlisten: state.Channels!.Unlisten(unlisten.Channel); break;
            case NotifyStatement notify: state.Channels!.Notify(notify.Channel, notify.Payload ?? ""); break;
            case SetConstraints or LockStatement or VacuumStatement or ReindexStatement or CheckpointStatement:
                await _upkeep.Run(statement.Tree).ConfigureAwait(false);
                break;

            default: throw PgException.Unsupported($"{CommandTag.Of(statement.Tree).Name} is not supported");
        }

        output.Write(new CommandComplete(CommandTag.Of(statement.Tree).Verb));
    }

    private void Set(SetStatement set)
    {
        var value = set.Values is { } values ? string.Join(", ", values) : null;
        switch (set.Name)
        {
            case "role" when value is null or "none":
            case "session_authorization" when value is null || value == state.User:
                return;
            case "role" or "session_authorization":
                throw PgException.Unsupported($"SET {set.Name.Replace('_', ' ').ToUpperInvariant()} is not supported");
            case "transaction_isolation":
                _transactions.SetModes(new SetTransaction(false, new TransactionModes(value?.ToLowerInvariant(), null, null), null));
                return;
            case "transaction_read_only":
                _transactions.SetModes(new SetTransaction(false, new TransactionModes(null, value is "on" or "true" or "1" or "yes", null), null));
                return;
            case "search_path" when set.Values is { } schemas:
                value = string.Join(", ", schemas.Select(Identifiers.Quote));
                break;
        }

        if (set.Scope == SetScope.Local && !state.Block.IsOpen)
        {
            state.Notify(new Notice("WARNING", SqlStates.NoActiveSqlTransaction, "SET LOCAL can only be used in transaction blocks"));
            return;
        }

        state.Settings.Set(set.Name, value, set.Scope == SetScope.Local);
    }

    private void Show(ShowStatement show, bool describe)
    {
        var single = show.Name switch
        {
            "all" => null,
            "gateway.pinned" => lease.Pinned,
            "gateway.last_target" => lease.LastTarget,
            _ => state.Settings.Get(show.Name),
        };
        if (describe) output.Write(new RowDescription(FieldsOf(show, machine)));
        if (single is not null)
        {
            Row(single);
            return;
        }

        foreach (var rule in SettingRules.All) Row(rule.Name, state.Settings.Get(rule.Name), rule.Description);
    }

    private void Prepare(PrepareStatement prepare, string text)
    {
        var name = Encoding.UTF8.GetBytes(prepare.Name);
        var prepared = host.Prepare(new ParsedStatement(prepare.Statement), TypesOf(prepare));
        prepared.Origin = (text, state.StatementStart, true);
        machine.AddStatement(name, prepared);
    }

    private async ValueTask Execute(ExecuteStatement execute, bool describe)
    {
        if (machine.FindStatement(Encoding.UTF8.GetBytes(execute.Name)) is not Prepared prepared) throw Unknown(execute.Name);
        if (prepared.Translation is null)
        {
            if (prepared.Source is not null) await Run(prepared.Source, describe).ConfigureAwait(false);
            return;
        }

        host.Revalidate(prepared);
        ExecuteArguments.RequireCount(execute, prepared);
        using var arguments = new ValueList();
        await ExecuteArguments.Evaluate(execute, prepared, host, lease, arguments).ConfigureAwait(false);
        await host.Run.RunOnce(prepared, arguments, alone: false, describe).ConfigureAwait(false);
    }

    private void Deallocate(string name)
    {
        if (!machine.RemoveStatement(Encoding.UTF8.GetBytes(name))) throw Unknown(name);
    }

    private void Discard(DiscardStatement discard)
    {
        switch (discard.What)
        {
            case "all":
                if (state.Block.IsOpen || lease.IsImplicit)
                    throw new PgException(SqlStates.ActiveSqlTransaction, "DISCARD ALL cannot run inside a transaction block");
                machine.ClosePortals(holdableToo: true);
                machine.RemoveAllStatements();
                state.Settings.ResetAll();
                state.Channels?.Forget();
                lease.Connection?.Reset();
                lease.Backend.Forget(state.ProcessId);
                break;
            case "temp": lease.Connection?.Reset(); break;
            case "sequences": lease.Backend.ForgetSequences(state.ProcessId); break;
        }
    }

    private void Row(params ReadOnlySpan<string> columns)
    {
        var buffer = output.Buffer;
        buffer.Byte(BackendCode.DataRow);
        var start = buffer.ReserveInt32();
        buffer.Int16((short)columns.Length);
        foreach (var column in columns)
        {
            var length = buffer.ReserveInt32();
            buffer.Utf8(column);
            buffer.PatchInt32(length, buffer.Length - length - sizeof(int));
        }

        if (state.Format.Encoding is { } encoding) Convert(encoding, start - 1, columns.Length);
        buffer.PatchInt32(start, buffer.Length - start);
    }

    private void Convert(TextEncoding encoding, int row, int columns)
    {
        var codecs = new Codec[columns];
        Array.Fill(codecs, Codecs.Get(Oids.Text));
        try
        {
            encoding.ToClient(output.Buffer, row + 1 + sizeof(int), codecs, static _ => false);
        }
        catch
        {
            output.Buffer.Truncate(row);
            throw;
        }
    }

    private uint[] TypesOf(PrepareStatement prepare)
    {
        using var scope = TypeScope.Enter(lease.Schema.Types, state.SearchPath);
        return [.. prepare.ParameterTypes.Select(name => Sql.Analysis.TypeNames.Resolve(name).Oid)];
    }

    private static FieldDescription Text(string name) => new(name, 0, 0, Oids.Text, -1, -1, Format.Text);

    private static PgException Unknown(string name) =>
        new(SqlStates.InvalidSqlStatementName, $"prepared statement \"{name}\" does not exist");
}
