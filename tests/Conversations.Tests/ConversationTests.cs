using Conversations.Tests.Bare;
using Conversations.Tests.Format;
using Conversations.Tests.Sockets;
using Gateway.Tests.Shared;

namespace Conversations.Tests;

public static class Files
{
    public static TheoryData<string> All => [.. Conversation.Names()];
}

/// <summary>Every conversation with the state machine alone.</summary>
public sealed class BareMachineTests
{
    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void The_machine_answers_as_written(string file) => Play(file, new BarePeer());

    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void The_machine_answers_the_same_byte_by_byte(string file) => Play(file, new BarePeer(isByteByByte: true));

    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void The_machine_answers_the_same_when_everything_takes_time(string file) => Play(file, new BarePeer(isDeferred: true));

    private static void Play(string file, IPeer peer)
    {
        var conversation = Conversation.Load(file, "bare");
        Skip.IfNot(conversation.IsFor("bare"), "not for the machine alone");
        Player.Play(conversation, peer);
    }
}

/// <summary>Every conversation with real PostgreSQL 15, which proves the files right.</summary>
public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void PostgreSQL_answers_as_written(string file)
    {
        var conversation = Conversation.Load(file, "postgres");
        Skip.IfNot(conversation.IsFor("postgres"), "not for PostgreSQL");
        using var peer = SocketPeer.For(conversation, server.Port);   // skips where there is no server
        Player.Play(conversation, peer);
    }
}

/// <summary>Every conversation with a gateway node.</summary>
public sealed class NodeTests(GatewayNode node) : IClassFixture<GatewayNode>
{
    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void A_node_answers_as_written(string file) => Play(file, isByteByByte: false);

    [SkippableTheory]
    [MemberData(nameof(Files.All), MemberType = typeof(Files))]
    public void A_node_answers_the_same_byte_by_byte(string file) => Play(file, isByteByByte: true);

    private void Play(string file, bool isByteByByte)
    {
        Skip.If(node.Missing is not null, node.Missing);
        var conversation = Conversation.Load(file, "node");
        Skip.IfNot(conversation.IsFor("node"), "not for a node");
        using var peer = SocketPeer.For(conversation, node.Port, isByteByByte);
        Player.Play(conversation, peer);
    }
}
