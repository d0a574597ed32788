using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actors;

public class DispatcherTests() : Spec("""
    blocking { type = ForkJoinDispatcher, throughput = 1, dedicated-thread-pool { thread-count = 2 } }
    alone { type = PinnedDispatcher }
    """)
{
    private IActorRef On(string dispatcher, Action<Script> configure) =>
        Sys.ActorOf(Props.Create(() => new Script(configure)).WithDispatcher(dispatcher));

    [Fact]
    public void A_dedicated_pool_has_as_many_threads_as_it_says()
    {
        var (running, most) = (0, 0);
        for (var i = 0; i < 6; i++)
            On("blocking", a => a.On<string>(m =>
            {
                Assert.False(Thread.CurrentThread.IsThreadPoolThread);
                var now = Interlocked.Increment(ref running);
                lock (this) most = Math.Max(most, now);
                Thread.Sleep(40);
                Interlocked.Decrement(ref running);
                TestActor.Tell(m);
            })).Tell("x");
        for (var i = 0; i < 6; i++) ExpectMsg("x");
        Assert.Equal(2, most);
    }

    [Fact]
    public void A_pinned_actor_has_a_thread_of_its_own()
    {
        var actor = On("alone", a => a.On<string>(_ => a.Sender.Tell(Environment.CurrentManagedThreadId)));
        actor.Tell("a");
        var first = ExpectMsg<int>();
        for (var i = 0; i < 20; i++)
        {
            actor.Tell("b");
            ExpectMsg(first);
        }
        On("alone", a => a.On<string>(_ => a.Sender.Tell(Environment.CurrentManagedThreadId))).Tell("a");
        Assert.NotEqual(first, ExpectMsg<int>());
    }

    [Fact]
    public void Asynchronous_handlers_stay_on_the_dispatcher()
    {
        On("blocking", a => a.OnAsync<string>(async _ =>
        {
            await Task.Delay(10);
            a.Sender.Tell(Thread.CurrentThread.IsThreadPoolThread);
        })).Tell("x");
        ExpectMsg(false);
    }

    [Fact]
    public void An_unknown_dispatcher_is_refused() =>
        Assert.ThrowsAny<ConfigurationException>(() => On("nowhere", _ => { }));

    [Fact]
    public void A_busy_actor_does_not_starve_others()
    {
        var stop = false;
        var busy = Run(a => a.On<int>(n =>
        {
            if (!Volatile.Read(ref stop)) a.Self.Tell(n);
        }));
        for (var i = 0; i < 4; i++) busy.Tell(i);
        var other = Run(a => a.OnAny(m => a.Sender.Tell(m)));
        for (var i = 0; i < 100; i++)
        {
            other.Tell(i);
            ExpectMsg(i);
        }
        Volatile.Write(ref stop, true);
    }
}
