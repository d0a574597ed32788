using System.Collections.Immutable;
using Gateway.Sql.Dialects.Iris.Dml;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>From what a statement made of the schema to the statements that make the same of IRIS.</summary>
/// <remarks>
/// CHECK constraints, generated columns, comments on what exists, and defaults other than literals are not written: the gateway
/// keeps and applies them. Temporary relations and system catalogs are passed over.
/// </remarks>
public static class IrisDdl
{
    /// <summary>The plan of one statement that changes the schema.</summary>
    /// <param name="before">The schema with its names in IRIS, as <see cref="RemoteNames.Choose"/> left them.</param>
    /// <param name="after">What the statement made of it (the same for TRUNCATE), with its names in IRIS.</param>
    /// <param name="statement">Bound.</param>
    /// <exception cref="PgException">0A000 naming what IRIS does not have.</exception>
    public static Plan Plan(
        SchemaSnapshot before, SchemaSnapshot after, Statement statement, IReadOnlyList<string> searchPath, IrisOptions options, SqliteDialect local)
    {
        var hoisted = new HoistedValues();
        var planner = IrisSpeech.Planner(options, local, before);
        var rows = new RowChanges(new DmlPlanner(options, hoisted, query => planner.Plan(query, hoisted)), searchPath);
        var steps = statement is TruncateStatement truncate
            ? Truncation.Of(truncate, before, searchPath)
            : Difference(new DdlContext(before, after, options, searchPath, statement, rows));
        return new Plan(steps)
        {
            Computed = hoisted.Count > 0 ? local.RenderLocal(hoisted.ToQuery(), []) : null,
        };
    }

    /// <returns>In the order in which they are to run: commands, and rows that drive commands where rows change too.</returns>
    /// <exception cref="PgException">0A000 naming what IRIS does not have.</exception>
    public static ImmutableArray<PlanStep> Difference(DdlContext context)
    {
        if (context.Statement is not null) DdlRefusals.Check(context.Statement);
        return new SchemaDifference(context).Steps();
    }
}
