using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The answer to Describe for what returns no rows.</summary>
/// <remarks>'n' | Int32 4</remarks>
public readonly record struct NoData : IBackendMessage, IReadable<NoData>
{
    public static byte Code => BackendCode.NoData;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static NoData Read(scoped ref SpanReader body) => default;
}
