using System.Runtime.CompilerServices;

namespace Akka.Streams;

/// <summary>What operators do, one element at a time, each pulling the one before it.</summary>
internal static partial class Stages
{
    public static async IAsyncEnumerable<T> From<T>(IEnumerable<T> elements, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var element in elements)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return element;
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public static async IAsyncEnumerable<TOut> Select<TIn, TOut>(IAsyncEnumerable<TIn> stream, Func<TIn, TOut> mapper, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false)) yield return mapper(element);
    }

    public static async IAsyncEnumerable<T> Where<T>(IAsyncEnumerable<T> stream, Predicate<T> predicate, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
            if (predicate(element)) yield return element;
    }

    public static async IAsyncEnumerable<TOut> SelectMany<TIn, TOut>(IAsyncEnumerable<TIn> stream, Func<TIn, IEnumerable<TOut>> mapper, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
            foreach (var inner in mapper(element)) yield return inner;
    }

    public static async IAsyncEnumerable<IEnumerable<T>> Grouped<T>(IAsyncEnumerable<T> stream, int n, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var group = new List<T>(n);
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
        {
            group.Add(element);
            if (group.Count < n) continue;
            yield return group;
            group = new List<T>(n);
        }
        if (group.Count > 0) yield return group;
    }

    public static async IAsyncEnumerable<T> Take<T>(IAsyncEnumerable<T> stream, long n, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (n <= 0) yield break;
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
        {
            yield return element;
            if (--n == 0) yield break;
        }
    }

    public static async IAsyncEnumerable<T> Skip<T>(IAsyncEnumerable<T> stream, long n, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
            if (n-- <= 0) yield return element;
    }

    public static async IAsyncEnumerable<T> TakeWhile<T>(IAsyncEnumerable<T> stream, Predicate<T> predicate, bool inclusive, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in stream.WithCancellation(cancellation).ConfigureAwait(false))
        {
            var goesOn = predicate(element);
            if (goesOn || inclusive) yield return element;
            if (!goesOn) yield break;
        }
    }

    public static async IAsyncEnumerable<T> Concat<T>(IAsyncEnumerable<T> first, IAsyncEnumerable<T> second, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var element in first.WithCancellation(cancellation).ConfigureAwait(false)) yield return element;
        await foreach (var element in second.WithCancellation(cancellation).ConfigureAwait(false)) yield return element;
    }

    public static async IAsyncEnumerable<T> Watched<T>(IAsyncEnumerable<T> stream, TaskCompletionSource<Done> ended, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var elements = stream.GetAsyncEnumerator(cancellation);
        try
        {
            while (true)
            {
                try
                {
                    if (!await elements.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (Exception failure)
                {
                    ended.TrySetException(failure);
                    throw;
                }
                yield return elements.Current;
            }
        }
        finally
        {
            ended.TrySetResult(Done.Instance);
        }
    }
}
