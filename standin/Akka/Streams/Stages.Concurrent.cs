using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Akka.Streams;

/// <summary>Operators that run ahead of whoever pulls them.</summary>
internal static partial class Stages
{
    /// <summary>The elements until the signal; then the end, or the failure.</summary>
    public static async IAsyncEnumerable<T> Until<T>(IAsyncEnumerable<T> stream, Task signal, Func<Exception> failure, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var upstream = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var elements = stream.GetAsyncEnumerator(upstream.Token);
        Task<bool> moving = null;
        try
        {
            while (true)
            {
                if (!signal.IsCompleted)
                {
                    var move = elements.MoveNextAsync();
                    if (move.IsCompleted)
                    {
                        if (!await move.ConfigureAwait(false)) yield break;
                        yield return elements.Current;
                        continue;
                    }
                    moving = move.AsTask();
                    await Task.WhenAny(moving, signal).ConfigureAwait(false);
                    if (moving.IsCompleted)
                    {
                        var more = await moving.ConfigureAwait(false);
                        moving = null;
                        if (!more) yield break;
                        yield return elements.Current;
                        continue;
                    }
                }
                if (failure() is { } cause) throw cause;
                yield break;
            }
        }
        finally
        {
            // An enumerator in the middle of a step cannot be disposed: it is cancelled, and disposed when the step ends.
            if (moving is null or { IsCompleted: true }) await Release(null, elements, upstream).ConfigureAwait(false);
            else _ = Release(moving, elements, upstream);
        }
    }

    private static async Task Release<T>(Task<bool> moving, IAsyncEnumerator<T> elements, CancellationTokenSource upstream)
    {
        await upstream.CancelAsync().ConfigureAwait(false);
        if (moving is not null) await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await elements.DisposeAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // We cancelled it.
        }
        upstream.Dispose();
    }

    public static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(IAsyncEnumerable<TIn> stream, int parallelism, Func<TIn, Task<TOut>> mapper, bool ordered, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var upstream = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var room = new SemaphoreSlim(parallelism);
        var results = Channel.CreateUnbounded<Task<TOut>>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = false });
        var pump = Pump();
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                var mapped = await result.WaitAsync(cancellation).ConfigureAwait(false);
                room.Release();
                yield return mapped;
            }
        }
        finally
        {
            await upstream.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }

        async Task Pump()
        {
            var running = new List<Task>();
            try
            {
                await using var elements = stream.GetAsyncEnumerator(upstream.Token);
                while (true)
                {
                    await room.WaitAsync(upstream.Token).ConfigureAwait(false);
                    if (!await elements.MoveNextAsync().ConfigureAwait(false)) break;
                    var task = mapper(elements.Current);
                    if (ordered)
                    {
                        results.Writer.TryWrite(task);
                        continue;
                    }
                    running.RemoveAll(static one => one.IsCompleted);
                    running.Add(Forward(task));
                }
                await Task.WhenAll(running).ConfigureAwait(false);
                results.Writer.TryComplete();
            }
            catch (Exception failure)
            {
                results.Writer.TryComplete(failure);
            }
        }

        async Task Forward(Task<TOut> task)
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            results.Writer.TryWrite(task);
        }
    }

    public static async IAsyncEnumerable<T> Buffer<T>(IAsyncEnumerable<T> stream, int size, OverflowStrategy strategy, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var upstream = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var buffer = new StreamBuffer<T>(size, strategy);
        var pump = Pump();
        try
        {
            await foreach (var element in buffer.ReadAll(cancellation).ConfigureAwait(false)) yield return element;
        }
        finally
        {
            buffer.Abandon();
            await upstream.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }

        async Task Pump()
        {
            try
            {
                await foreach (var element in stream.WithCancellation(upstream.Token).ConfigureAwait(false))
                    if (await buffer.Add(element).ConfigureAwait(false) is Offer.Closed or Offer.Failed) return;
                buffer.Complete();
            }
            catch (Exception failure)
            {
                buffer.Complete(failure);
            }
        }
    }

    public static async IAsyncEnumerable<TOut> Batch<TIn, TOut>(IAsyncEnumerable<TIn> stream, long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var upstream = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batch = new BatchBox<TIn, TOut>(max, cost, seed, aggregate);
        var pump = Pump();
        try
        {
            while (await batch.Take(cancellation).ConfigureAwait(false) is { HasValue: true } taken) yield return taken.Value;
        }
        finally
        {
            await upstream.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }

        async Task Pump()
        {
            try
            {
                await foreach (var element in stream.WithCancellation(upstream.Token).ConfigureAwait(false))
                    await batch.Add(element, upstream.Token).ConfigureAwait(false);
                batch.Complete(null);
            }
            catch (Exception failure)
            {
                batch.Complete(failure);
            }
        }
    }

    public static async IAsyncEnumerable<IEnumerable<T>> GroupedWithin<T>(IAsyncEnumerable<T> stream, int n, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var upstream = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var elements = stream.GetAsyncEnumerator(upstream.Token);
        var group = new List<T>();
        Task<bool> moving = null;
        Task due = null;
        try
        {
            while (true)
            {
                moving ??= elements.MoveNextAsync().AsTask();
                if (group.Count > 0 && !moving.IsCompleted)
                {
                    due ??= Task.Delay(timeout, upstream.Token);
                    await Task.WhenAny(moving, due).ConfigureAwait(false);
                    if (!moving.IsCompleted)
                    {
                        due = null;
                        yield return group;
                        group = [];
                        continue;
                    }
                }
                var more = await moving.ConfigureAwait(false);
                moving = null;
                if (!more) break;
                group.Add(elements.Current);
                if (group.Count == 1) due = Task.Delay(timeout, upstream.Token);
                if (group.Count < n) continue;
                due = null;
                yield return group;
                group = [];
            }
            if (group.Count > 0) yield return group;
        }
        finally
        {
            await upstream.CancelAsync().ConfigureAwait(false);
            if (moving is not null) await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await elements.DisposeAsync().ConfigureAwait(false);
        }
    }
}
