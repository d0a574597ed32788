using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Tests.Streams;

public class StreamTests : Spec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorMaterializer _materializer;

    public StreamTests() => _materializer = Sys.Materializer();

    private async Task<List<T>> All<T, TMat>(Source<T, TMat> source) => (await source.RunWith(Sink.Seq<T>(), _materializer).WaitAsync(Patience)).ToList();

    private static async IAsyncEnumerable<int> Slowly(int count, int milliseconds = 1)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Delay(milliseconds);
            yield return i;
        }
    }

    [Fact]
    public async Task Elements_come_from_collections_single_values_and_asynchronous_sequences()
    {
        Assert.Equal([1, 2, 3], await All(Source.From(new[] { 1, 2, 3 })));
        Assert.Equal(["one"], await All(Source.Single("one")));
        Assert.Empty(await All(Source.Empty<int>()));
        Assert.Equal([1, 2, 3], await All(Source.From(() => Slowly(3))));
    }

    [Fact]
    public async Task Elements_are_mapped_filtered_flattened_and_grouped()
    {
        var source = Source.From(Enumerable.Range(1, 10));
        Assert.Equal([4, 8, 12, 16, 20], await All(source.Where(n => n % 2 == 0).Select(n => n * 2)));
        Assert.Equal([1, 1, 2, 2], await All(source.Take(2).SelectMany(n => new[] { n, n })));
        Assert.Equal([4, 4, 2], (await All(source.Grouped(4))).Select(group => group.Count()));
        Assert.Equal([9, 10], await All(source.Skip(8)));
        Assert.Equal([1, 2, 3], await All(source.TakeWhile(n => n < 4)));
        Assert.Equal([1, 2, 8], await All(source.Take(2).Concat(Source.Single(8))));
    }

    [Fact]
    public async Task A_failure_ends_the_stream_and_faults_its_result()
    {
        var result = Source.From(Enumerable.Range(1, 10)).Select(n => n == 5 ? throw new ArithmeticException() : n).RunWith(Sink.Seq<int>(), _materializer);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => result.WaitAsync(Patience));
        Assert.IsType<ArithmeticException>(failure is AggregateException a ? a.InnerException : failure);
        await Assert.ThrowsAnyAsync<Exception>(() => Source.Failed<int>(new ArithmeticException()).RunWith(Sink.Ignore<int>(), _materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task SelectAsync_loses_nothing_and_keeps_the_order()
    {
        const int count = 20_000;
        var result = await All(Source.From(Enumerable.Range(0, count)).SelectAsync(8, async n =>
        {
            if (n % 3 == 0) await Task.Yield();
            return n;
        }));
        Assert.Equal(Enumerable.Range(0, count), result);
    }

    [Fact]
    public async Task SelectAsync_runs_no_more_at_once_than_it_may()
    {
        var (running, most) = (0, 0);
        var gate = new object();
        await All(Source.From(Enumerable.Range(0, 100)).SelectAsync(4, async n =>
        {
            lock (gate) most = Math.Max(most, ++running);
            await Task.Delay(2);
            lock (gate) running--;
            return n;
        }));
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task SelectAsyncUnordered_loses_nothing_either()
    {
        var result = await All(Source.From(Enumerable.Range(0, 2_000)).SelectAsyncUnordered(8, async n =>
        {
            await Task.Delay(n % 7 == 0 ? 1 : 0);
            return n;
        }));
        Assert.Equal(Enumerable.Range(0, 2_000), result.Order());
    }

    [Fact]
    public async Task A_failure_in_SelectAsync_fails_the_stream()
    {
        var result = Source.From(Enumerable.Range(1, 10)).SelectAsync(2, async n =>
        {
            await Task.Yield();
            return n == 5 ? throw new ArithmeticException() : n;
        }).RunWith(Sink.Ignore<int>(), _materializer);
        await Assert.ThrowsAnyAsync<Exception>(() => result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_full_buffer_holds_its_source_back()
    {
        var pulled = 0;
        var gate = new TaskCompletionSource();
        var result = Source.From(Enumerable.Range(1, 1_000)).Select(n =>
            {
                Interlocked.Increment(ref pulled);
                return n;
            })
            .Buffer(4, OverflowStrategy.Backpressure)
            .SelectAsync(1, async n =>
            {
                await gate.Task;
                return n;
            })
            .RunWith(Sink.Seq<int>(), _materializer);
        await Task.Delay(150);
        Assert.InRange(pulled, 1, 50);
        gate.SetResult();
        Assert.Equal(1_000, (await result.WaitAsync(Patience)).Count);
    }

    [Fact]
    public async Task A_full_buffer_may_drop_or_fail()
    {
        async Task<List<int>> Through(OverflowStrategy strategy)
        {
            var gate = new TaskCompletionSource();
            var result = Source.From(Enumerable.Range(1, 100)).Buffer(3, strategy).SelectAsync(1, async n =>
            {
                await gate.Task;
                return n;
            }).RunWith(Sink.Seq<int>(), _materializer);
            await Task.Delay(1_000);   // until the buffer is full, on a busy machine too
            gate.SetResult();
            return (await result.WaitAsync(Patience)).ToList();
        }

        var tail = await Through(OverflowStrategy.DropHead);
        Assert.True(tail.Count < 20);
        Assert.Equal([98, 99, 100], tail.TakeLast(3));
        var head = await Through(OverflowStrategy.DropNew);
        Assert.True(head.Count < 20);
        Assert.Equal([1, 2, 3], head.Take(3));
        await Assert.ThrowsAnyAsync<BufferOverflowException>(() => Through(OverflowStrategy.Fail));
    }

    [Fact]
    public async Task Batch_gathers_what_a_slow_reader_leaves()
    {
        var batches = await All(Source.From(Enumerable.Range(1, 1_000))
            .Batch(100, n => new List<int> { n }, (list, n) =>
            {
                list.Add(n);
                return list;
            })
            .SelectAsync(1, async list =>
            {
                await Task.Delay(1);
                return list;
            }));
        Assert.Equal(Enumerable.Range(1, 1_000), batches.SelectMany(list => list));
        Assert.True(batches.Max(list => list.Count) is > 1 and <= 100);
    }

    [Fact]
    public async Task GroupedWithin_closes_a_group_by_number_or_by_time()
    {
        var full = await All(Source.From(Enumerable.Range(1, 10)).GroupedWithin(4, TimeSpan.FromSeconds(10)));
        Assert.Equal([4, 4, 2], full.Select(group => group.Count()));

        var channel = Channel.CreateUnbounded<int>();
        var groups = ChannelSource.FromReader(channel.Reader).GroupedWithin(100, Ms(50)).RunWith(Sink.Seq<IEnumerable<int>>(), _materializer);
        channel.Writer.TryWrite(1);
        channel.Writer.TryWrite(2);
        await Task.Delay(200);
        channel.Writer.TryWrite(3);
        channel.Writer.Complete();
        var result = (await groups.WaitAsync(Patience)).Select(group => string.Join(",", group));
        Assert.Equal(["1,2", "3"], result);
    }

    [Fact]
    public async Task Channels_are_sources_and_sinks()
    {
        var input = Channel.CreateBounded<int>(4);
        var output = Channel.CreateBounded<int>(4);
        Source.ChannelReader(input.Reader).Select(n => n * 2).RunWith(ChannelSink.FromWriter(output.Writer, isOwner: true), _materializer);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 1_000; i++) await input.Writer.WriteAsync(i);
            input.Writer.Complete();
        });
        var sum = 0;
        await foreach (var n in output.Reader.ReadAllAsync().WithCancellation(CancellationToken.None)) sum += n;
        await writing;
        Assert.Equal(1_001_000, sum);
    }

    [Fact]
    public async Task A_failed_channel_fails_the_stream()
    {
        var channel = Channel.CreateUnbounded<int>();
        var result = ChannelSource.FromReader(channel.Reader).RunWith(Sink.Ignore<int>(), _materializer);
        channel.Writer.Complete(new ArithmeticException());
        await Assert.ThrowsAnyAsync<Exception>(() => result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_queue_takes_elements_from_outside()
    {
        var (queue, result) = Source.Queue<int>(4, OverflowStrategy.Backpressure).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(_materializer);
        for (var i = 1; i <= 100; i++) Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(i).WaitAsync(Patience));
        queue.Complete();
        Assert.Equal(Enumerable.Range(1, 100), await result.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_full_queue_holds_its_writer_back_or_drops()
    {
        var gate = new TaskCompletionSource();
        var slow = Flow.Create<int>().SelectAsync(1, async n =>
        {
            await gate.Task;
            return n;
        }).To(Sink.Ignore<int>());
        var queue = Source.Queue<int>(2, OverflowStrategy.Backpressure).To(slow).Run(_materializer);
        Task<IQueueOfferResult> offer = null!;
        for (var i = 0; i < 40; i++)
        {
            offer = queue.OfferAsync(i);
            if (await Task.WhenAny(offer, Task.Delay(100)) != offer) break;
        }
        Assert.False(offer.IsCompleted);
        gate.SetResult();
        Assert.IsType<QueueOfferResult.Enqueued>(await offer.WaitAsync(Patience));

        var stuck = new TaskCompletionSource();
        var dropping = Source.Queue<int>(2, OverflowStrategy.DropNew).To(Flow.Create<int>().SelectAsync(1, async n =>
        {
            await stuck.Task;
            return n;
        }).To(Sink.Ignore<int>())).Run(_materializer);
        var results = new List<IQueueOfferResult>();
        for (var i = 0; i < 40; i++) results.Add(await dropping.OfferAsync(i).WaitAsync(Patience));
        Assert.Contains(results, r => r is QueueOfferResult.Dropped);
        stuck.SetResult();
    }

    [Fact]
    public async Task A_failed_queue_fails_the_stream()
    {
        var (queue, result) = Source.Queue<int>(4, OverflowStrategy.Backpressure).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(_materializer);
        queue.Fail(new ArithmeticException());
        await Assert.ThrowsAnyAsync<Exception>(() => result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_kill_switch_ends_a_stream_that_would_not_end()
    {
        var (kill, result) = Source.Never<int>().ViaMaterialized(KillSwitches.Single<int>(), Keep.Right).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(_materializer);
        Assert.False(result.IsCompleted);
        kill.Shutdown();
        Assert.Empty(await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_kill_switch_may_abort()
    {
        var (kill, result) = Source.From(() => Slowly(100_000)).ViaMaterialized(KillSwitches.Single<int>(), Keep.Right).ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(_materializer);
        await Task.Delay(50);
        kill.Abort(new ArithmeticException());
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => result.WaitAsync(Patience));
        Assert.IsType<ArithmeticException>(failure is AggregateException a ? a.InnerException : failure);
    }

    [Fact]
    public async Task A_shared_kill_switch_ends_all_its_streams()
    {
        var kill = KillSwitches.Shared("all");
        var results = Enumerable.Range(0, 3).Select(_ => Source.Never<int>().Via(kill.Flow<int>()).RunWith(Sink.Ignore<int>(), _materializer)).ToArray();
        kill.Shutdown();
        await Task.WhenAll(results).WaitAsync(Patience);
    }

    [Fact]
    public async Task Sinks_act_on_every_element()
    {
        var sum = 0;
        await Source.From(Enumerable.Range(1, 100)).RunForeach(n => sum += n, _materializer).WaitAsync(Patience);
        Assert.Equal(5_050, sum);
        var (running, most, total) = (0, 0, 0);
        var gate = new object();
        await Source.From(Enumerable.Range(1, 100)).RunWith(Sink.ForEachAsync<int>(3, async n =>
        {
            lock (gate) most = Math.Max(most, ++running);
            await Task.Delay(1);
            lock (gate)
            {
                running--;
                total += n;
            }
        }), _materializer).WaitAsync(Patience);
        Assert.Equal(5_050, total);
        Assert.InRange(most, 1, 3);
        Assert.Equal(1, await Source.From(Enumerable.Range(1, 10)).RunWith(Sink.First<int>(), _materializer).WaitAsync(Patience));
        Assert.Equal(10, await Source.From(Enumerable.Range(1, 10)).RunWith(Sink.Last<int>(), _materializer).WaitAsync(Patience));
        Assert.Equal(55, await Source.From(Enumerable.Range(1, 10)).RunWith(Sink.Aggregate<int, int>(0, (a, b) => a + b), _materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_source_that_is_no_longer_wanted_is_let_go()
    {
        var released = new TaskCompletionSource();

        async IAsyncEnumerable<int> Endless([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Delay(1, cancellation);
                    yield return i;
                }
            }
            finally
            {
                released.TrySetResult();
            }
        }

        Assert.Equal([0, 1, 2], await All(Source.From(() => Endless()).Take(3)));
        await released.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_recipe_can_be_run_again()
    {
        var source = Source.From(Enumerable.Range(1, 3)).Via(Flow.Create<int>().Select(n => n + 1));
        Assert.Equal([2, 3, 4], await All(source));
        Assert.Equal([2, 3, 4], await All(source));
    }

    [Fact]
    public async Task Streams_of_an_actor_end_with_it()
    {
        var result = new TaskCompletionSource<Task>();
        var actor = Run(_ => result.SetResult(Source.Never<int>().RunWith(Sink.Seq<int>(), Script.Here.Materializer())));
        var stream = await result.Task.WaitAsync(Patience);
        Sys.Stop(actor);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stream.WaitAsync(Patience));
        Assert.Contains("Abrupt", failure.GetType().Name);
    }

    [Fact]
    public async Task Termination_can_be_watched()
    {
        var (ended, result) = Source.From(Enumerable.Range(1, 3)).WatchTermination((_, task) => task).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(_materializer);
        await ended.WaitAsync(Patience);
        Assert.Equal(3, (await result.WaitAsync(Patience)).Count);
    }

    [Fact]
    public async Task A_stream_can_be_read_as_an_asynchronous_sequence()
    {
        var read = new List<int>();
        await foreach (var n in Source.From(Enumerable.Range(1, 100)).RunAsAsyncEnumerable(_materializer)) read.Add(n);
        Assert.Equal(Enumerable.Range(1, 100), read);
    }
}
