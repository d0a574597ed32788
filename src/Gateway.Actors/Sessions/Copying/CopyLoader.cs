using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Puts batches of rows into the backend, one after the other, on a thread that may block: the end of the flow of a COPY.</summary>
internal sealed class CopyLoader(IBulkInsert insert, BoundCopy copy, RowBatches batches, Func<ValueTask> beforeBlocking)
{
    private readonly Lock _lock = new();
    private Task _writing = Task.CompletedTask;
    private bool _isStopped;

    public Task<RowBatch> Load(RowBatch batch)
    {
        lock (_lock)
        {
            if (_isStopped) return Task.FromCanceled<RowBatch>(new CancellationToken(canceled: true));
            var writing = Task.Run(() => WriteAsync(batch));
            _writing = writing;
            return writing;
        }
    }

    /// <summary>Nothing more is written, and what is being written is waited for: a flow that failed does not.</summary>
    public async ValueTask Stop()
    {
        Task writing;
        lock (_lock)
        {
            _isStopped = true;
            writing = _writing;
        }

        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<RowBatch> WriteAsync(RowBatch batch)
    {
        await beforeBlocking().ConfigureAwait(false);
        return Write(batch);
    }

    private RowBatch Write(RowBatch batch)
    {
        try
        {
            insert.Write(batch.Values, batch.Count);
        }
        catch (PgException error) when (error.SqlState != SqlStates.QueryCanceled)
        {
            if (batch.Failure is { } first && IsLate(error)) throw first;
            throw error.SqlState == SqlStates.ForeignKeyViolation || insert.Done < 0 ? error : error.Inside(Context(batch, insert.Done, error));
        }

        if (batch.Failure is { } failure) throw failure;
        batches.Return(batch);
        return batch;
    }

    /// <summary>PostgreSQL finds it when a batch is written, or at the end; a row that cannot be read, before.</summary>
    private bool IsLate(PgException error) =>
        error.SqlState == SqlStates.ForeignKeyViolation || (error.SqlState == SqlStates.UniqueViolation && !copy.RowByRow);

    private string Context(RowBatch batch, int row, PgException error)
    {
        var context = $"COPY {copy.Name}, line {batch.Line(row)}";
        var text = batch.Text(row);
        var place = insert.Place ?? (error.SqlState == SqlStates.UniqueViolation && !copy.RowByRow ? "" : ": ");
        if (place != ": ") return context + place;
        if (text.IsEmpty) return context;
        return $"{context}: \"{CopyErrors.Clip(text)}\"";
    }
}
