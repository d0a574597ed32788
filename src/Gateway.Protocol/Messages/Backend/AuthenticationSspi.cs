using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks for SSPI authentication.</summary>
/// <remarks>'R' | Int32 8 | Int32 9</remarks>
public readonly record struct AuthenticationSspi : IBackendMessage, IReadable<AuthenticationSspi>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int);
    public void WriteBody(ref SpanWriter body) => body.Int32((int)AuthenticationKind.Sspi);

    public static AuthenticationSspi Read(scoped ref SpanReader body)
    {
        AuthenticationKind.Sspi.Expect(ref body);
        return default;
    }
}
