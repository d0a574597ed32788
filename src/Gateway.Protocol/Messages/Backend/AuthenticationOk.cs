using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client is who it says it is.</summary>
/// <remarks>'R' | Int32 8 | Int32 0</remarks>
public readonly record struct AuthenticationOk : IBackendMessage, IReadable<AuthenticationOk>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int);
    public void WriteBody(ref SpanWriter body) => body.Int32((int)AuthenticationKind.Ok);

    public static AuthenticationOk Read(scoped ref SpanReader body)
    {
        AuthenticationKind.Ok.Expect(ref body);
        return default;
    }
}
