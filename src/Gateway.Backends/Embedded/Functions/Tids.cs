using System.Globalization;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>tid: 48 bits, a block of 32 and an offset of 16. The carrier is the text that PostgreSQL prints.</summary>
/// <remarks>
/// A table's ctid is its row's key (the rowid, or the integer primary key of a table that has none) in 48 bits, in two's complement,
/// so that it leads back to the row. Tids order as unsigned numbers, keys as signed ones.
/// </remarks>
internal static class Tids
{
    private const int Bits = 48;
    private const long Limit = 1L << (Bits - 1);
    private const long All = (1L << Bits) - 1;

    public static void AddTo(FunctionTable f)
    {
        f.Add("ctid", 1, c => c.Return(OfRow(c.Int(0))));
        f.Add("tid_row", 1, c => c.Return(Number(c.Text(0)) << (64 - Bits) >> (64 - Bits)));
        f.Add("tid_key", 1, c => c.Return(Number(c.Text(0))));
        f.Add("tidlarger", 2, c => c.ReturnArgument(Number(c.Text(0)) >= Number(c.Text(1)) ? 0 : 1));
        f.Add("tidsmaller", 2, c => c.ReturnArgument(Number(c.Text(0)) <= Number(c.Text(1)) ? 0 : 1));
    }

    public static int Compare(string left, string right) => Number(left).CompareTo(Number(right));

    private static string OfRow(long key) => key is < -Limit or >= Limit
        ? throw PgException.Unsupported($"ctid of a row whose key is {key} is not supported: it has more than {Bits} bits")
        : string.Create(CultureInfo.InvariantCulture, $"({(key & All) >> 16},{key & 0xffff})");

    private static long Number(string tid)
    {
        var comma = tid.IndexOf(',', StringComparison.Ordinal);
        return (long.Parse(tid.AsSpan(1, comma - 1), CultureInfo.InvariantCulture) << 16) | long.Parse(tid.AsSpan(comma + 1, tid.Length - comma - 2), CultureInfo.InvariantCulture);
    }
}
