using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client's answer to a SASL challenge: client-final-message for SCRAM.</summary>
/// <remarks>'p' | Int32 length | the mechanism's data, to the end of the message.</remarks>
public readonly ref struct SaslResponse(ReadOnlySpan<byte> data) : IFrontendMessage, IReadable<SaslResponse>
{
    public static byte Code => FrontendCode.Password;
    public ReadOnlySpan<byte> Data { get; } = data;
    public int BodyLength => Data.Length;
    public void WriteBody(ref SpanWriter body) => body.Bytes(Data);
    public static SaslResponse Read(scoped ref SpanReader body) => new(body.Rest());
}
