using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>COPY data for the client follows.</summary>
/// <remarks>
/// 'H' | Int32 length | Int8 overall format | Int16 column count | Int16 format × column count. A COPY has one
/// format: text and CSV are 0 throughout, binary is 1 throughout.
/// </remarks>
public readonly record struct CopyOutResponse(Format Format, int ColumnCount) : IBackendMessage, IReadable<CopyOutResponse>
{
    public static byte Code => BackendCode.CopyOutResponse;
    public int BodyLength => CopyFormats.Size(ColumnCount);
    public void WriteBody(ref SpanWriter body) => CopyFormats.Write(ref body, Format, ColumnCount);

    public static CopyOutResponse Read(scoped ref SpanReader body)
    {
        var (format, columns) = CopyFormats.Read(ref body);
        return new(format, columns);
    }
}
