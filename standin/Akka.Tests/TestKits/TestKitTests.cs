using Akka.Actor;
using Xunit.Sdk;

namespace Akka.Tests.TestKits;

public class TestKitTests : Spec
{
    [Fact]
    public void An_expectation_that_is_not_met_fails()
    {
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Ms(20)));
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Ms(20)));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("b", Ms(20)));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(m => m == "b", Ms(20)));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(50));
    }

    [Fact]
    public void Expectations_check_and_return_the_message()
    {
        TestActor.Tell("a");
        Assert.Equal("a", ExpectMsg<string>(m => m.Length == 1));
        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsg<string>(m => Assert.Equal("b", m)));
        TestActor.Tell("c");
        ExpectMsgAnyOf(["b", "c"]);
        TestActor.Tell("e");
        TestActor.Tell("d");
        ExpectMsgAllOf("d", "e");
        Assert.Equal(TestActor, LastSender);
    }

    [Fact]
    public void Fishing_passes_over_other_messages()
    {
        TestActor.Tell(1);
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal("b", FishForMessage<string>(m => m == "b"));
        ExpectNoMsg(20);
    }

    [Fact]
    public void Several_messages_are_received_at_once()
    {
        foreach (var n in (int[])[1, 2, 3]) TestActor.Tell(n);
        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
        TestActor.Tell("x");
        Assert.Equal("x", ReceiveOne(Ms(500)));
        Assert.Null(ReceiveOne(Ms(20)));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Waiting_for_a_condition()
    {
        var reached = false;
        _ = Task.Delay(50).ContinueWith(_ => Volatile.Write(ref reached, true));
        AwaitCondition(() => Volatile.Read(ref reached), TimeSpan.FromSeconds(3));
        AwaitAssert(() => Assert.True(reached));
        Assert.ThrowsAny<Exception>(() => AwaitAssert(() => Assert.True(false), Ms(50)));
        Assert.ThrowsAny<Exception>(() => AwaitCondition(() => false, Ms(50)));
    }

    [Fact]
    public void A_probe_is_an_actor_with_expectations_of_its_own()
    {
        var echo = Run(a => a.OnAny(m => a.Sender.Tell(m)));
        var probe = CreateTestProbe("probe");
        probe.Send(echo, "hello");
        probe.ExpectMsg("hello");
        ExpectNoMsg(20);
        Assert.Equal(echo, probe.LastSender);

        IActorRef reference = probe;
        reference.Tell("question", TestActor);
        probe.ExpectMsg("question");
        probe.Reply("answer");
        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);
        Assert.True(probe.Equals(probe.Ref));
        Assert.Contains("probe", probe.Ref.Path.Name);
    }

    [Fact]
    public void A_probe_can_be_watched_and_watch()
    {
        var probe = CreateTestProbe();
        Watch(probe);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
        var (watcher, actor) = (CreateTestProbe(), Run(_ => { }));
        watcher.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        watcher.ExpectTerminated(actor);
    }

    [Fact]
    public void A_probe_can_be_forwarded_to()
    {
        var probe = CreateTestProbe();
        var actor = Run(a => a.OnAny(m => probe.Ref.Forward(m)));
        actor.Tell("x");
        probe.ExpectMsg("x");
        Assert.Equal(TestActor, probe.LastSender);
    }

    [Fact]
    public async Task The_test_actor_stays_the_sender_after_an_await()
    {
        var echo = Run(a => a.OnAny(m => a.Sender.Tell(m)));
        await Task.Delay(10);
        echo.Tell("a");
        await ExpectMsgAsync("a");
        await Task.Yield();
        echo.Tell("b");
        Assert.Equal("b", await ExpectMsgAsync<string>());
        await ExpectNoMsgAsync(Ms(20));
        var tries = 0;
        await AwaitAssertAsync(() => Assert.True(++tries >= 3));
        Assert.Equal(3, tries);
    }

    [Fact]
    public void Within_bounds_what_happens_in_it()
    {
        TestActor.Tell("x");
        Within(TimeSpan.FromSeconds(2), () =>
        {
            Assert.True(Remaining <= TimeSpan.FromSeconds(2));
            ExpectMsg("x");
        });
        Assert.ThrowsAny<Exception>(() => Within(Ms(30), () => Thread.Sleep(200)));
    }

    [Fact]
    public void Messages_can_be_ignored()
    {
        IgnoreMessages<int>(n => n > 1);
        TestActor.Tell(2);
        TestActor.Tell(1);
        ExpectMsg(1);
        IgnoreNoMessages();
        TestActor.Tell(3);
        ExpectMsg(3);
    }

    [Fact]
    public void An_actor_can_watch_a_probe()
    {
        var probe = CreateTestProbe();
        Run(a =>
        {
            Script.Here.Watch(probe);
            a.On<Terminated>(t => TestActor.Tell(t.ActorRef.Equals(probe.Ref)));
            TestActor.Tell("ready");
        });
        ExpectMsg("ready");
        Sys.Stop(probe.Ref);
        ExpectMsg(true);
    }
}
