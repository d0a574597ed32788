using System.Runtime.ExceptionServices;
using Akka.Streams;
using Akka.Streams.Dsl;
using Gateway.Actors.Routing;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Protocol.Messages;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>COPY FROM STDIN: a flow from what the client sends to the rows of a table, with little in between.</summary>
internal sealed class CopyIn(SessionState state, SessionOutput output, Lease lease, SessionHost host, SessionServices services)
{
    public async ValueTask Run(ParsedStatement statement, CopyStatement copy)
    {
        CopyFiles.Refuse(copy);
        var bound = CopyFiles.Bind(statement, copy, lease.Schema, state.SearchPath);
        var names = Array.ConvertAll([.. bound.Columns], column => column.Name);
        if (state.IsReadOnly)
            throw new PgException(SqlStates.ReadOnlySqlTransaction, "cannot execute COPY FROM in a read-only transaction");
        var options = CopyFiles.Options(statement, copy, names);
        lease.Admit();
        var connection = await lease.Acquire(Need.Write).ConfigureAwait(false);
        if (state.Cancelled is { } why) throw why;
        var plan = bound.Refusal is null ? lease.Backend.Dialect.Render(bound.Statement) : null;
        await lease.BeforeBlocking().ConfigureAwait(false);
        lease.Enter(connection, alone: false);
        state.Block.HasRun = true;

        var format = options.IsBinary ? Format.Binary : Format.Text;
        output.Write(new CopyInResponse(format, names.Length));
        if (bound.Refusal is { } refusal) throw refusal;
        if ((await output.Push().ConfigureAwait(false)).IsCompleted) throw StatementRun.ClientLost();

        using var reader = CopyReader.Create(options, bound.Name, names);
        var decoder = new CopyDecoder(
            reader, CopyFiles.DecodersOf(bound), format, state.Format, options.EncodingFor(state.Format), _batches, host.MaxMessage);
        using var insert = connection.BeginInsert(plan!, bound.Relation!, names.Length);
        await Flow(decoder, new CopyLoader(insert, bound, _batches, lease.BeforeBlocking), bound.Name).ConfigureAwait(false);
        await lease.BeforeBlocking().ConfigureAwait(false);
        output.Write(new CommandComplete("COPY", insert.Complete()));
    }

    private readonly RowBatches _batches = new();

    private async ValueTask Flow(CopyDecoder decoder, CopyLoader loader, string name)
    {
        var intake = host.EnterCopyIn();
        if (state.Cancelled is { } why) intake.Abort(why);
        try
        {
            // Every element is some tens of kilobytes, so that what an element costs is nothing to a row.
            await Source.From(() => intake.ReadAll())
                .SelectMany(decoder.Decode)
                .Buffer(1, OverflowStrategy.Backpressure)
                .SelectAsync(2, loader.Load)
                .TakeWhile(static isLoaded => isLoaded)
                .RunWith(Sink.Ignore<bool>(), services.Streams)
                .ConfigureAwait(false);
        }
        finally
        {
            host.LeaveCopyIn(intake);
            await loader.Stop().ConfigureAwait(false);
            _batches.Release();
        }

        // The first comes first: a cancel has both ends fail.
        var failure = loader.Failure is { } first and not PgException { SqlState: SqlStates.QueryCanceled } ? first : intake.Failure ?? loader.Failure;
        if (failure is PgException { SqlState: SqlStates.QueryCanceled or SqlStates.ProtocolViolation } stopped)
            throw stopped.Within($"COPY {name}, line {Math.Max(1, decoder.Line)}");
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        if (decoder.Rows != loader.Rows)
            throw new PgException(SqlStates.InternalError, $"COPY has read {decoder.Rows} rows and written {loader.Rows}");
    }
}
