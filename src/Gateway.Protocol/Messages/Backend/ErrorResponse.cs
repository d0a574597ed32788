using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>Something failed. In a pipeline, everything up to the next Sync is skipped.</summary>
/// <remarks>'E' | Int32 length | (Byte1 field | String value) × n | Byte1 0.</remarks>
public readonly record struct ErrorResponse(ErrorFields Fields) : IBackendMessage, IReadable<ErrorResponse>
{
    public ErrorResponse(PgException error) : this(ErrorFields.From(error)) { }

    public static byte Code => BackendCode.ErrorResponse;
    public int BodyLength => Fields.Size;
    public void WriteBody(ref SpanWriter body) => Fields.WriteTo(ref body);
    public static ErrorResponse Read(scoped ref SpanReader body) => new(ErrorFields.Read(ref body));
}
