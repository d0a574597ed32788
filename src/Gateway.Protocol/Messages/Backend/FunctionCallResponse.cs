using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The result of a FunctionCall.</summary>
/// <remarks>'V' | Int32 length | Int32 length of the value, -1 for NULL | the bytes.</remarks>
public readonly ref struct FunctionCallResponse(WireValue result) : IBackendMessage, IReadable<FunctionCallResponse>
{
    public static byte Code => BackendCode.FunctionCallResponse;
    public WireValue Result { get; } = result;
    public int BodyLength => Result.Size;
    public void WriteBody(ref SpanWriter body) => Result.WriteTo(ref body);
    public static FunctionCallResponse Read(scoped ref SpanReader body) => new(WireValue.Read(ref body));
}
