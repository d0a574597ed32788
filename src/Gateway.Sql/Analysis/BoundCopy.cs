using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>A COPY whose names are resolved: what is to be run for it, and for which columns.</summary>
/// <param name="Name">What PostgreSQL calls its target in the CONTEXT of an error: the table's name.</param>
/// <param name="Columns">The columns in the order of the data: those of the table, or of the query.</param>
/// <param name="Statement">
/// Into a table: an INSERT of one row, whose parameters are the columns' values. They fit the columns' type modifiers
/// already, so no conversion is left to it. Out of one: the query.
/// </param>
public sealed record BoundCopy(string Name, ImmutableArray<CopyColumn> Columns, BoundStatement Statement)
{
    /// <summary>The table; null for a query.</summary>
    public RelationInfo? Relation { get; init; }

    /// <summary>Some row may be left out, by WHERE.</summary>
    public bool HasCondition { get; init; }

    /// <summary>
    /// Rows go in one by one: a default or the condition may look at what is there. PostgreSQL then quotes the line of every
    /// error; otherwise it has only the number of a line that came back from a batch.
    /// </summary>
    public bool RowByRow { get; init; }

    /// <summary>What is wrong with the target, which the client hears after the start of the COPY.</summary>
    public PgException? Refusal { get; init; }
}

/// <summary>One column of the data.</summary>
public readonly record struct CopyColumn(string Name, TypeRef Type);
