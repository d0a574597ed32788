using Gateway.Sql.Schema;

namespace Gateway.Backends.Ado;

/// <summary>Whom a catalog asks.</summary>
internal interface IAdoSource
{
    /// <summary>All rows of a query whose columns are text.</summary>
    IReadOnlyList<string?[]> Query(string sql);
}

/// <summary>How the metadata of a kind of server is read. Thread-safe.</summary>
internal interface IAdoCatalog
{
    /// <param name="known">What was read last, or null: returned again when nothing has changed.</param>
    /// <param name="version">For a new one.</param>
    SchemaSnapshot Read(IAdoSource source, SchemaSnapshot? known, Func<long> version);
}
