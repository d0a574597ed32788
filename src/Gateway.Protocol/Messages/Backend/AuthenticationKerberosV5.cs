using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Kerberos V5 is required. No server has sent this since PostgreSQL 9.3.</summary>
/// <remarks>'R' | Int32 8 | Int32 2</remarks>
public readonly record struct AuthenticationKerberosV5 : IBackendMessage, IReadable<AuthenticationKerberosV5>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int);
    public void WriteBody(ref SpanWriter body) => body.Int32((int)AuthenticationKind.KerberosV5);

    public static AuthenticationKerberosV5 Read(scoped ref SpanReader body)
    {
        AuthenticationKind.KerberosV5.Expect(ref body);
        return default;
    }
}
