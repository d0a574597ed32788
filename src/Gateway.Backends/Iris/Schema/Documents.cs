using System.Collections.Immutable;

namespace Gateway.Backends.Iris.Schema;

/// <summary>One document of the gateway's own table.</summary>
/// <param name="Kind">pg_class.relkind, or n for a schema.</param>
internal readonly record struct Document(uint Oid, char Kind, string Text);

/// <summary>The gateway's own table at one moment, in the order of the OIDs.</summary>
/// <param name="HasTable">It is there.</param>
internal sealed record Documents(bool HasTable, ImmutableArray<Document> All)
{
    public static Documents None { get; } = new(false, []);

    public bool Equals(Documents? other) => other is not null && HasTable == other.HasTable && All.AsSpan().SequenceEqual(other.All.AsSpan());

    public override int GetHashCode() => All.Length;

    public Documents With(IEnumerable<Document> written, IReadOnlyList<uint> gone)
    {
        var all = All.ToDictionary(document => document.Oid);
        foreach (var oid in gone) all.Remove(oid);
        foreach (var document in written) all[document.Oid] = document;
        return new Documents(true, [.. all.Values.OrderBy(document => document.Oid)]);
    }
}
