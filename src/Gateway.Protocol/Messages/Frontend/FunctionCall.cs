using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>Calls a function by its OID: a relic, still used for large objects.</summary>
/// <remarks>
/// 'F' | Int32 length | Int32 function OID | Int16 format count | Int16 format × format count | Int16 argument count |
/// (Int32 length, -1 for NULL | the bytes) × argument count | Int16 result format.
/// </remarks>
public readonly ref struct FunctionCall(uint function, FormatList formats, WireValues arguments, Format resultFormat)
    : IFrontendMessage, IReadable<FunctionCall>
{
    public static byte Code => FrontendCode.FunctionCall;
    public uint Function { get; } = function;
    public FormatList Formats { get; } = formats;
    public WireValues Arguments { get; } = arguments;
    public Format ResultFormat { get; } = resultFormat;
    public int BodyLength => sizeof(uint) + Formats.Size + Arguments.Size + sizeof(short);

    public void WriteBody(ref SpanWriter body)
    {
        body.UInt32(Function);
        Formats.WriteTo(ref body);
        Arguments.WriteTo(ref body);
        body.Int16((short)ResultFormat);
    }

    public static FunctionCall Read(scoped ref SpanReader body)
    {
        var call = new FunctionCall(
            body.UInt32(), FormatList.Read(ref body), WireValues.Read(ref body), (Format)body.Int16());
        if (!call.Formats.Fits(call.Arguments.Count))
            throw SpanReader.Malformed(
                $"function call message contains {call.Formats.Count} argument formats but {call.Arguments.Count} arguments");
        if (call.ResultFormat is not (Format.Text or Format.Binary))
            throw new PgException(SqlStates.InvalidParameterValue, $"unsupported format code: {(short)call.ResultFormat}");
        return call;
    }
}
