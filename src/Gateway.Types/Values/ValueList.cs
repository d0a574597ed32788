namespace Gateway.Types;

/// <summary>A list of values in carrier form, unboxed: the parameters of one execution. Reusable after <see cref="Clear"/>.</summary>
public sealed class ValueList : IDisposable
{
    private readonly ByteWriter _bytes = new();
    private ValueSlot[] _slots = [];

    public int Count { get; private set; }

    /// <summary>The bytes held for this list, for limits that count bytes.</summary>
    public int ByteLength => _bytes.Length + (Count * 24);

    public ValueSlot this[int index] => _slots[index];

    public bool IsNull(int index) => _slots[index].IsNull;

    public Carrier CarrierOf(int index) => _slots[index].Carrier;

    public long GetInt64(int index) => _slots[index].Bits;

    public double GetFloat64(int index) => BitConverter.Int64BitsToDouble(_slots[index].Bits);

    /// <summary>The UTF-8 text or the bytes at <paramref name="index"/>; valid until the list changes.</summary>
    public ReadOnlySpan<byte> GetSpan(int index) =>
        _bytes.WrittenSpan.Slice((int)_slots[index].Bits, _slots[index].Length);

    public void AddNull(Carrier carrier) => Add(new ValueSlot(carrier, true, 0, 0));

    public void Add(long value) => Add(new ValueSlot(Carrier.Int64, false, value, 0));

    public void Add(double value) =>
        Add(new ValueSlot(Carrier.Float64, false, BitConverter.DoubleToInt64Bits(value), 0));

    public void Add(Carrier carrier, ReadOnlySpan<byte> value)
    {
        Add(new ValueSlot(carrier, false, _bytes.Length, value.Length));
        _bytes.Bytes(value);
    }

    /// <summary>Decodes a parameter from the wire with its type's codec and appends it.</summary>
    public void AddDecoded(Codec codec, Format format, ReadOnlySpan<byte> wire, FormatSettings settings)
    {
        switch (codec)
        {
            case Int64Codec c:
                Add(format == Format.Binary ? c.DecodeBinary(wire) : c.DecodeText(wire, settings));
                break;
            case Float64Codec c:
                Add(format == Format.Binary ? c.DecodeBinary(wire) : c.DecodeText(wire, settings));
                break;
            case SpanCodec c:
                var start = _bytes.Length;
                if (format == Format.Binary) c.DecodeBinary(wire, _bytes);
                else c.DecodeText(wire, settings, _bytes);
                Add(new ValueSlot(c is TextCodec ? Carrier.Text : Carrier.Bytes, false, start, _bytes.Length - start));
                break;
        }
    }

    /// <summary>Appends one value of another list.</summary>
    public void AddFrom(ValueList other, int index)
    {
        var slot = other._slots[index];
        if (slot.IsNull || slot.Carrier is Carrier.Int64 or Carrier.Float64) Add(slot);
        else Add(slot.Carrier, other.GetSpan(index));
    }

    /// <summary>Shortens the list; the bytes of what goes are given back only when they lie at the end.</summary>
    public void Truncate(int count, int bytes)
    {
        Count = count;
        _bytes.Truncate(bytes);
    }

    /// <summary>Bytes of text and binary values.</summary>
    public int SpanBytes => _bytes.Length;

    /// <summary>All text and binary values; slots of those carriers hold offsets into it. Valid until the list changes.</summary>
    public ReadOnlySpan<byte> AllBytes => _bytes.WrittenSpan;

    /// <summary>The values in order; those of text and bytes tell where in <see cref="AllBytes"/> they stand. Valid until the list changes.</summary>
    public ReadOnlySpan<ValueSlot> AllSlots => _slots.AsSpan(0, Count);

    public void CopyFrom(ValueList other)
    {
        Clear();
        _bytes.Bytes(other._bytes.WrittenSpan);
        for (var i = 0; i < other.Count; i++) Add(other._slots[i]);
    }

    public void Clear()
    {
        Count = 0;
        _bytes.Clear();
    }

    public void Dispose() => _bytes.Dispose();

    private void Add(ValueSlot slot)
    {
        if (Count == _slots.Length) Array.Resize(ref _slots, Math.Max(4, Count * 2));
        _slots[Count++] = slot;
    }
}
