using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A SASL challenge: server-first-message for SCRAM.</summary>
/// <remarks>'R' | Int32 length | Int32 11 | the data, to the end of the message.</remarks>
public readonly record struct AuthenticationSaslContinue(ReadOnlyMemory<byte> Data) : IBackendMessage, IReadable<AuthenticationSaslContinue>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int) + Data.Length;

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32((int)AuthenticationKind.SaslContinue);
        body.Bytes(Data.Span);
    }

    public static AuthenticationSaslContinue Read(scoped ref SpanReader body)
    {
        AuthenticationKind.SaslContinue.Expect(ref body);
        return new(body.Rest().ToArray());
    }
}
