using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The COPY data stream is complete.</summary>
/// <remarks>'c' | Int32 4 | nothing. Travels both ways.</remarks>
public readonly record struct CopyDone : IFrontendMessage, IBackendMessage, IReadable<CopyDone>
{
    public static byte Code => FrontendCode.CopyDone;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static CopyDone Read(scoped ref SpanReader body) => default;
}
