using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client's GSSAPI or SSPI token.</summary>
/// <remarks>'p' | Int32 length | the token, to the end of the message.</remarks>
public readonly ref struct GssResponse(ReadOnlySpan<byte> data) : IFrontendMessage, IReadable<GssResponse>
{
    public static byte Code => FrontendCode.Password;
    public ReadOnlySpan<byte> Data { get; } = data;
    public int BodyLength => Data.Length;
    public void WriteBody(ref SpanWriter body) => body.Bytes(Data);
    public static GssResponse Read(scoped ref SpanReader body) => new(body.Rest());
}
