using Akka.Actor;

namespace Akka.Tests.Actors;

public class AsyncReceivingTests : Spec
{
    [Fact]
    public void Messages_wait_until_an_asynchronous_handler_has_ended()
    {
        var actor = Run(a =>
        {
            a.OnAsync<string>(async m =>
            {
                TestActor.Tell("begin " + m);
                await Task.Delay(30);
                TestActor.Tell("end " + m);
            });
            a.On<int>(_ => TestActor.Tell("int"));
        });
        actor.Tell("a");
        actor.Tell(1);
        actor.Tell("b");
        foreach (var expected in (string[])["begin a", "end a", "int", "begin b", "end b"]) ExpectMsg(expected);
    }

    [Fact]
    public void Self_sender_and_context_stay_over_an_await()
    {
        var actor = Run(a => a.OnAsync<string>(async _ =>
        {
            await Task.Delay(10);
            a.Sender.Tell(a.Self);
            await Task.Yield();
            a.Sender.Tell(Script.Here.Self);
        }));
        actor.Tell("x");
        Assert.Equal(actor, ExpectMsg<IActorRef>());
        Assert.Equal(actor, ExpectMsg<IActorRef>());
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void A_failure_after_an_await_restarts_the_actor()
    {
        var actor = Run(a =>
        {
            a.Restarting = (reason, message) => TestActor.Tell($"{reason.GetType().Name} {reason.Message} {message}");
            a.OnAsync<string>(async m =>
            {
                await Task.Delay(10);
                throw new ArithmeticException("late");
            });
            a.On<int>(_ => TestActor.Tell("alive"));
        });
        actor.Tell("x");
        actor.Tell(1);
        ExpectMsg("ArithmeticException late x");
        ExpectMsg("alive");
    }

    [Fact]
    public void A_failure_before_the_first_await_restarts_the_actor()
    {
        var actor = Run(a =>
        {
            a.Restarting = (reason, _) => TestActor.Tell(reason.GetType().Name);
            a.OnAsync<string>(_ => throw new ArithmeticException("early"));
            a.On<int>(_ => TestActor.Tell("alive"));
        });
        actor.Tell("x");
        actor.Tell(1);
        ExpectMsg("ArithmeticException");
        ExpectMsg("alive");
    }

    [Fact]
    public void A_handler_that_is_already_done_costs_no_suspension()
    {
        var actor = Run(a => a.OnAsync<int>(n =>
        {
            if (n == 10_000) TestActor.Tell("done");
            return Task.CompletedTask;
        }));
        for (var i = 1; i <= 10_000; i++) actor.Tell(i);
        ExpectMsg("done", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Two_handlers_never_run_at_once()
    {
        var (inside, overlaps) = (0, 0);
        var actor = Run(a => a.OnAsync<int>(async n =>
        {
            if (Interlocked.Increment(ref inside) != 1) overlaps++;
            await Task.Yield();
            await Task.Delay(1);
            Interlocked.Decrement(ref inside);
            if (n == 50) TestActor.Tell("done");
        }));
        for (var i = 1; i <= 50; i++) actor.Tell(i);
        ExpectMsg("done", TimeSpan.FromSeconds(10));
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public void Stop_does_not_wait_for_the_handler()
    {
        var gate = new TaskCompletionSource();
        var actor = Run(a =>
        {
            a.Stopping = () => TestActor.Tell("stopped");
            a.OnAsync<string>(async _ =>
            {
                TestActor.Tell("begin");
                await gate.Task;
                TestActor.Tell("end");
            });
        });
        actor.Tell("x");
        ExpectMsg("begin");
        Sys.Stop(actor);
        ExpectMsg("stopped");
        gate.SetResult();
    }

    [Fact]
    public void A_poison_pill_waits_for_the_handler()
    {
        var gate = new TaskCompletionSource();
        var actor = Run(a =>
        {
            a.Stopping = () => TestActor.Tell("stopped");
            a.OnAsync<string>(async _ =>
            {
                await gate.Task;
                TestActor.Tell("end");
            });
        });
        actor.Tell("x");
        actor.Tell(PoisonPill.Instance);
        ExpectNoMsg(100);
        gate.SetResult();
        ExpectMsg("end");
        ExpectMsg("stopped");
    }

    [Fact]
    public void A_child_that_fails_while_its_parent_awaits_is_answered()
    {
        var gate = new TaskCompletionSource();
        var parent = Run(a =>
        {
            var child = a.Child(c =>
            {
                c.Restarted = _ => TestActor.Tell("restarted");
                c.On<Exception>(e => throw e);
            });
            a.On<int>(_ => TestActor.Tell(child));
            a.OnAsync<string>(async _ =>
            {
                TestActor.Tell("begin");
                await gate.Task;
                TestActor.Tell("end");
            });
        });
        parent.Tell(1);
        var one = ExpectMsg<IActorRef>();
        parent.Tell("x");
        ExpectMsg("begin");
        one.Tell(new ArithmeticException());
        ExpectNoMsg(200);
        gate.SetResult();
        ExpectMsg("end");
        ExpectMsg("restarted");
    }
}
