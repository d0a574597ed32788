using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Where a column reference points after analysis.</summary>
/// <param name="Source">The range-table alias it is reached by (unique within its query), or null for an output column.</param>
/// <param name="Name">The column's name in that source.</param>
/// <param name="Relation">The base relation, when it is one.</param>
/// <param name="Column">The base column, when it is one.</param>
/// <param name="LevelsUp">0 for this query, 1 for the enclosing one…</param>
public sealed record BoundColumn(
    string? Source,
    string Name,
    TypeRef Type,
    RelationInfo? Relation,
    ColumnInfo? Column,
    int LevelsUp)
{
    /// <summary>Its place in the source, from 0; -1 for an output column.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The domain it was declared with; 0 for none.</summary>
    public uint Domain { get; init; }

    /// <summary>The fields of a column of type record; empty when they are not known.</summary>
    public ImmutableArray<OutputColumn> Row { get; init; } = [];
}
