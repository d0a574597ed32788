using Conversations.Tests.Bare;
using Conversations.Tests.Format;
using Conversations.Tests.Sockets;
using Gateway.Tests.Shared;

namespace Conversations.Tests;

public static class Files
{
    /// <summary>Those that are written for a target: bare, postgres or node.</summary>
    public static TheoryData<string> For(string target) =>
        [.. Conversation.Names().Where(file => Conversation.Load(file, target).IsFor(target))];
}

/// <summary>Every conversation with the state machine alone.</summary>
public sealed class BareMachineTests
{
    [Theory]
    [MemberData(nameof(Files.For), "bare", MemberType = typeof(Files))]
    public void The_machine_answers_as_written(string file) => Play(file, new BarePeer());

    [Theory]
    [MemberData(nameof(Files.For), "bare", MemberType = typeof(Files))]
    public void The_machine_answers_the_same_byte_by_byte(string file) => Play(file, new BarePeer(isByteByByte: true));

    [Theory]
    [MemberData(nameof(Files.For), "bare", MemberType = typeof(Files))]
    public void The_machine_answers_the_same_when_everything_takes_time(string file) => Play(file, new BarePeer(isDeferred: true));

    private static void Play(string file, IPeer peer)
    {
        Player.Play(Conversation.Load(file, "bare"), peer);
    }
}

/// <summary>Every conversation with real PostgreSQL 15, which proves the files right.</summary>
public sealed class PostgresTests(ScratchServer server) : IClassFixture<ScratchServer>
{
    [SkippableTheory]
    [MemberData(nameof(Files.For), "postgres", MemberType = typeof(Files))]
    public void PostgreSQL_answers_as_written(string file)
    {
        var conversation = Conversation.Load(file, "postgres");
        using var peer = SocketPeer.For(conversation, server.Port);   // skips where there is no server
        Player.Play(conversation, peer);
    }
}

/// <summary>Every conversation with a gateway node.</summary>
public sealed class NodeTests(GatewayNode node) : IClassFixture<GatewayNode>
{
    [Theory]
    [MemberData(nameof(Files.For), "node", MemberType = typeof(Files))]
    public void A_node_answers_as_written(string file) => Play(file, isByteByByte: false);

    [Theory]
    [MemberData(nameof(Files.For), "node", MemberType = typeof(Files))]
    public void A_node_answers_the_same_byte_by_byte(string file) => Play(file, isByteByByte: true);

    private void Play(string file, bool isByteByByte)
    {
        Assert.True(node.Missing is null, node.Missing);
        var conversation = Conversation.Load(file, "node");
        using var peer = SocketPeer.For(conversation, node.Port, isByteByByte);
        Player.Play(conversation, peer);
    }
}
