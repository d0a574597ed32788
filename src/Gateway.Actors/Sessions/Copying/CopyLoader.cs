using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Puts batches of rows into the backend, one after the other, on a thread that may block: the end of the flow of a COPY.</summary>
/// <remarks>
/// A failure is kept and not thrown, as the flow would log it: that a row is wrong is its client's affair.
/// A batch that comes while another is written follows it on the same thread: the backend does not wait for the flow.
/// </remarks>
internal sealed class CopyLoader(IBulkInsert insert, BoundCopy copy, RowBatches batches, Func<ValueTask> beforeBlocking)
{
    private readonly Lock _lock = new();
    private readonly Queue<(RowBatch Batch, TaskCompletionSource<bool> Done)> _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _isStopped;

    /// <summary>Why nothing more is loaded.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Rows that the backend has taken.</summary>
    public long Rows { get; private set; }

    /// <returns>False when the batch has not been loaded, and none after it will.</returns>
    public Task<bool> Load(RowBatch batch)
    {
        lock (_lock)
        {
            if (_isStopped) return Task.FromResult(false);
            var done = new TaskCompletionSource<bool>();
            _waiting.Enqueue((batch, done));
            if (_isWriting) return done.Task;
            _isWriting = true;
            _writing = Task.Run(WriteAll);
            return done.Task;
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

    private async Task WriteAll()
    {
        while (Next() is var (batch, done))
            try
            {
                await beforeBlocking().ConfigureAwait(false);
                Write(batch);
                done.SetResult(true);
            }
            catch (Exception error)
            {
                lock (_lock) _isStopped = true;
                Failure ??= error;
                done.SetResult(false);
            }
    }

    private (RowBatch Batch, TaskCompletionSource<bool> Done)? Next()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (!_isStopped) return next;
                next.Done.SetResult(false);
            }

            _isWriting = false;
            return null;
        }
    }

    private void Write(RowBatch batch)
    {
        try
        {
            insert.Write(batch.Values, batch.Count);
        }
        catch (PgException error) when (error.SqlState != SqlStates.QueryCanceled)
        {
            if (batch.Failure is { } first && IsLate(error)) throw first;
            throw error.SqlState == SqlStates.ForeignKeyViolation || (uint)insert.Done >= (uint)batch.Count ? error : error.Inside(Context(batch, insert.Done, error));
        }

        Rows += batch.Count;
        if (batch.Failure is { } failure) throw failure;
        batches.Return(batch);
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
