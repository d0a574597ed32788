using System.Security.Cryptography;
using System.Text;

namespace Gateway.Backends.Iris.Schema;

/// <summary>The metadata as it was last read, or as it is since a change made here.</summary>
/// <param name="Stamp">Of what INFORMATION_SCHEMA said; null after a change.</param>
internal sealed record KnownCatalog(IrisCatalog Catalog, Documents Documents, string? Stamp)
{
    public static KnownCatalog Of(InformationSchema found, Documents documents) => new(IrisCatalog.Of(found, documents), documents, StampOf(found));

    /// <summary>Nothing has changed between the two readings.</summary>
    public bool IsSameAs(KnownCatalog? other) => other is { Stamp: { } stamp } && stamp == Stamp && Documents == other.Documents;

    private static string StampOf(InformationSchema found)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(found.Tables);
        Add(found.Columns);
        Add(found.Keys);
        Add(found.References);
        Add(found.Indexes);
        Add(found.Views);
        Add(found.Schemas);
        return Convert.ToHexString(hash.GetHashAndReset());

        // In no particular order, as the server gives them.
        void Add<T>(IReadOnlyList<T> rows)
            where T : notnull
        {
            foreach (var row in rows.Select(row => row.ToString()!).Order(StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
            hash.AppendData("\0"u8);
        }
    }
}
