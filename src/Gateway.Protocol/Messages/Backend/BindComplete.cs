using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A Bind succeeded: the portal exists.</summary>
/// <remarks>'2' | Int32 4</remarks>
public readonly record struct BindComplete : IBackendMessage, IReadable<BindComplete>
{
    public static byte Code => BackendCode.BindComplete;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static BindComplete Read(scoped ref SpanReader body) => default;
}
