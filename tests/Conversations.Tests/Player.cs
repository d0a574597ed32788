using System.Text;
using Conversations.Tests.Format;
using Gateway.Protocol.Messages;
using Xunit.Sdk;

namespace Conversations.Tests;

/// <summary>Plays a conversation with a peer and compares what it answers, message by message.</summary>
internal static class Player
{
    public static void Play(Conversation conversation, IPeer peer)
    {
        var transcript = new StringBuilder();
        for (var i = 0; i < conversation.Steps.Count; i++)
        {
            switch (conversation.Steps[i])
            {
                case Say say:
                    transcript.Append($"> {say.Text}\n");
                    peer.Send(say, conversation.Steps.ElementAtOrDefault(i + 1) is Say { Text: "Sync" });
                    break;

                case Hear hear:
                    var received = Next(conversation, peer, hear.Expected.IsSingleByte);
                    transcript.Append($"< {received.Show()}\n");
                    if (!hear.Expected.Matches(received))
                        throw Different(conversation, hear.Line, hear.Expected.Line, received, transcript, peer);
                    break;
            }
        }

        if (conversation.Steps[^1] is Hear { Expected.Message: "Closed" }) return;
        foreach (var received in peer.Rest())
            if (!IsIgnored(conversation, received))
                throw Different(conversation, 0, "nothing more", received, transcript, peer);
    }

    private static Received Next(Conversation conversation, IPeer peer, bool singleByte)
    {
        while (true)
        {
            var received = peer.Receive(singleByte);
            if (!IsIgnored(conversation, received)) return received;
        }
    }

    private static bool IsIgnored(Conversation conversation, Received received) => received.Code switch
    {
        BackendCode.ParameterStatus => !conversation.Mentions("ParameterStatus"),
        BackendCode.NoticeResponse => !conversation.Mentions("NoticeResponse"),
        _ => false,
    };

    private static XunitException Different(
        Conversation conversation, int line, string expected, Received received, StringBuilder transcript, IPeer peer)
    {
        if (received.IsMessage)
            foreach (var more in peer.Rest()) transcript.Append($"< {more.Show()}\n");
        return new XunitException(
            $"{conversation.Rule}\n{conversation.Name}({line}): expected {expected}\nreceived {received.Show()}\n\n{transcript}");
    }
}
