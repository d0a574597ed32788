using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>An array taken apart: PostgreSQL's binary form is dimensions, lower bounds and elements in binary form.</summary>
internal sealed class PgArray
{
    public PgArray(uint element, int[] lengths, int[] lowers, byte[]?[] items)
    {
        Element = element;
        Lengths = lengths;
        Lowers = lowers;
        Items = items;
    }

    public uint Element { get; }

    public int[] Lengths { get; }

    public int[] Lowers { get; }

    /// <summary>In row-major order; null for NULL.</summary>
    public byte[]?[] Items { get; }

    public int Dimensions => Lengths.Length;

    public static PgArray Empty(uint element) => new(element, [], [], []);

    /// <summary>One dimension, from 1.</summary>
    public static PgArray Vector(uint element, byte[]?[] items, int lower = 1) =>
        items.Length == 0 ? Empty(element) : new(element, [items.Length], [lower], items);

    public static PgArray OfTexts(IEnumerable<string?> texts) =>
        Vector(Oids.Text, [.. texts.Select(text => text is null ? null : System.Text.Encoding.UTF8.GetBytes(text))]);

    public static PgArray Read(ReadOnlySpan<byte> data)
    {
        var dimensions = BinaryPrimitives.ReadInt32BigEndian(data);
        var element = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        var at = 12;
        var lengths = new int[dimensions];
        var lowers = new int[dimensions];
        var count = dimensions == 0 ? 0 : 1;
        for (var d = 0; d < dimensions; d++, at += 8)
        {
            lengths[d] = BinaryPrimitives.ReadInt32BigEndian(data[at..]);
            lowers[d] = BinaryPrimitives.ReadInt32BigEndian(data[(at + 4)..]);
            count *= lengths[d];
        }

        var items = new byte[]?[count];
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(data[at..]);
            at += 4;
            if (length < 0) continue;
            items[i] = data.Slice(at, length).ToArray();
            at += length;
        }

        return new PgArray(element, lengths, lowers, items);
    }

    public static PgArray Argument(Call c, int i) => Read(c.Bytes(i));

    public void Return(Call c)
    {
        using var writer = new ByteWriter();
        Write(writer);
        c.ReturnBlob(writer.WrittenSpan);
    }

    public void Write(ByteWriter output)
    {
        output.Int32(Items.Length == 0 ? 0 : Dimensions);
        output.Int32(Array.IndexOf(Items, null) >= 0 ? 1 : 0);
        output.Int32((int)Element);
        for (var d = 0; d < Dimensions && Items.Length > 0; d++)
        {
            output.Int32(Lengths[d]);
            output.Int32(Lowers[d]);
        }

        foreach (var item in Items)
        {
            output.Int32(item?.Length ?? -1);
            if (item is not null) output.Bytes(item);
        }
    }

    public Datum this[int i] => Items[i] is { } item ? Datum.FromBinary(Element, item) : Datum.Null;

    public string? Text(int i) => Items[i] is { } item ? System.Text.Encoding.UTF8.GetString(item) : null;

    public static byte[]? Binary(uint element, Datum value)
    {
        if (value.IsNull) return null;
        using var writer = new ByteWriter();
        value.WriteBinary(element, writer);
        return writer.WrittenSpan.ToArray();
    }

    public static int CompareItems(uint element, byte[]? left, byte[]? right)
    {
        if (left is null || right is null) return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        if (left.AsSpan().SequenceEqual(right)) return 0;
        return Datum.Compare(element, Datum.FromBinary(element, left), Datum.FromBinary(element, right));
    }

    /// <summary>Element by element, then by number of elements, dimensions and lengths.</summary>
    public static int Compare(PgArray left, PgArray right)
    {
        for (var i = 0; i < left.Items.Length && i < right.Items.Length; i++)
            if (CompareItems(left.Element, left.Items[i], right.Items[i]) is not 0 and var order) return order;
        if (left.Items.Length != right.Items.Length) return left.Items.Length.CompareTo(right.Items.Length);
        if (left.Dimensions != right.Dimensions) return left.Dimensions.CompareTo(right.Dimensions);
        for (var d = 0; d < left.Dimensions; d++)
        {
            if (left.Lengths[d] != right.Lengths[d]) return left.Lengths[d].CompareTo(right.Lengths[d]);
            if (left.Lowers[d] != right.Lowers[d]) return left.Lowers[d].CompareTo(right.Lowers[d]);
        }

        return 0;
    }
}
