using Gateway.Actors.Routing;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Protocol.Messages;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>COPY TO STDOUT: rows go from the backend's cursor into the output, as fast as the client takes them.</summary>
internal sealed class CopyOut(SessionState state, SessionOutput output, Lease lease)
{
    public async ValueTask Run(ParsedStatement statement, CopyStatement copy)
    {
        CopyFiles.Refuse(copy);
        var bound = CopyFiles.Bind(statement, copy, lease.Schema, state.SearchPath);
        var names = Array.ConvertAll([.. bound.Columns], column => column.Name);
        if (!bound.Statement.IsReadOnly && state.IsReadOnly)
            throw new PgException(
                SqlStates.ReadOnlySqlTransaction, $"cannot execute {CommandTag.Of(bound.Statement.Tree).Name} in a read-only transaction");
        var options = CopyFiles.Options(statement, copy, names);
        lease.Admit();
        var connection = await lease.Acquire(state.Block is { IsOpen: true, ReadOnly: true } ? Need.Read : Need.Write).ConfigureAwait(false);
        if (state.Cancelled is { } why) throw why;
        var plan = lease.Backend.Dialect.Render(bound.Statement);
        await lease.BeforeBlocking().ConfigureAwait(false);
        lease.Enter(connection, alone: false);
        state.Block.HasRun = true;

        output.Write(new CopyOutResponse(options.IsBinary ? Format.Binary : Format.Text, names.Length));
        using var none = new ValueList();
        using var execution = connection.Execute(plan, none);
        var encoder = new CopyEncoder(CopyWriter.Create(options, names), CopyFiles.CodecsOf(bound), options, options.EncodingFor(state.Format));
        var rows = 0L;
        encoder.Start(output.Buffer);
        while (execution.Read())
        {
            encoder.Row(execution, state.Format, output.Buffer);
            rows++;

            // The client's socket decides how fast the cursor is read.
            if (!output.IsFull) continue;
            var pushed = await output.Push().ConfigureAwait(false);
            if (state.Cancelled is { } stop) throw stop;
            if (pushed.IsCompleted) throw StatementRun.ClientLost();
            await lease.BeforeBlocking().ConfigureAwait(false);
        }

        encoder.End(output.Buffer);
        output.Write(new CopyDone());
        output.Write(new CommandComplete("COPY", rows));
    }
}
