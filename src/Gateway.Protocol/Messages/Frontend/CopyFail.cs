using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client gives a COPY up; the server answers with an ErrorResponse that quotes the reason.</summary>
/// <remarks>'f' | Int32 length | String reason.</remarks>
public readonly ref struct CopyFail(ReadOnlySpan<byte> reason) : IFrontendMessage, IReadable<CopyFail>
{
    public static byte Code => FrontendCode.CopyFail;
    public ReadOnlySpan<byte> Reason { get; } = reason;
    public int BodyLength => SpanWriter.SizeOf(Reason);
    public void WriteBody(ref SpanWriter body) => body.CString(Reason);
    public static CopyFail Read(scoped ref SpanReader body) => new(body.Utf8());
}
