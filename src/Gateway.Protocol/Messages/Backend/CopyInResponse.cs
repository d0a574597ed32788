using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>The server is ready for COPY data from the client.</summary>
/// <remarks>
/// 'G' | Int32 length | Int8 overall format | Int16 column count | Int16 format × column count. A COPY has one
/// format: text and CSV are 0 throughout, binary is 1 throughout.
/// </remarks>
public readonly record struct CopyInResponse(Format Format, int ColumnCount) : IBackendMessage, IReadable<CopyInResponse>
{
    public static byte Code => BackendCode.CopyInResponse;
    public int BodyLength => CopyFormats.Size(ColumnCount);
    public void WriteBody(ref SpanWriter body) => CopyFormats.Write(ref body, Format, ColumnCount);

    public static CopyInResponse Read(scoped ref SpanReader body)
    {
        var (format, columns) = CopyFormats.Read(ref body);
        return new(format, columns);
    }
}
