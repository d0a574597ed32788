namespace Gateway.Types;

/// <summary>Buffers for values in passing, kept per thread so that nested codecs (arrays of arrays of…) allocate only once.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static Stack<ByteWriter>? _free;

    public static ByteWriter Rent() => _free is { Count: > 0 } free ? free.Pop() : new ByteWriter();

    public static void Return(ByteWriter writer)
    {
        var free = _free ??= new Stack<ByteWriter>();
        writer.Clear();
        if (free.Count < 8 && writer.GetSpan().Length <= 1 << 20) free.Push(writer);
        else writer.Dispose();
    }
}
