using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>From what a statement made of the schema to the statements that make the same of IRIS.</summary>
/// <remarks>
/// CHECK constraints, generated columns, comments, and defaults other than literals are not written: the gateway keeps and applies
/// them. Temporary relations and system catalogs are passed over.
/// </remarks>
public static class IrisDdl
{
    /// <param name="before">The schema with its names in IRIS, as <see cref="RemoteNames.Choose"/> left them.</param>
    /// <param name="after">What became of it, with its names in IRIS.</param>
    /// <param name="statement">The (bound) statement, which says what the schemas do not: USING, the rows of CREATE TABLE AS, tables to truncate.</param>
    /// <returns>In the order in which they are to run. Commands, and rows that drive commands where rows change too.</returns>
    /// <exception cref="PgException">0A000 naming what IRIS does not have.</exception>
    public static ImmutableArray<PlanStep> Difference(
        SchemaSnapshot before, SchemaSnapshot after, IrisOptions options, DmlPlanner rows, Statement? statement = null)
    {
        if (statement is not null) DdlRefusals.Check(statement);
        var change = new SchemaDifference(before, after, options, rows, statement);
        return change.Steps();
    }
}
