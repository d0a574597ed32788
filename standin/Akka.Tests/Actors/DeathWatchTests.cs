using Akka.Actor;

namespace Akka.Tests.Actors;

public class DeathWatchTests : Spec
{
    private IActorRef Idle() => Run(a => a.OnAny(_ => { }));

    [Fact]
    public void A_watcher_hears_of_the_end()
    {
        var actor = Idle();
        Watch(actor);
        Sys.Stop(actor);
        var terminated = ExpectMsg<Terminated>();
        Assert.Equal(actor, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public void Watching_what_has_already_ended_is_answered_too()
    {
        var actor = Idle();
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        var probe = CreateTestProbe();
        probe.Watch(actor);
        probe.ExpectTerminated(actor);
    }

    [Fact]
    public void Unwatch_takes_it_back()
    {
        var actor = Idle();
        Watch(actor);
        Unwatch(actor);
        Sys.Stop(actor);
        ExpectNoMsg(100);
    }

    [Fact]
    public void Watching_twice_is_told_once()
    {
        var actor = Idle();
        Watch(actor);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        ExpectNoMsg(100);
    }

    [Fact]
    public void WatchWith_chooses_the_message()
    {
        var actor = Idle();
        Run(a =>
        {
            Script.Here.WatchWith(actor, "gone");
            a.On<string>(m => TestActor.Tell(m));
        });
        Thread.Sleep(50);
        Sys.Stop(actor);
        ExpectMsg("gone");
    }

    [Fact]
    public void Unwatch_also_takes_back_what_is_already_in_the_mailbox()
    {
        var actor = Idle();
        var gate = new ManualResetEventSlim();
        var watcher = Run(a =>
        {
            Script.Here.Watch(actor);
            a.On<string>(_ =>
            {
                gate.Wait();
                Script.Here.Unwatch(actor);
            });
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.On<int>(_ => TestActor.Tell("int"));
        });
        watcher.Tell("unwatch");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        gate.Set();
        watcher.Tell(1);
        ExpectMsg("int");
    }

    [Fact]
    public void An_unhandled_Terminated_ends_the_watcher()
    {
        var actor = Idle();
        var watcher = Run(_ => Script.Here.Watch(actor));
        Watch(watcher);
        Sys.Stop(actor);
        ExpectTerminated(watcher);
    }

    [Fact]
    public void The_death_pact_reaches_the_supervisor()
    {
        var actor = Idle();
        Run(parent =>
        {
            parent.Strategy = new OneForOneStrategy(e =>
            {
                TestActor.Tell(e is DeathPactException pact ? pact.DeadActor : e.GetType());
                return Directive.Stop;
            });
            parent.Child(_ => Script.Here.Watch(actor));
        });
        Thread.Sleep(50);
        Sys.Stop(actor);
        Assert.Equal(actor, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void A_parent_can_watch_its_child_and_use_the_name_again()
    {
        Run(a =>
        {
            var child = a.Child(c => c.OnAny(_ => { }), "child");
            Script.Here.Watch(child);
            Script.Here.Stop(child);
            a.On<Terminated>(t =>
            {
                var again = a.Child(_ => { }, "child");
                TestActor.Tell(again.Path.Name);
            });
        });
        ExpectMsg("child");
    }

    [Fact]
    public void Stopping_a_parent_stops_its_children_first()
    {
        var actor = Run(a =>
        {
            a.Stopping = () => TestActor.Tell("parent");
            a.Child(c =>
            {
                c.Stopping = () => TestActor.Tell("child");
                c.Child(g => g.Stopping = () => TestActor.Tell("grandchild"));
            });
        });
        actor.Tell("x", ActorRefs.NoSender);
        Thread.Sleep(50);
        Sys.Stop(actor);
        ExpectMsg("grandchild");
        ExpectMsg("child");
        ExpectMsg("parent");
    }

    [Fact]
    public void A_poison_pill_waits_its_turn()
    {
        var actor = Run(a =>
        {
            a.Stopping = () => TestActor.Tell("stopped");
            a.On<string>(m => TestActor.Tell(m));
        });
        actor.Tell("a");
        actor.Tell("b");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("c");
        ExpectMsg("a");
        ExpectMsg("b");
        ExpectMsg("stopped");
        ExpectNoMsg(50);
    }

    [Fact]
    public void Stop_overtakes_what_waits_in_the_mailbox()
    {
        var (inside, gate) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var actor = Run(a =>
        {
            a.Stopping = () => TestActor.Tell("stopped");
            a.On<string>(m =>
            {
                inside.Set();
                gate.Wait();
                TestActor.Tell(m);
            });
        });
        actor.Tell("a");
        actor.Tell("b");
        inside.Wait();
        Sys.Stop(actor);
        Thread.Sleep(100);
        gate.Set();
        ExpectMsg("a");
        ExpectMsg("stopped");
    }
}
