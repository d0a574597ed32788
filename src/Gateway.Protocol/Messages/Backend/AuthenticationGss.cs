using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks for GSSAPI authentication.</summary>
/// <remarks>'R' | Int32 8 | Int32 7</remarks>
public readonly record struct AuthenticationGss : IBackendMessage, IReadable<AuthenticationGss>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int);
    public void WriteBody(ref SpanWriter body) => body.Int32((int)AuthenticationKind.Gss);

    public static AuthenticationGss Read(scoped ref SpanReader body)
    {
        AuthenticationKind.Gss.Expect(ref body);
        return default;
    }
}
