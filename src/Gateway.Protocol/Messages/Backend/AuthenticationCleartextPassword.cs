using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks for the password as it is: only ever over TLS.</summary>
/// <remarks>'R' | Int32 8 | Int32 3</remarks>
public readonly record struct AuthenticationCleartextPassword : IBackendMessage, IReadable<AuthenticationCleartextPassword>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int);
    public void WriteBody(ref SpanWriter body) => body.Int32((int)AuthenticationKind.CleartextPassword);

    public static AuthenticationCleartextPassword Read(scoped ref SpanReader body)
    {
        AuthenticationKind.CleartextPassword.Expect(ref body);
        return default;
    }
}
