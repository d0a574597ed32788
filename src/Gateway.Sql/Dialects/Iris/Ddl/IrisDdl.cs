using System.Collections.Immutable;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>From what a statement made of the schema to the statements that make the same of IRIS.</summary>
/// <remarks>
/// CHECK constraints, generated columns, comments on what exists, and defaults other than literals are not written: the gateway
/// keeps and applies them. Temporary relations and system catalogs are passed over.
/// </remarks>
public static class IrisDdl
{
    /// <returns>In the order in which they are to run: commands, and rows that drive commands where rows change too.</returns>
    /// <exception cref="PgException">0A000 naming what IRIS does not have.</exception>
    public static ImmutableArray<PlanStep> Difference(DdlContext context)
    {
        if (context.Statement is not null) DdlRefusals.Check(context.Statement);
        return new SchemaDifference(context).Steps();
    }
}
