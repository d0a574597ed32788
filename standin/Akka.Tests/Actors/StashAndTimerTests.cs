using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actors;

public class StashAndTimerTests : Spec
{
    private sealed record Silent : INotInfluenceReceiveTimeout;

    [Fact]
    public void Stashed_messages_come_back_in_order_and_before_others()
    {
        var actor = Run(a =>
        {
            a.On<string>(m => m == "open", _ =>
            {
                a.Stash.UnstashAll();
                a.Turn(() => a.On<string>(m => a.Sender.Tell(m)));
            });
            a.On<string>(_ => a.Stash.Stash());
        });
        foreach (var message in (string[])["a", "b", "c", "open", "d"]) actor.Tell(message);
        foreach (var message in (string[])["a", "b", "c", "d"]) ExpectMsg(message);
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void Unstash_brings_back_the_oldest()
    {
        var actor = Run(a =>
        {
            a.On<int>(_ => a.Stash.Unstash());
            a.On<string>(m => m == "open", _ =>
            {
                a.Turn(() =>
                {
                    a.On<int>(_ => a.Stash.Unstash());
                    a.On<string>(m => a.Sender.Tell(m));
                });
            });
            a.On<string>(_ => a.Stash.Stash());
        });
        foreach (var message in (object[])["a", "b", "open", 1]) actor.Tell(message);
        ExpectMsg("a");
        ExpectNoMsg(50);
        actor.Tell(1);
        ExpectMsg("b");
    }

    [Fact]
    public void The_same_message_cannot_be_stashed_twice()
    {
        var actor = Run(a => a.On<string>(_ =>
        {
            a.Stash.Stash();
            try
            {
                a.Stash.Stash();
            }
            catch (IllegalActorStateException)
            {
                a.Sender.Tell("refused");
            }
        }));
        actor.Tell("x");
        ExpectMsg("refused");
    }

    [Fact]
    public void A_restart_brings_stashed_messages_back()
    {
        var failed = false;
        var actor = Run(a =>
        {
            a.On<Exception>(e =>
            {
                failed = true;
                throw e;
            });
            a.On<string>(m =>
            {
                if (failed) TestActor.Tell(m);
                else a.Stash.Stash();
            });
        });
        actor.Tell("a");
        actor.Tell("b");
        actor.Tell(new ArithmeticException());
        ExpectMsg("a");
        ExpectMsg("b");
    }

    [Fact]
    public void Stashed_messages_of_an_actor_that_ends_become_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Run(a => a.On<string>(_ => a.Stash.Stash()));
        actor.Tell("a");
        actor.Tell(PoisonPill.Instance);
        Assert.Equal("a", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void A_stash_can_be_cleared_and_counted()
    {
        var actor = Run(a =>
        {
            a.On<int>(_ =>
            {
                var cleared = a.Stash.ClearStash().Count();
                a.Sender.Tell(cleared);
            });
            a.On<string>(_ => a.Stash.Stash());
        });
        actor.Tell("a");
        actor.Tell("b");
        actor.Tell(0);
        ExpectMsg(2);
        actor.Tell(0);
        ExpectMsg(0);
    }

    [Fact]
    public void A_single_timer_sends_once()
    {
        Run(a =>
        {
            a.Starting = () => a.Timers.StartSingleTimer("key", "tick", Ms(20));
            a.On<string>(m => TestActor.Tell($"{m} {a.Timers.IsTimerActive("key")}"));
        });
        ExpectMsg("tick False");
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_periodic_timer_sends_until_it_is_cancelled()
    {
        var actor = Run(a =>
        {
            a.Starting = () => a.Timers.StartPeriodicTimer("key", "tick", Ms(10), Ms(20));
            a.On<int>(_ =>
            {
                a.Timers.Cancel("key");
                a.Sender.Tell("cancelled");
            });
            a.On<string>(m => TestActor.Tell(m));
        });
        for (var i = 0; i < 3; i++) ExpectMsg("tick");
        actor.Tell(0);
        FishForMessage<string>(m => m == "cancelled");
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_timer_with_the_same_key_replaces_the_old_one()
    {
        Run(a =>
        {
            a.Starting = () =>
            {
                a.Timers.StartSingleTimer("key", "old", Ms(20));
                a.Timers.StartSingleTimer("key", "new", Ms(40));
            };
            a.On<string>(m => TestActor.Tell(m));
        });
        ExpectMsg("new");
        ExpectNoMsg(50);
    }

    [Fact]
    public void A_cancelled_timer_is_silent_even_when_its_message_waits_already()
    {
        var actor = Run(a =>
        {
            a.On<int>(_ =>
            {
                a.Timers.StartSingleTimer("key", "tick", Ms(1));
                Thread.Sleep(100);
                a.Timers.Cancel("key");
            });
            a.On<string>(m => TestActor.Tell(m));
        });
        actor.Tell(0);
        ExpectNoMsg(250);
    }

    [Fact]
    public void Timers_end_with_a_restart()
    {
        var starts = 0;
        var actor = Run(a =>
        {
            a.Starting = () =>
            {
                if (starts++ == 0) a.Timers.StartPeriodicTimer("key", "tick", Ms(400));
            };
            a.On<Exception>(e => throw e);
            a.On<string>(m => TestActor.Tell(m));
        });
        actor.Tell(new ArithmeticException());
        ExpectNoMsg(700);
    }

    [Fact]
    public void Silence_is_told_by_a_receive_timeout_again_and_again()
    {
        Run(a =>
        {
            Script.Here.SetReceiveTimeout(Ms(40));
            a.On<ReceiveTimeout>(_ => TestActor.Tell("timeout"));
        });
        ExpectMsg("timeout");
        ExpectMsg("timeout");
    }

    [Fact]
    public void Messages_put_the_receive_timeout_off_unless_they_do_not_influence_it()
    {
        var actor = Run(a =>
        {
            Script.Here.SetReceiveTimeout(Ms(600));
            a.On<ReceiveTimeout>(_ => TestActor.Tell("timeout"));
            a.OnAny(_ => { });
        });
        for (var i = 0; i < 16; i++)
        {
            actor.Tell("busy");
            Thread.Sleep(50);
        }
        ExpectNoMsg(1);
        for (var i = 0; i < 16; i++)
        {
            actor.Tell(new Silent());
            Thread.Sleep(50);
        }
        ExpectMsg("timeout", Ms(500));
    }

    [Fact]
    public void A_receive_timeout_can_be_taken_back()
    {
        var actor = Run(a =>
        {
            Script.Here.SetReceiveTimeout(Ms(50));
            a.On<ReceiveTimeout>(_ => TestActor.Tell("timeout"));
            a.OnAny(_ => Script.Here.SetReceiveTimeout(null));
        });
        actor.Tell("x");
        ExpectNoMsg(150);
    }
}
