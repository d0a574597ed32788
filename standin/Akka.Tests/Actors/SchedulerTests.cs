using Akka.Actor;

namespace Akka.Tests.Actors;

public class SchedulerTests : Spec
{
    [Fact]
    public void A_message_comes_later()
    {
        Sys.Scheduler.ScheduleTellOnce(Ms(30), TestActor, "later", ActorRefs.NoSender);
        ExpectMsg("later");
        ExpectNoMsg(60);
    }

    [Fact]
    public void A_cancelled_message_does_not_come()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(Ms(50), TestActor, "later", ActorRefs.NoSender);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
        ExpectNoMsg(120);
    }

    [Fact]
    public void A_repeated_message_comes_until_it_is_cancelled()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Ms(10), Ms(20), TestActor, "again", TestActor);
        ExpectMsg("again");
        ExpectMsg("again");
        Assert.Equal(TestActor, LastSender);
        cancelable.Cancel();
        Thread.Sleep(50);
        ReceiveWhile<object>(m => m, Ms(50), Ms(10));
        ExpectNoMsg(80);
    }

    [Fact]
    public void Actions_run_later_too()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(Ms(20), () => TestActor.Tell("ran"));
        ExpectMsg("ran");
        var cancelable = Sys.Scheduler.Advanced.ScheduleRepeatedlyCancelable(Ms(10), Ms(10), () => TestActor.Tell("again"));
        ExpectMsg("again");
        ExpectMsg("again");
        cancelable.Cancel();
    }

    [Fact]
    public void One_cancelable_can_call_off_several()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Ms(40), TestActor, "a", ActorRefs.NoSender, cancelable);
        Sys.Scheduler.ScheduleTellOnce(Ms(40), TestActor, "b", ActorRefs.NoSender, cancelable);
        cancelable.Cancel();
        ExpectNoMsg(120);
    }
}
