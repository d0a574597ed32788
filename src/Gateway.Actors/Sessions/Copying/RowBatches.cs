using System.Collections.Concurrent;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>The batches of one COPY, used in turn.</summary>
internal sealed class RowBatches
{
    private readonly ConcurrentQueue<RowBatch> _free = new();

    public RowBatch Take() => _free.TryDequeue(out var batch) ? batch : new RowBatch();

    public void Return(RowBatch batch)
    {
        batch.Clear();
        _free.Enqueue(batch);
    }

    /// <summary>The COPY is over.</summary>
    public void Release()
    {
        while (_free.TryDequeue(out var batch)) batch.Release();
    }
}
