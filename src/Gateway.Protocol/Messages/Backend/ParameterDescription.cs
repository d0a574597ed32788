using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The types of a prepared statement's parameters.</summary>
/// <remarks>'t' | Int32 length | Int16 parameter count | Int32 type OID × parameter count.</remarks>
public readonly record struct ParameterDescription(IReadOnlyList<uint> TypeOids) : IBackendMessage, IReadable<ParameterDescription>
{
    public static byte Code => BackendCode.ParameterDescription;
    public int BodyLength => sizeof(short) + TypeOids.Count * sizeof(uint);

    public void WriteBody(ref SpanWriter body)
    {
        body.Count(TypeOids.Count);
        for (var i = 0; i < TypeOids.Count; i++) body.UInt32(TypeOids[i]);
    }

    public static ParameterDescription Read(scoped ref SpanReader body)
    {
        var oids = new uint[body.Count(sizeof(uint))];
        for (var i = 0; i < oids.Length; i++) oids[i] = body.UInt32();
        return new(oids);
    }
}
