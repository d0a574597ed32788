using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Execute reached its row limit with rows left: another Execute goes on from there.</summary>
/// <remarks>'s' | Int32 4</remarks>
public readonly record struct PortalSuspended : IBackendMessage, IReadable<PortalSuspended>
{
    public static byte Code => BackendCode.PortalSuspended;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static PortalSuspended Read(scoped ref SpanReader body) => default;
}
