using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote;

/// <summary>Where the value behind a marker comes from.</summary>
public enum InputKind
{
    /// <summary>The client's parameter $n, from 1.</summary>
    Parameter,

    /// <summary>Column n (from 0) of the row of <see cref="Plan.Computed"/>.</summary>
    Computed,

    /// <summary>Column n (from 0) of the current row of the innermost <see cref="ForEachStep"/>.</summary>
    Row,

    /// <summary>Column n (from 0) of the row that an <see cref="UpsertAction"/> found.</summary>
    Existing,

    /// <summary>The row id of the row just inserted, updated or found (n is not used).</summary>
    Identity,
}

/// <summary>One marker's value.</summary>
/// <param name="Type">The PostgreSQL type, which says how the value is written for the backend.</param>
/// <param name="Spread">An array: the marker <see cref="RemoteQuery.ListMarker"/> becomes one marker per element.</param>
public readonly record struct Input(InputKind Kind, int Number, TypeRef Type, bool Spread = false);

/// <summary>An input as an expression, in trees that a dialect makes for the gateway's own engine.</summary>
public sealed record InputRef(Input Input) : Expr;

/// <summary>Rows of one of a <see cref="LocalQuery"/>'s sources, in trees that a dialect makes.</summary>
/// <param name="Source">Index in <see cref="LocalQuery.Sources"/>.</param>
/// <param name="Columns">The names its columns go by.</param>
public sealed record SourceRef(int Source, System.Collections.Immutable.ImmutableArray<string> Columns) : FromItem;
