using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>InterSystems IRIS as docs/iris.md lays it out: what it can say exactly goes there, the rest is finished here.</summary>
/// <param name="local">The engine that finishes it.</param>
public sealed class IrisDialect(IrisOptions options, SqliteDialect local) : Dialect
{
    public override string Name => "iris";

    public override Plan Render(BoundStatement statement)
    {
        switch (statement.Tree)
        {
            case QueryStatement { Query: var query } when query is not Select { Into: not null }:
                var hoisted = new HoistedValues();
                var planner = new QueryPlanner(options, local) { Schema = statement.Schema };
                var rows = planner.Plan(query, hoisted);
                return new Plan([new QueryStep(rows)])
                {
                    ReadsCatalog = planner.ReadsCatalog,
                    Computed = hoisted.Count > 0 ? local.RenderLocal(hoisted.ToQuery(), [], out _) : null,
                    Notes = [.. planner.Notes, .. PlanNotes.Of(hoisted)],
                };
            default:
                throw PgException.Unsupported($"{statement.Tree.GetType().Name} is not supported on IRIS");
        }
    }
}
