using Akka.Actor;

namespace Akka.Tests.Actors;

public class NamingTests : Spec
{
    private sealed class WithArguments(string text, int number, IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message) => probe.Tell(text + number);
    }

    private sealed class WithDefault(IActorRef probe, string text = "default") : UntypedActor
    {
        protected override void OnReceive(object message) => probe.Tell(text);
    }

    [Fact]
    public void A_path_tells_the_place_in_the_tree()
    {
        var parent = Run(a => a.OnAny(_ => a.Sender.Tell(a.Child(_ => { }, "child"))), "parent");
        parent.Tell("x");
        var child = ExpectMsg<IActorRef>();
        Assert.Equal("child", child.Path.Name);
        Assert.Equal("/user/parent/child", child.Path.ToStringWithoutAddress());
        Assert.Equal($"akka://{Sys.Name}/user/parent/child", child.Path.ToString());
        Assert.Equal(parent.Path, child.Path.Parent);
        Assert.Equal(child.Path, parent.Path.Child("child"));
        Assert.Equal(child.Path, parent.Path / "child");
        Assert.Equal(["user", "parent", "child"], child.Path.Elements);
        Assert.Equal(child.Path.GetHashCode(), (parent.Path / "child").GetHashCode());
    }

    [Fact]
    public void A_name_is_unique_among_siblings()
    {
        Run(_ => { }, "one");
        Assert.Throws<InvalidActorNameException>(() => Run(_ => { }, "one"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$mine")]
    [InlineData("with space")]
    [InlineData("with/slash")]
    public void Bad_names_are_refused(string name) => Assert.Throws<InvalidActorNameException>(() => Run(_ => { }, name));

    [Theory]
    [InlineData("pool-1")]
    [InlineData("a.b_c")]
    [InlineData("user@host:80")]
    [InlineData("%20x")]
    public void Good_names_are_taken(string name) => Assert.Equal(name, Run(_ => { }, name).Path.Name);

    [Fact]
    public void Unnamed_actors_get_names_of_their_own()
    {
        var (first, second) = (Run(_ => { }), Run(_ => { }));
        Assert.StartsWith("$", first.Path.Name);
        Assert.NotEqual(first.Path.Name, second.Path.Name);
    }

    [Fact]
    public void A_name_is_free_again_after_its_actor_has_ended()
    {
        var first = Run(_ => { }, "again");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        IActorRef second = null!;
        AwaitAssert(() => second = Run(_ => { }, "again"));
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(0, first.CompareTo(second));
    }

    [Fact]
    public void Props_take_arguments_in_every_form()
    {
        var (text, number) = ("n", 7);
        Sys.ActorOf(Props.Create(() => new WithArguments(text, number, TestActor))).Tell("go");
        ExpectMsg("n7");
        Sys.ActorOf(Props.Create<WithArguments>("m", 8, TestActor)).Tell("go");
        ExpectMsg("m8");
        Sys.ActorOf(Props.Create(typeof(WithArguments), "o", 9, TestActor)).Tell("go");
        ExpectMsg("o9");
        Sys.ActorOf(Props.Create(() => new WithDefault(TestActor, "given"))).Tell("go");
        ExpectMsg("given");
    }

    [Fact]
    public void Props_evaluate_their_arguments_once()
    {
        var evaluations = 0;
        Func<int> next = () => ++evaluations;
        var props = Props.Create(() => new WithArguments("n", next(), TestActor));
        Sys.ActorOf(props).Tell("go");
        Sys.ActorOf(props).Tell("go");
        ExpectMsg("n1");
        ExpectMsg("n1");
    }

    [Fact]
    public void Children_are_found_by_name()
    {
        var parent = Run(a =>
        {
            a.Child(_ => { }, "a");
            a.Child(_ => { }, "b");
            a.On<string>(name => a.Sender.Tell(Script.Here.Child(name).IsNobody() ? "nobody" : Script.Here.Child(name).Path.Name));
            a.On<int>(_ => a.Sender.Tell(string.Join(",", Script.Here.GetChildren().Select(c => c.Path.Name).Order())));
        });
        parent.Tell("a");
        ExpectMsg("a");
        parent.Tell("z");
        ExpectMsg("nobody");
        parent.Tell(0);
        ExpectMsg("a,b");
    }

    [Fact]
    public void References_of_the_same_actor_are_equal()
    {
        var actor = Run(a => a.OnAny(_ => a.Sender.Tell(a.Self)));
        actor.Tell("x");
        var self = ExpectMsg<IActorRef>();
        Assert.Equal(actor, self);
        Assert.Equal(actor.GetHashCode(), self.GetHashCode());
        Assert.Equal(0, actor.CompareTo(self));
    }
}
