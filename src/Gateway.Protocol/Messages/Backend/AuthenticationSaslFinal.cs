using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>What SASL has to say after success: server-final-message for SCRAM. AuthenticationOk follows.</summary>
/// <remarks>'R' | Int32 length | Int32 12 | the data, to the end of the message.</remarks>
public readonly record struct AuthenticationSaslFinal(ReadOnlyMemory<byte> Data) : IBackendMessage, IReadable<AuthenticationSaslFinal>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int) + Data.Length;

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32((int)AuthenticationKind.SaslFinal);
        body.Bytes(Data.Span);
    }

    public static AuthenticationSaslFinal Read(scoped ref SpanReader body)
    {
        AuthenticationKind.SaslFinal.Expect(ref body);
        return new(body.Rest().ToArray());
    }
}
