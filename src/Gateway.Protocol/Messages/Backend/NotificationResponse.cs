using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A NOTIFY on a channel this session listens to.</summary>
/// <remarks>'A' | Int32 length | Int32 process id of the notifier | String channel | String payload.</remarks>
public readonly record struct NotificationResponse(int ProcessId, string Channel, string Payload)
    : IBackendMessage, IReadable<NotificationResponse>
{
    public static byte Code => BackendCode.NotificationResponse;
    public int BodyLength => sizeof(int) + SpanWriter.SizeOf(Channel) + SpanWriter.SizeOf(Payload);

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32(ProcessId);
        body.CString(Channel);
        body.CString(Payload);
    }

    public static NotificationResponse Read(scoped ref SpanReader body) => new(body.Int32(), body.String(), body.String());
}
