using Akka.Actor;

namespace Akka.Tests.Actors;

public class SupervisionTests : Spec
{
    private IActorRef Parent(SupervisorStrategy? strategy, Action<Script> child) => Run(parent =>
    {
        parent.Strategy = strategy;
        var one = parent.Child(child, "child");
        parent.OnAny(m => one.Forward(m));
    });

    private static Action<Script> Counter(IActorRef probe) => a =>
    {
        var count = 0;
        a.Starting = () => probe.Tell("started");
        a.Stopping = () => probe.Tell("stopped");
        a.Restarting = (_, m) => probe.Tell("restarting " + ((Exception)m).Message);
        a.Restarted = _ => probe.Tell("restarted");
        a.On<Exception>(e => throw e);
        a.On<string>(_ => a.Sender.Tell(++count));
    };

    private void ExpectAll(params string[] messages)
    {
        foreach (var message in messages) ExpectMsg(message);
    }

    [Fact]
    public void A_restart_makes_a_new_instance_and_keeps_the_mailbox()
    {
        var parent = Parent(null, Counter(TestActor));
        ExpectMsg("started");
        parent.Tell("count");
        ExpectMsg(1);
        parent.Tell(new ArithmeticException("x"));
        parent.Tell("count");
        ExpectAll("restarting x", "stopped", "restarted", "started");
        ExpectMsg(1);
    }

    [Fact]
    public void Resume_keeps_the_instance()
    {
        var parent = Parent(new OneForOneStrategy(_ => Directive.Resume), Counter(TestActor));
        ExpectMsg("started");
        parent.Tell("count");
        parent.Tell(new ArithmeticException());
        parent.Tell("count");
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void Stop_ends_the_child()
    {
        var parent = Parent(new OneForOneStrategy(_ => Directive.Stop), Counter(TestActor));
        ExpectMsg("started");
        parent.Tell(new ArithmeticException());
        ExpectMsg("stopped");
        ExpectNoMsg(100);
    }

    [Fact]
    public void Escalate_fails_the_parent_which_restarts_with_new_children()
    {
        var parent = Parent(new OneForOneStrategy(_ => Directive.Escalate), Counter(TestActor));
        ExpectMsg("started");
        parent.Tell("count");
        ExpectMsg(1);
        parent.Tell(new ArithmeticException());
        ExpectMsg("stopped");
        ExpectMsg("started");
        parent.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void Too_many_restarts_end_the_child()
    {
        var parent = Parent(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart), Counter(TestActor));
        ExpectMsg("started");
        for (var i = 0; i < 2; i++)
        {
            parent.Tell(new ArithmeticException("x"));
            ExpectAll("restarting x", "stopped", "restarted", "started");
        }
        parent.Tell(new ArithmeticException("x"));
        ExpectMsg("stopped");
        ExpectNoMsg(100);
    }

    [Fact]
    public void Without_a_window_restarts_are_counted_for_ever()
    {
        var parent = Parent(new OneForOneStrategy(1, Timeout.Infinite, _ => Directive.Restart), Counter(TestActor));
        ExpectMsg("started");
        parent.Tell(new ArithmeticException("x"));
        ExpectAll("restarting x", "stopped", "restarted", "started");
        parent.Tell(new ArithmeticException("x"));
        ExpectMsg("stopped");
    }

    [Fact]
    public void A_window_forgets_old_restarts()
    {
        var parent = Parent(new OneForOneStrategy(1, 100, _ => Directive.Restart), Counter(TestActor));
        ExpectMsg("started");
        for (var i = 0; i < 3; i++)
        {
            parent.Tell(new ArithmeticException("x"));
            ExpectAll("restarting x", "stopped", "restarted", "started");
            Thread.Sleep(200);
        }
    }

    [Fact]
    public void The_directive_depends_on_the_exception()
    {
        var parent = Parent(
            new OneForOneStrategy(e => e is ArithmeticException ? Directive.Resume : Directive.Stop), Counter(TestActor));
        ExpectMsg("started");
        parent.Tell(new ArithmeticException());
        parent.Tell("count");
        ExpectMsg(1);
        parent.Tell(new FormatException());
        ExpectMsg("stopped");
    }

    [Fact]
    public void One_for_one_leaves_the_siblings_alone_and_all_for_one_does_not()
    {
        IActorRef With(SupervisorStrategy strategy, string name) => Run(parent =>
        {
            parent.Strategy = strategy;
            foreach (var child in (string[])["a", "b"])
                parent.Child(a =>
                {
                    a.Restarted = _ => TestActor.Tell(name + child);
                    a.On<Exception>(e => throw e);
                }, child);
            parent.OnAny(m => Script.Here.Child("a").Forward(m));
        });

        With(new OneForOneStrategy(_ => Directive.Restart), "one ").Tell(new ArithmeticException());
        ExpectMsg("one a");
        ExpectNoMsg(100);
        With(new AllForOneStrategy(_ => Directive.Restart), "all ").Tell(new ArithmeticException());
        ExpectMsgAllOf("all a", "all b");
    }

    [Fact]
    public void All_for_one_stops_all()
    {
        var parent = Run(parent =>
        {
            parent.Strategy = new AllForOneStrategy(_ => Directive.Stop);
            foreach (var child in (string[])["a", "b"])
                parent.Child(a =>
                {
                    a.Stopping = () => TestActor.Tell(child);
                    a.On<Exception>(e => throw e);
                }, child);
            parent.OnAny(m => Script.Here.Child("a").Forward(m));
        });
        parent.Tell(new ArithmeticException());
        ExpectMsgAllOf("a", "b");
    }

    [Fact]
    public void A_restart_stops_the_children_first()
    {
        var actor = Run(a =>
        {
            a.Child(c => c.Stopping = () => TestActor.Tell("child stopped"), "child");
            a.Restarted = _ => TestActor.Tell("restarted");
            a.On<Exception>(e => throw e);
        });
        actor.Tell(new ArithmeticException());
        ExpectMsg("child stopped");
        ExpectMsg("restarted");
    }

    [Fact]
    public void Children_that_are_kept_restart_with_their_parent()
    {
        var first = true;
        var actor = Run(a =>
        {
            a.KeepsChildren = true;
            if (first)
            {
                first = false;
                a.Child(c =>
                {
                    c.Restarted = _ => TestActor.Tell("child restarted");
                    c.On<string>(_ => c.Sender.Tell("child"));
                }, "child");
            }
            a.On<Exception>(e => throw e);
            a.On<string>(m => Script.Here.Child("child").Forward(m));
        });
        actor.Tell(new ArithmeticException());
        ExpectMsg("child restarted");
        actor.Tell("x");
        ExpectMsg("child");
    }

    [Fact]
    public void A_constructor_that_throws_ends_the_actor()
    {
        var actor = Run(_ => throw new ArithmeticException());
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failed_construction_reaches_the_strategy_as_such()
    {
        Run(parent =>
        {
            parent.Strategy = new OneForOneStrategy(e =>
            {
                TestActor.Tell($"{e.GetType().Name} {e.InnerException?.GetType().Name}");
                return Directive.Stop;
            });
            parent.Child(_ => throw new ArithmeticException());
        });
        var text = ExpectMsg<string>();
        Assert.StartsWith("ActorInitializationException ", text);
    }

    [Fact]
    public void PreStart_that_throws_ends_the_actor()
    {
        var actor = Run(a => a.Starting = () => throw new ArithmeticException());
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Kill_ends_the_actor_by_default()
    {
        var actor = Run(a => a.Stopping = () => TestActor.Tell("stopped"));
        Watch(actor);
        actor.Tell(Kill.Instance);
        ExpectMsg("stopped");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Props_can_carry_the_strategy()
    {
        var child = Counter(TestActor);
        Action<Script> configure = parent =>
        {
            var one = parent.Child(child);
            parent.OnAny(m => one.Forward(m));
        };
        var actor = Sys.ActorOf(Props.Create(() => new Script(configure)).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        ExpectMsg("started");
        actor.Tell("count");
        ExpectMsg(1);
        actor.Tell(new ArithmeticException());
        actor.Tell("count");
        ExpectMsg(2);
    }

    [Fact]
    public void The_parent_is_not_disturbed_by_a_child_that_ends()
    {
        var parent = Parent(SupervisorStrategy.StoppingStrategy, Counter(TestActor));
        ExpectMsg("started");
        parent.Tell(new ArithmeticException());
        ExpectMsg("stopped");
        parent.Tell(new Identify(1));
        ExpectMsg<ActorIdentity>();
    }
}
