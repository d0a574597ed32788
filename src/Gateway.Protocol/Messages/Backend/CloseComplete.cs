using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A Close succeeded, which it also does when there was nothing to close.</summary>
/// <remarks>'3' | Int32 4</remarks>
public readonly record struct CloseComplete : IBackendMessage, IReadable<CloseComplete>
{
    public static byte Code => BackendCode.CloseComplete;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static CloseComplete Read(scoped ref SpanReader body) => default;
}
