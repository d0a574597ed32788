using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actors;

public class ReceivingTests : Spec
{
    private interface IShape;

    private record Circle : IShape;

    private sealed record Ball : Circle;

    [Fact]
    public void The_first_handler_that_fits_takes_the_message()
    {
        var actor = Run(a =>
        {
            a.On<int>(n => n > 100, n => a.Sender.Tell("big"));
            a.On<int>(n => a.Sender.Tell("small"));
            a.On<Circle>(_ => a.Sender.Tell("circle"));
            a.On<IShape>(_ => a.Sender.Tell("shape"));
            a.OnAny(_ => a.Sender.Tell("any"));
        });
        actor.Tell(101);
        ExpectMsg("big");
        actor.Tell(1);
        ExpectMsg("small");
        actor.Tell(new Ball());
        ExpectMsg("circle");
        actor.Tell("?");
        ExpectMsg("any");
    }

    [Fact]
    public void Many_handlers_are_tried_in_order_too()
    {
        var actor = Run(a =>
        {
            a.On<byte>(_ => a.Sender.Tell("byte"));
            a.On<short>(_ => a.Sender.Tell("short"));
            a.On<int>(n => n == 0, _ => a.Sender.Tell("zero"));
            a.On<int>(_ => a.Sender.Tell("int"));
            a.On<long>(_ => a.Sender.Tell("long"));
            a.On<float>(_ => a.Sender.Tell("float"));
            a.On<double>(_ => a.Sender.Tell("double"));
            a.On<IShape>(_ => a.Sender.Tell("shape"));
            a.On<Circle>(_ => a.Sender.Tell("circle"));
            a.OnAny(_ => a.Sender.Tell("any"));
        });
        object[] messages = [0, 1, 2L, 3.0, new Ball(), "x", 4f, (short)5, (byte)6, 1];
        foreach (var message in messages) actor.Tell(message);
        foreach (var expected in (string[])["zero", "int", "long", "double", "shape", "any", "float", "short", "byte", "int"]) ExpectMsg(expected);
    }

    [Fact]
    public void A_handler_may_decline_by_returning_false()
    {
        var actor = Run(a =>
        {
            a.OnWhile<int>(n =>
            {
                if (n > 0) a.Sender.Tell("positive");
                return n > 0;
            });
            a.On<int>(_ => a.Sender.Tell("other"));
        });
        actor.Tell(1);
        ExpectMsg("positive");
        actor.Tell(-1);
        ExpectMsg("other");
    }

    [Fact]
    public void Nothing_may_be_declared_after_a_handler_for_everything()
    {
        var actor = Run(a =>
        {
            a.OnAny(_ => { });
            a.TurnStacked(() => { });
            try
            {
                a.On<string>(_ => { });
            }
            catch (InvalidOperationException)
            {
                TestActor.Tell("refused");
            }
        });
        ExpectMsg("refused");
        Assert.NotNull(actor);
    }

    [Fact]
    public void Handlers_are_declared_only_while_constructing_or_becoming()
    {
        var actor = Run(a => a.OnAny(_ =>
        {
            try
            {
                a.On<int>(_ => { });
            }
            catch (InvalidOperationException)
            {
                a.Sender.Tell("refused");
            }
        }));
        actor.Tell("x");
        ExpectMsg("refused");
    }

    [Fact]
    public void Become_replaces_and_stacked_behaviours_return()
    {
        var actor = Run(a =>
        {
            a.On<string>(m => m == "push", _ => a.TurnStacked(() =>
            {
                a.On<string>(m => m == "pop", _ => a.TurnBack());
                a.On<string>(m => m == "replace", _ => a.Turn(() =>
                {
                    a.On<string>(m => m == "pop", _ => a.TurnBack());
                    a.On<string>(_ => a.Sender.Tell("replaced"));
                }));
                a.On<string>(_ => a.Sender.Tell("stacked"));
            }));
            a.On<string>(_ => a.Sender.Tell("first"));
        });
        actor.Tell("?");
        ExpectMsg("first");
        actor.Tell("push");
        actor.Tell("?");
        ExpectMsg("stacked");
        actor.Tell("replace");
        actor.Tell("?");
        ExpectMsg("replaced");
        actor.Tell("pop");
        actor.Tell("?");
        ExpectMsg("first");
    }

    [Fact]
    public void Returning_too_often_ends_at_the_first_behaviour()
    {
        var actor = Run(a =>
        {
            a.On<int>(_ => a.TurnBack());
            a.On<string>(_ => a.Sender.Tell("first"));
        });
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("?");
        ExpectMsg("first");
    }

    [Fact]
    public void What_a_new_behaviour_does_not_know_is_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Run(a => a.On<string>(_ => a.Turn(() => a.On<int>(_ => { }))));
        actor.Tell("turn");
        actor.Tell("lost");
        Assert.Equal("lost", ExpectMsg<UnhandledMessage>().Message);
    }

    [Fact]
    public void An_untyped_actor_can_change_its_behaviour()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));
        actor.Tell("x");
        ExpectMsg("first x");
        actor.Tell("turn");
        actor.Tell("x");
        ExpectMsg("second x");
    }

    private sealed class Switching : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "turn") Become(m => Sender.Tell("second " + m));
            else Sender.Tell("first " + message);
        }
    }
}
