using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Events;

public class EventTests() : TestKit.Xunit2.TestKit("akka.loglevel = INFO\nakka.stdout-loglevel = OFF\nakka.loggers = [\"Akka.Tests.Events.Quiet, Akka.Tests\"]")
{
    private record Animal(string Name);

    private sealed record Dog(string Name) : Animal(Name);

    [Fact]
    public void A_subscriber_gets_the_class_and_its_subclasses_until_it_unsubscribes()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Animal)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Animal)));
        Sys.EventStream.Publish(new Animal("a"));
        Sys.EventStream.Publish(new Dog("d"));
        Sys.EventStream.Publish("no animal");
        ExpectMsg(new Animal("a"));
        ExpectMsg<Animal>(new Dog("d"));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Animal)));
        Sys.EventStream.Publish(new Dog("d"));
        ExpectNoMsg(50);
    }

    [Fact]
    public void An_event_for_two_of_its_classes_is_told_once()
    {
        Sys.EventStream.Subscribe<Animal>(TestActor);
        Sys.EventStream.Subscribe<Dog>(TestActor);
        Sys.EventStream.Publish(new Dog("d"));
        ExpectMsg<Dog>();
        ExpectNoMsg(50);
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Dog("d"));
        ExpectNoMsg(50);
    }

    [Fact]
    public void Suppressed_dead_letters_are_another_class()
    {
        Sys.EventStream.Subscribe<AllDeadLetters>(TestActor);
        Sys.DeadLetters.Tell("lost");
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal("lost", letter.Message);
        Sys.DeadLetters.Tell(PoisonPill.Instance);
        ExpectMsg<SuppressedDeadLetter>();
    }

    [Fact]
    public void Log_lines_are_events_with_their_level_source_and_cause()
    {
        Sys.EventStream.Subscribe<LogEvent>(TestActor);
        Sys.ActorOf(Props.Create(() => new Chatty()), "chatty").Tell("x");
        var info = FishForMessage<Info>(e => e.LogSource.Contains("chatty"));
        Assert.Equal("hello x and 2", info.Message.ToString());
        Assert.Equal(LogLevel.InfoLevel, info.LogLevel());
        Assert.Contains("akka://", info.LogSource);
        var warning = FishForMessage<Warning>(e => e.LogSource.Contains("chatty"));
        Assert.Equal("named x", warning.Message.ToString());
        var error = FishForMessage<Error>(e => e.LogSource.Contains("chatty"));
        Assert.IsType<ArithmeticException>(error.Cause);
        Assert.Equal("failed: x", error.Message.ToString());
    }

    [Fact]
    public void Levels_below_the_configured_one_are_not_published()
    {
        Sys.EventStream.Subscribe<Debug>(TestActor);
        var log = Logging.GetLogger(Sys, "here");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);
        log.Debug("not heard");
        ExpectNoMsg(50);
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.DebugLevel)]
    [InlineData("warning", LogLevel.WarningLevel)]
    public void Levels_have_names(string name, LogLevel level) => Assert.Equal(level, Logging.LogLevelFor(name));

    [Fact]
    public void Failures_of_children_are_logged_with_their_cause()
    {
        Sys.EventStream.Subscribe<Error>(TestActor);
        Sys.ActorOf(Props.Create(() => new Chatty()), "failing").Tell(1);
        var error = FishForMessage<Error>(e => e.LogSource.Contains("failing"));
        Assert.IsType<FormatException>(error.Cause);
    }

    private sealed class Chatty : ReceiveActor
    {
        public Chatty()
        {
            var log = Context.GetLogger();
            Receive<string>(m =>
            {
                log.Debug("never");
                log.Info("hello {0} and {1}", m, 2);
                log.Warning("named {Name}", m);
                log.Error(new ArithmeticException(), "failed: {0}", m);
            });
            Receive<int>(_ => throw new FormatException());
        }
    }
}

/// <summary>A logger that hears everything and says nothing.</summary>
public sealed class Quiet : ReceiveActor
{
    public Quiet()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        ReceiveAny(_ => { });
    }
}
