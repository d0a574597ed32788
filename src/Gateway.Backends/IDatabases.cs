using Gateway.Types;

namespace Gateway.Backends;

/// <summary>A database and how its sessions are to use it.</summary>
public sealed record ServedDatabase(IBackend Backend, RouteOptions Options);

/// <summary>The databases a node serves. Thread-safe.</summary>
public interface IDatabases
{
    IReadOnlyList<string> Names { get; }

    /// <summary>Null when there is no such database.</summary>
    ServedDatabase? Find(string name);

    /// <summary>Rows changed in a database since it was opened; none where that is not counted.</summary>
    Gateway.Catalog.RowChanges ChangedIn(string name) => default;

    /// <exception cref="PgException">42P04 when it exists, 0A000 when databases cannot be made here.</exception>
    void Create(string name);

    /// <exception cref="PgException">3D000 when it does not exist, 0A000 when databases cannot be dropped here.</exception>
    void Drop(string name);

    /// <summary>Nobody uses this backend any more, which <see cref="Find"/> returned once.</summary>
    void Release(IBackend backend)
    {
    }
}
