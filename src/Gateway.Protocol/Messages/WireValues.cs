using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>The parameters of a Bind, the arguments of a FunctionCall, the columns of a DataRow; found while enumerating.</summary>
/// <remarks>Int16 count | (Int32 length, -1 for NULL | the bytes) × count.</remarks>
public readonly ref struct WireValues : IReadable<WireValues>
{
    private readonly ReadOnlySpan<byte> _encoded;

    /// <param name="count">How many values <paramref name="encoded"/> holds.</param>
    /// <param name="encoded">Each value behind its Int32 length, as on the wire.</param>
    public WireValues(int count, ReadOnlySpan<byte> encoded)
    {
        Count = count;
        _encoded = encoded;
    }

    public int Count { get; }

    internal int Size => sizeof(short) + _encoded.Length;

    public static WireValues Of(params ReadOnlySpan<byte[]?> values)
    {
        using var encoded = new ByteWriter();
        foreach (var value in values)
        {
            encoded.Int32(value?.Length ?? -1);
            encoded.Bytes(value);
        }
        return new WireValues(values.Length, encoded.WrittenSpan.ToArray());
    }

    /// <summary>Walks over every value once, so that enumerating later cannot fail.</summary>
    public static WireValues Read(scoped ref SpanReader body)
    {
        var count = body.Count(sizeof(int));
        var ahead = body;
        for (var i = 0; i < count; i++) WireValue.Read(ref ahead);
        return new WireValues(count, body.Bytes(body.Remaining - ahead.Remaining));
    }

    public Enumerator GetEnumerator() => new(_encoded, Count);

    internal void WriteTo(ref SpanWriter body)
    {
        body.Count(Count);
        body.Bytes(_encoded);
    }

    public ref struct Enumerator(ReadOnlySpan<byte> encoded, int count)
    {
        private SpanReader _reader = new(encoded);
        private int _left = count;

        public WireValue Current { get; private set; }

        public bool MoveNext()
        {
            if (_left == 0) return false;
            _left--;
            Current = WireValue.Read(ref _reader);
            return true;
        }
    }
}
