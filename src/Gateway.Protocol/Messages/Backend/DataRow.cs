using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>One row of a result.</summary>
/// <remarks>'D' | Int32 length | Int16 column count | (Int32 length, -1 for NULL | the bytes) × column count.</remarks>
public readonly ref struct DataRow(WireValues columns) : IBackendMessage, IReadable<DataRow>
{
    public static byte Code => BackendCode.DataRow;
    public WireValues Columns { get; } = columns;
    public int BodyLength => Columns.Size;
    public void WriteBody(ref SpanWriter body) => Columns.WriteTo(ref body);
    public static DataRow Read(scoped ref SpanReader body) => new(WireValues.Read(ref body));
}
