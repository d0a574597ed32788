using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The columns of the rows that follow, or would.</summary>
/// <remarks>'T' | Int32 length | Int16 field count | <see cref="FieldDescription"/> × field count.</remarks>
public readonly record struct RowDescription(IReadOnlyList<FieldDescription> Fields) : IBackendMessage, IReadable<RowDescription>
{
    public static byte Code => BackendCode.RowDescription;

    public int BodyLength
    {
        get
        {
            var length = sizeof(short);
            for (var i = 0; i < Fields.Count; i++) length += Fields[i].Size;
            return length;
        }
    }

    public void WriteBody(ref SpanWriter body)
    {
        body.Count(Fields.Count);
        for (var i = 0; i < Fields.Count; i++) Fields[i].WriteTo(ref body);
    }

    public static RowDescription Read(scoped ref SpanReader body)
    {
        var fields = new FieldDescription[body.Count(FieldDescription.MinSize)];
        for (var i = 0; i < fields.Length; i++) fields[i] = FieldDescription.Read(ref body);
        return new(fields);
    }
}
