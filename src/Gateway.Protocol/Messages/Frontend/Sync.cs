using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The end of a pipeline: an implicit transaction ends here, and so does skipping after an error.</summary>
/// <remarks>'S' | Int32 4</remarks>
public readonly record struct Sync : IFrontendMessage, IReadable<Sync>
{
    public static byte Code => FrontendCode.Sync;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static Sync Read(scoped ref SpanReader body) => default;
}
