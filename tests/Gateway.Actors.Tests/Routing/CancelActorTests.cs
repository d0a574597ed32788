using Akka.Actor;
using Akka.TestKit.Xunit2;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions;

namespace Gateway.Actors.Tests.Routing;

public class CancelActorTests : TestKit
{
    private static readonly byte[] Key = [1, 2, 3, 4];

    [Fact]
    public void The_right_key_cancels_its_session()
    {
        var cancels = Registered();
        cancels.Tell(new CancelByKey(7, Key));
        ExpectMsg<CancelQuery>();
    }

    [Theory]
    [InlineData(8, new byte[] { 1, 2, 3, 4 })]
    [InlineData(7, new byte[] { 1, 2, 3, 5 })]
    [InlineData(7, new byte[] { 1, 2, 3 })]
    [InlineData(7, new byte[] { 1, 2, 3, 4, 0 })]
    public void A_wrong_key_does_nothing(int processId, byte[] key)
    {
        Registered().Tell(new CancelByKey(processId, key));
        ExpectMsg<Akka.Done>();   // and no CancelQuery before it
    }

    [Fact]
    public void A_session_that_has_ended_is_not_found()
    {
        var cancels = Registered();
        cancels.Tell(new ForgetKey(7));
        cancels.Tell(new CancelByKey(7, Key));
        ExpectMsg<Akka.Done>();   // and no CancelQuery before it
    }

    private IActorRef Registered()
    {
        var cancels = Sys.ActorOf(Props.Create(typeof(CancelActor)));
        cancels.Tell(new RegisterKey(7, Key, TestActor));
        return cancels;
    }
}
