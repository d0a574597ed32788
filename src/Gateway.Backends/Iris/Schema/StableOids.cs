using System.Text;

namespace Gateway.Backends.Iris.Schema;

/// <summary>OIDs for what IRIS gives none to: from its name, so that every node and every start comes to the same.</summary>
/// <remarks>
/// They lie from 2^28 to 2^31-1; those of relations made through the gateway are counted from 16384 and lie below. Where
/// two names meet, the later takes the next number: in the order of the names, so again the same everywhere.
/// </remarks>
internal sealed class StableOids
{
    public const uint First = 1u << 28;
    private const uint Count = (1u << 31) - First;

    private readonly HashSet<uint> _taken = [];

    /// <param name="kind">Keeps a table, its constraint and its index of one name apart.</param>
    public uint Of(char kind, params ReadOnlySpan<string> name)
    {
        var hash = 14695981039346656037UL;
        Add(ref hash, (byte)kind);
        foreach (var part in name)
        {
            foreach (var b in Encoding.UTF8.GetBytes(part.ToUpperInvariant())) Add(ref hash, b);
            Add(ref hash, 0);
        }

        var oid = First + (uint)((hash ^ (hash >> 32)) % Count);
        while (!_taken.Add(oid)) oid = oid == First + Count - 1 ? First : oid + 1;
        return oid;
    }

    // FNV-1a.
    private static void Add(ref ulong hash, byte value) => hash = (hash ^ value) * 1099511628211UL;
}
