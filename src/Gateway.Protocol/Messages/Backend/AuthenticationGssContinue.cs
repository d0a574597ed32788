using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The next GSSAPI or SSPI token.</summary>
/// <remarks>'R' | Int32 length | Int32 8 | the data, to the end of the message.</remarks>
public readonly record struct AuthenticationGssContinue(ReadOnlyMemory<byte> Data) : IBackendMessage, IReadable<AuthenticationGssContinue>
{
    public static byte Code => BackendCode.Authentication;
    public int BodyLength => sizeof(int) + Data.Length;

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32((int)AuthenticationKind.GssContinue);
        body.Bytes(Data.Span);
    }

    public static AuthenticationGssContinue Read(scoped ref SpanReader body)
    {
        AuthenticationKind.GssContinue.Expect(ref body);
        return new(body.Rest().ToArray());
    }
}
