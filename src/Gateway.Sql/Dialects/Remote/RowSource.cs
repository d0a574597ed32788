using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote;

/// <summary>A query whose rows go to the client, into another query or to the statements of a <see cref="ForEachStep"/>.</summary>
/// <param name="Types">PostgreSQL types of its columns; values come in their carriers.</param>
public abstract record RowSource(ImmutableArray<TypeRef> Types)
{
    /// <summary>Characters of SQL in it.</summary>
    public abstract int TextLength { get; }
}

/// <summary>A query in the backend's own SQL.</summary>
/// <param name="Sql">Markers are <c>?</c>, one per input in order; <see cref="ListMarker"/> for one that is spread.</param>
public sealed record RemoteQuery(string Sql, ImmutableArray<Input> Inputs, ImmutableArray<TypeRef> Types) : RowSource(Types)
{
    /// <summary>Stands in <see cref="Sql"/> where the elements of an array go: <c>x IN (⋯)</c>. An empty array becomes NULL.</summary>
    public const char ListMarker = '⋯';

    public override int TextLength => Sql.Length;
}

/// <summary>A query that the gateway's own engine runs, in the SQL of <see cref="Sqlite.SqliteDialect"/>.</summary>
/// <param name="Sql"><c>?n</c> takes input n (from 1); the table function <c>pg_remote(i)</c> has the rows of source i in columns c0, c1…</param>
public sealed record LocalQuery(string Sql, ImmutableArray<Input> Inputs, ImmutableArray<RowSource> Sources, ImmutableArray<TypeRef> Types)
    : RowSource(Types)
{
    public override int TextLength => Sql.Length + Sources.Sum(source => source.TextLength);
}
