using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Takes the place of CommandComplete when the query string held no statement.</summary>
/// <remarks>'I' | Int32 4</remarks>
public readonly record struct EmptyQueryResponse : IBackendMessage, IReadable<EmptyQueryResponse>
{
    public static byte Code => BackendCode.EmptyQueryResponse;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static EmptyQueryResponse Read(scoped ref SpanReader body) => default;
}
