using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actors;

public class SystemTests
{
    private const string Quiet = "akka.loglevel = OFF\nakka.stdout-loglevel = OFF\nakka.coordinated-shutdown.run-by-clr-shutdown-hook = off\n";

    private sealed class Recorder(List<string> log, string name) : ReceiveActor
    {
        protected override void PostStop()
        {
            lock (log) log.Add(name);
        }
    }

    private sealed class CustomReason : CoordinatedShutdown.Reason
    {
        public override int ExitCode => 3;
    }

    private static ActorSystem New(string more = "") => ActorSystem.Create("own", ConfigurationFactory.ParseString(Quiet + more));

    [Fact]
    public async Task Terminate_stops_every_actor_and_completes()
    {
        var log = new List<string>();
        var system = New();
        system.ActorOf(Props.Create(() => new Recorder(log, "a")));
        system.ActorOf(Props.Create(() => new Recorder(log, "b")));
        system.RegisterOnTermination(() =>
        {
            lock (log) log.Add("callback");
        });
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));
        await system.WhenTerminated;
        Assert.Equal(["a", "b", "callback"], log.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a b")]
    public void Bad_system_names_are_refused(string name) => Assert.ThrowsAny<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task No_actor_can_be_made_in_a_terminated_system()
    {
        var system = New();
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.ThrowsAny<Exception>(() => system.ActorOf(Props.Create(() => new Recorder(new List<string>(), ""))));
    }

    [Fact]
    public void Settings_hold_what_was_given_and_the_defaults_below()
    {
        using var system = New("mine.key = 5");
        Assert.Equal(5, system.Settings.Config.GetInt("mine.key"));
        Assert.Equal("OFF", system.Settings.Config.GetString("akka.loglevel"));
        Assert.Equal(30, system.Settings.Config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal("own", system.Name);
    }

    [Fact]
    public async Task Shutdown_runs_its_phases_in_order()
    {
        var log = new List<string>();
        var system = New();
        var shutdown = CoordinatedShutdown.Get(system);

        void Add(string phase, string name) => shutdown.AddTask(phase, name, async () =>
        {
            await Task.Delay(5);
            lock (log) log.Add(name);
            return Done.Instance;
        });

        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "5");
        Add(CoordinatedShutdown.PhaseServiceStop, "4");
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, "3");
        Add(CoordinatedShutdown.PhaseServiceUnbind, "2");
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind, "1");
        Assert.Null(shutdown.ShutdownReason);
        await shutdown.Run(new CustomReason()).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.IsType<CustomReason>(shutdown.ShutdownReason);
        Assert.Equal(["1", "2", "3", "4", "5"], log);
        await system.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Shutdown_runs_once()
    {
        var runs = 0;
        var system = New();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "count", () =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult(Done.Instance);
        });
        await Task.WhenAll(shutdown.Run(new CustomReason()), shutdown.Run(new CustomReason()), system.Terminate()).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_task_that_fails_or_takes_too_long_does_not_hold_the_shutdown_up()
    {
        var reached = false;
        var system = New("akka.coordinated-shutdown.phases.service-stop.timeout = 100ms");
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Equal(TimeSpan.FromMilliseconds(100), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new ArithmeticException()));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "reached", () =>
        {
            reached = true;
            return Task.FromResult(Done.Instance);
        });
        await shutdown.Run(new CustomReason()).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(reached);
    }

    [Fact]
    public async Task A_phase_that_does_not_recover_ends_the_shutdown()
    {
        var reached = false;
        var system = New("akka.coordinated-shutdown.phases.service-stop.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => Task.FromException<Done>(new ArithmeticException()));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "reached", () =>
        {
            reached = true;
            return Task.FromResult(Done.Instance);
        });
        await Assert.ThrowsAnyAsync<Exception>(() => shutdown.Run(new CustomReason()).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(reached);
    }

    [Fact]
    public async Task Shutdown_can_begin_at_a_later_phase()
    {
        var log = new List<string>();
        var system = New();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in (string[])[CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceStop])
            shutdown.AddTask(phase, phase, () =>
            {
                log.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        await shutdown.Run(new CustomReason(), CoordinatedShutdown.PhaseServiceStop).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([CoordinatedShutdown.PhaseServiceStop], log);
    }

    [Fact]
    public async Task Terminate_runs_the_shutdown()
    {
        var ran = false;
        var system = New();
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "ran", () =>
        {
            ran = true;
            return Task.FromResult(Done.Instance);
        });
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(ran);
    }

    [Fact]
    public void An_unknown_phase_is_refused()
    {
        using var system = New();
        Assert.ThrowsAny<Exception>(() => CoordinatedShutdown.Get(system).AddTask("lunch", "x", () => Task.FromResult(Done.Instance)));
    }
}
