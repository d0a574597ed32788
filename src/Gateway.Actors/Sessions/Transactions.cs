using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>BEGIN to ROLLBACK TO: the rules are the block's, the work is the lease's, the order between them is here.</summary>
internal sealed class Transactions(SessionState state, SessionOutput output, Lease lease, Session machine)
{
    public async ValueTask Run(TransactionStatement statement)
    {
        if (lease.Connection is { InTransaction: true }) await lease.BeforeBlocking().ConfigureAwait(false);
        var tag = statement.Verb switch
        {
            TransactionVerb.Begin => Begin("BEGIN", statement.Modes),
            TransactionVerb.Start => Begin("START TRANSACTION", statement.Modes),
            TransactionVerb.Commit => Commit(statement.Chain),
            TransactionVerb.Rollback => Rollback(statement.Chain),
            TransactionVerb.Savepoint => await Savepoint(statement.Name!).ConfigureAwait(false),
            TransactionVerb.Release => Release(statement.Name!),
            TransactionVerb.RollbackTo => RollbackTo(statement.Name!),
            TransactionVerb.PrepareTransaction => Prepare(),
            _ => throw NoTwoPhases(statement),
        };
        output.Write(new CommandComplete(tag));
    }

    /// <summary>SET TRANSACTION and SET SESSION CHARACTERISTICS.</summary>
    public void SetModes(SetTransaction set)
    {
        if (set.Snapshot is not null) throw PgException.Unsupported("SET TRANSACTION SNAPSHOT is not supported");
        if (set.SessionCharacteristics)
        {
            if (set.Modes.Isolation is { } isolation) state.Settings.Set("default_transaction_isolation", isolation, false);
            if (set.Modes.ReadOnly is { } readOnly) state.Settings.Set("default_transaction_read_only", readOnly ? "on" : "off", false);
            if (set.Modes.Deferrable is { } deferrable) state.Settings.Set("default_transaction_deferrable", deferrable ? "on" : "off", false);
            return;
        }

        if (!state.Block.IsOpen)
        {
            Warn(SqlStates.NoActiveSqlTransaction, "SET TRANSACTION can only be used in transaction blocks");
            return;
        }

        state.Block.SetModes(set.Modes.Isolation, set.Modes.ReadOnly);
        ShowModes(set.Modes.Deferrable);
    }

    private string Begin(string tag, TransactionModes modes)
    {
        if (state.Block.IsOpen)
        {
            Warn(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
            return tag;
        }

        if (lease.Mode == PoolMode.Statement)
            throw PgException.Unsupported("transaction blocks not allowed in statement pooling mode");
        state.Settings.BeginTransaction();
        Open(
            modes.Isolation ?? state.Settings.Get("default_transaction_isolation"),
            modes.ReadOnly ?? state.Settings.Get("default_transaction_read_only") == "on",
            modes.Deferrable ?? state.Settings.Get("default_transaction_deferrable") == "on");
        lease.MakeExplicit();
        return tag;
    }

    private void Open(string isolation, bool readOnly, bool deferrable)
    {
        state.Block.Open(isolation, readOnly);
        state.Transactions++;
        ShowModes(deferrable);
    }

    private void ShowModes(bool? deferrable)
    {
        state.Settings.Set("transaction_isolation", state.Block.Isolation, local: true);
        state.Settings.Set("transaction_read_only", state.Block.ReadOnly ? "on" : "off", local: true);
        if (deferrable is { } value) state.Settings.Set("transaction_deferrable", value ? "on" : "off", local: true);
    }

    private string Commit(bool chain)
    {
        RequireBlockFor(chain, "COMMIT AND CHAIN");
        if (state.Block.IsFailed) return Rollback(chain);
        if (!state.Block.IsOpen) Warn(SqlStates.NoActiveSqlTransaction, "there is no transaction in progress");
        var (isolation, readOnly) = (state.Block.Isolation, state.Block.ReadOnly);
        try
        {
            lease.Commit();
        }
        catch
        {
            End(committed: false);
            throw;
        }

        End(committed: true);
        if (chain) Chain(isolation, readOnly);
        return "COMMIT";
    }

    private string Rollback(bool chain)
    {
        RequireBlockFor(chain, "ROLLBACK AND CHAIN");
        if (!state.Block.IsOpen) Warn(SqlStates.NoActiveSqlTransaction, "there is no transaction in progress");
        var (isolation, readOnly) = (state.Block.Isolation, state.Block.ReadOnly);
        End(committed: false);
        if (chain) Chain(isolation, readOnly);
        return "ROLLBACK";
    }

    private void End(bool committed)
    {
        if (!committed) lease.Rollback();
        if (committed) state.Committed();
        else state.RolledBack();
        state.Block.Close();
        machine.ClosePortals();
    }

    private void Chain(string? isolation, bool readOnly)
    {
        state.Settings.BeginTransaction();
        Open(isolation ?? "read committed", readOnly, false);
    }

    private async ValueTask<string> Savepoint(string name)
    {
        state.Block.RequireOpen("SAVEPOINT");
        var connection = await lease.Acquire(lease.NeedOf(state.Block.ReadOnly)).ConfigureAwait(false);
        await lease.BeforeBlocking().ConfigureAwait(false);
        lease.Enter(connection, alone: false);
        connection.Savepoint(name);
        state.Block.AddSavepoint(name);
        state.Settings.Savepoint();
        state.Channels?.Savepoint();
        return "SAVEPOINT";
    }

    private string Release(string name)
    {
        state.Block.RequireOpen("RELEASE SAVEPOINT");
        var index = state.Block.FindSavepoint(name);
        lease.Connection!.ReleaseSavepoint(name);
        state.Block.Release(index);
        state.Settings.Release(index);
        state.Channels?.Release(index);
        return "RELEASE";
    }

    private string RollbackTo(string name)
    {
        state.Block.RequireOpen("ROLLBACK TO SAVEPOINT");
        var index = state.Block.FindSavepoint(name);
        lease.Connection!.RollbackToSavepoint(name);
        state.Block.RollBackTo(index);
        state.Settings.RollbackTo(index);
        state.Channels?.RollbackTo(index);
        return "ROLLBACK";
    }

    /// <summary>PREPARE TRANSACTION: outside of a block PostgreSQL warns, as COMMIT does; max_prepared_transactions is 0.</summary>
    private string Prepare()
    {
        if (!state.Block.IsOpen)
        {
            Warn(SqlStates.NoActiveSqlTransaction, "there is no transaction in progress");
            return "ROLLBACK";
        }

        if (state.Block.IsFailed)
        {
            End(committed: false);
            return "ROLLBACK";
        }

        // As in PostgreSQL the transaction is gone with the error.
        End(committed: false);
        throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "prepared transactions are disabled")
        {
            Hint = "Set max_prepared_transactions to a nonzero value.",
        };
    }

    private PgException NoTwoPhases(TransactionStatement statement)
    {
        var verb = statement.Verb == TransactionVerb.CommitPrepared ? "COMMIT PREPARED" : "ROLLBACK PREPARED";
        return state.Block.IsOpen
            ? new PgException(SqlStates.ActiveSqlTransaction, $"{verb} cannot run inside a transaction block")
            : new PgException(SqlStates.UndefinedObject, $"prepared transaction with identifier \"{statement.Name}\" does not exist");
    }

    private void RequireBlockFor(bool chain, string what)
    {
        if (chain) state.Block.RequireOpen(what);
    }

    private void Warn(string sqlState, string text) => state.Notify(new Notice("WARNING", sqlState, text));
}
