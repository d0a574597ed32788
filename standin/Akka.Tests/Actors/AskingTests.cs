using Akka.Actor;

namespace Akka.Tests.Actors;

public class AskingTests : Spec
{
    private IActorRef Echo() => Run(a => a.OnAny(m => a.Sender.Tell(m)));
    private IActorRef Silent() => Run(a => a.OnAny(_ => { }));

    [Fact]
    public async Task An_answer_completes_the_task()
    {
        Assert.Equal("hi", await Echo().Ask<string>("hi", TimeSpan.FromSeconds(3)));
        Assert.Equal("hi", await Echo().Ask("hi", TimeSpan.FromSeconds(3)));
        Assert.Equal("hi", await Echo().Ask<string>("hi", CancellationToken.None));
    }

    [Fact]
    public async Task No_answer_is_a_timeout() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => Silent().Ask<string>("hi", Ms(50)));

    [Fact]
    public async Task A_cancelled_ask_is_a_cancelled_task()
    {
        using var source = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Silent().Ask<string>("hi", source.Token));
    }

    [Fact]
    public async Task A_failure_as_the_answer_faults_the_task()
    {
        var actor = Run(a => a.OnAny(_ => a.Sender.Tell(new Status.Failure(new ArithmeticException("no")))));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => actor.Ask<string>("hi", TimeSpan.FromSeconds(3)));
        Assert.IsType<ArithmeticException>(failure is AggregateException aggregate ? aggregate.InnerException : failure);
    }

    [Fact]
    public async Task An_answer_of_another_type_faults_the_task()
    {
        var actor = Run(a => a.OnAny(_ => a.Sender.Tell(42)));
        await Assert.ThrowsAnyAsync<Exception>(() => actor.Ask<string>("hi", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task The_message_can_carry_the_reference_that_waits()
    {
        var actor = Run(a => a.On<IActorRef>(who => who.Tell("direct")));
        Assert.Equal("direct", await actor.Ask<string>(who => who, TimeSpan.FromSeconds(3), CancellationToken.None));
    }

    [Fact]
    public async Task Only_the_first_answer_counts()
    {
        var actor = Run(a => a.OnAny(_ =>
        {
            a.Sender.Tell("one");
            a.Sender.Tell("two");
        }));
        Assert.Equal("one", await actor.Ask<string>("hi", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void PipeTo_sends_the_result()
    {
        Task.FromResult("done").PipeTo(TestActor);
        ExpectMsg("done");
        Task.FromResult(2).PipeTo(TestActor, success: n => "two " + n);
        ExpectMsg("two 2");
        new ValueTask<string>("value").PipeTo(TestActor);
        ExpectMsg("value");
        Task.CompletedTask.PipeTo(TestActor, success: () => "completed");
        ExpectMsg("completed");
    }

    [Fact]
    public void PipeTo_sends_a_failure()
    {
        Later<string>().PipeTo(TestActor);
        Assert.IsType<ArithmeticException>(ExpectMsg<Status.Failure>().Cause is AggregateException a ? a.InnerException : LastFailure());
        Later<string>().PipeTo(TestActor, failure: e => "failed");
        ExpectMsg("failed");

        static async Task<T> Later<T>()
        {
            await Task.Delay(5);
            throw new ArithmeticException();
        }

        Exception LastFailure() => ((Status.Failure)LastMessage).Cause;
    }

    [Fact]
    public void PipeTo_names_the_given_sender()
    {
        var probe = CreateTestProbe();
        Task.FromResult("x").PipeTo(TestActor, sender: probe.Ref);
        ExpectMsg("x");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public async Task GracefulStop_waits_for_the_end()
    {
        var stopped = false;
        var actor = Run(a =>
        {
            a.Stopping = () => stopped = true;
            a.OnAny(_ => { });
        });
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(3)));
        Assert.True(stopped);
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task GracefulStop_tells_when_it_took_too_long()
    {
        var actor = Run(a => a.OnAny(_ => { }));
        Assert.False(await actor.GracefulStop(Ms(50), "not a stop message"));
    }

    [Fact]
    public async Task GracefulStop_can_send_a_message_of_ones_own()
    {
        var actor = Run(a => a.On<string>(_ => Script.Here.Stop(a.Self)));
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(3), "stop"));
    }

    [Fact]
    public async Task A_failure_is_a_fault_even_where_any_object_would_do()
    {
        var actor = Run(a => a.OnAny(_ => a.Sender.Tell(new Status.Failure(new ArithmeticException("no")))));
        await Assert.ThrowsAnyAsync<Exception>(() => actor.Ask<object>("hi", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_task_without_a_result_sends_nothing_unless_told_what()
    {
        Task.CompletedTask.PipeTo(TestActor);
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_cancelled_task_is_a_failure()
    {
        Task.FromCanceled<string>(new CancellationToken(true)).PipeTo(TestActor);
        var cause = ExpectMsg<Status.Failure>().Cause;
        Assert.IsAssignableFrom<OperationCanceledException>(cause is AggregateException a ? a.InnerException : cause);
    }

    [Fact]
    public async Task Asking_an_ended_actor_is_a_timeout()
    {
        var actor = Silent();
        await actor.GracefulStop(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("hi", Ms(50)));
    }
}
