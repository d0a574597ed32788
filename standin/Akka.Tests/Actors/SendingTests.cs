using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actors;

public class SendingTests : Spec
{
    [Fact]
    public void A_message_reaches_the_actor_and_the_answer_its_sender()
    {
        var echo = Run(a => a.OnAny(m => a.Sender.Tell(m)), "echo");
        echo.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public void A_million_messages_arrive_in_order_and_none_is_lost()
    {
        const int count = 1_000_000;
        var next = 0;
        var wrong = 0;
        var actor = Run(a => a.On<int>(n =>
        {
            if (n != next++) wrong++;
            if (next == count) TestActor.Tell("done");
        }));
        for (var i = 0; i < count; i++) actor.Tell(i);
        ExpectMsg("done", TimeSpan.FromSeconds(30));
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Many_senders_keep_each_their_order_and_nothing_is_lost()
    {
        const int senders = 8, each = 50_000;
        var last = new int[senders];
        var (total, wrong) = (0, 0);
        var actor = Run(a => a.On<(int Sender, int Number)>(m =>
        {
            if (m.Number != ++last[m.Sender]) wrong++;
            if (++total == senders * each) TestActor.Tell("done");
        }));
        Parallel.For(0, senders, s =>
        {
            for (var i = 1; i <= each; i++) actor.Tell((s, i));
        });
        ExpectMsg("done", TimeSpan.FromSeconds(30));
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Null_cannot_be_sent() =>
        Assert.ThrowsAny<Exception>(() => TestActor.Tell(null!));

    [Fact]
    public void Forward_keeps_the_first_sender()
    {
        var echo = Run(a => a.OnAny(m => a.Sender.Tell(m)));
        var middle = Run(a => a.OnAny(m => echo.Forward(m)));
        middle.Tell("x");
        ExpectMsgFrom(echo, "x");
    }

    [Fact]
    public void Without_a_sender_the_sender_is_the_dead_letters()
    {
        var actor = Run(a => a.OnAny(_ => TestActor.Tell(a.Sender)));
        actor.Tell("x", ActorRefs.NoSender);
        Assert.Equal(Sys.DeadLetters, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void A_message_to_an_ended_actor_is_a_dead_letter()
    {
        var actor = Run(a => a.OnAny(_ => { }));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        actor.Tell("late");
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal("late", letter.Message);
        Assert.Equal(actor, letter.Recipient);
        Assert.Equal(TestActor, letter.Sender);
    }

    [Fact]
    public void What_is_left_in_the_mailbox_becomes_dead_letters()
    {
        var gate = new ManualResetEventSlim();
        var actor = Run(a => a.On<string>(m =>
        {
            gate.Wait();
            Script.Here.Stop(a.Self);
        }));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell("third");
        gate.Set();
        Assert.Equal("second", ExpectMsg<DeadLetter>().Message);
        Assert.Equal("third", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void A_message_nobody_handles_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Run(a => a.On<string>(_ => { }));
        actor.Tell(42);
        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal(42, unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
    }

    [Fact]
    public void Nobody_ignores_everything()
    {
        ActorRefs.Nobody.Tell("x");
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.False(TestActor.IsNobody());
    }

    [Fact]
    public void Identify_is_answered_by_every_actor()
    {
        var actor = Run(a => a.On<string>(_ => { }));
        actor.Tell(new Identify("id"));
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal("id", identity.MessageId);
        Assert.Equal(actor, identity.Subject);
    }
}
