using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Send what is pending now, without ending the pipeline as Sync would.</summary>
/// <remarks>'H' | Int32 4</remarks>
public readonly record struct Flush : IFrontendMessage, IReadable<Flush>
{
    public static byte Code => FrontendCode.Flush;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static Flush Read(scoped ref SpanReader body) => default;
}
