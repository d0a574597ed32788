using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A piece of a COPY data stream. The server sends whole rows; a client may cut wherever it likes.</summary>
/// <remarks>'d' | Int32 length | the bytes, to the end of the message. Travels both ways.</remarks>
public readonly ref struct CopyData(ReadOnlySpan<byte> data) : IFrontendMessage, IBackendMessage, IReadable<CopyData>
{
    public static byte Code => FrontendCode.CopyData;
    public ReadOnlySpan<byte> Data { get; } = data;
    public int BodyLength => Data.Length;
    public void WriteBody(ref SpanWriter body) => body.Bytes(Data);
    public static CopyData Read(scoped ref SpanReader body) => new(body.Rest());
}
