using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A Parse succeeded: the statement exists.</summary>
/// <remarks>'1' | Int32 4</remarks>
public readonly record struct ParseComplete : IBackendMessage, IReadable<ParseComplete>
{
    public static byte Code => BackendCode.ParseComplete;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static ParseComplete Read(scoped ref SpanReader body) => default;
}
