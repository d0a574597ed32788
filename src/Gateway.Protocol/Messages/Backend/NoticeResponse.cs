using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>Something the client may like to know, at any time.</summary>
/// <remarks>'N' | Int32 length | (Byte1 field | String value) × n | Byte1 0.</remarks>
public readonly record struct NoticeResponse(ErrorFields Fields) : IBackendMessage, IReadable<NoticeResponse>
{
    public NoticeResponse(PgException error) : this(ErrorFields.From(error)) { }

    public static byte Code => BackendCode.NoticeResponse;
    public int BodyLength => Fields.Size;
    public void WriteBody(ref SpanWriter body) => Fields.WriteTo(ref body);
    public static NoticeResponse Read(scoped ref SpanReader body) => new(ErrorFields.Read(ref body));
}
