using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks for <c>"md5" + md5(md5(password + user) + salt)</c>.</summary>
/// <remarks>'R' | Int32 12 | Int32 5 | Byte4 salt.</remarks>
public readonly record struct AuthenticationMd5Password(ReadOnlyMemory<byte> Salt) : IBackendMessage, IReadable<AuthenticationMd5Password>
{
    public const int SaltLength = 4;

    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int) + SaltLength;

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32((int)AuthenticationKind.Md5Password);
        body.Bytes(Salt.Span[..SaltLength]);
    }

    public static AuthenticationMd5Password Read(scoped ref SpanReader body)
    {
        AuthenticationKind.Md5Password.Expect(ref body);
        return new(body.Bytes(SaltLength).ToArray());
    }
}
