using System.Buffers.Binary;
using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Type OIDs as Parse carries them; 0 leaves a type to be inferred.</summary>
/// <remarks>Int16 count | Int32 OID × count.</remarks>
public readonly ref struct OidList : IReadable<OidList>
{
    private readonly ReadOnlySpan<byte> _oids;

    private OidList(ReadOnlySpan<byte> oids) => _oids = oids;

    public int Count => _oids.Length / sizeof(uint);

    public uint this[int index] => BinaryPrimitives.ReadUInt32BigEndian(_oids[(index * sizeof(uint))..]);

    internal int Size => sizeof(short) + _oids.Length;

    public static OidList Of(params ReadOnlySpan<uint> oids)
    {
        var bytes = new byte[oids.Length * sizeof(uint)];
        var writer = new SpanWriter(bytes);
        foreach (var oid in oids) writer.UInt32(oid);
        return new OidList(bytes);
    }

    public static OidList Read(scoped ref SpanReader body) => new(body.Bytes(body.Count(sizeof(uint)) * sizeof(uint)));

    public uint[] ToArray()
    {
        var oids = new uint[Count];
        for (var i = 0; i < oids.Length; i++) oids[i] = this[i];
        return oids;
    }

    internal void WriteTo(ref SpanWriter body)
    {
        body.Count(Count);
        body.Bytes(_oids);
    }
}
