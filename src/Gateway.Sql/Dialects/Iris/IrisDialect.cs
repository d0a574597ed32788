using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris.Dml;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>InterSystems IRIS as docs/iris.md lays it out: what it can say exactly goes there, the rest is finished here.</summary>
/// <param name="local">The engine that finishes it.</param>
public sealed class IrisDialect(IrisOptions options, SqliteDialect local) : Dialect
{
    private readonly IrisDialect? _utc = options.SessionIsUtc ? null : new IrisDialect(options with { SessionIsUtc = true }, local);

    public override string Name => "iris";

    public override Dialect For(FormatSettings settings) => settings.IsUtc ? _utc ?? this : this;

    protected override Plan Translate(BoundStatement statement)
    {
        var hoisted = new HoistedValues();
        var planner = IrisSpeech.Planner(options, local, statement.Schema);
        switch (statement.Tree)
        {
            case QueryStatement { Query: Select { Into: { } into } select } source:
                return new Plan(
                [
                    new SchemaStep(new CreateTableAs
                    {
                        Name = into.Table,
                        Temporary = into.Temporary,
                        Source = source with { Query = select with { Into = null } },
                    }),
                ]);
            case QueryStatement { Query: var query }:
                return Finish([new QueryStep(planner.Plan(query, hoisted))]);
            case DmlStatement change:
                return Finish(new DmlPlanner(options, hoisted, rows => planner.Plan(rows, hoisted)).Plan(change));
            case NativeStatement native:
                return new Plan([new CommandStep(
                    native.Text,
                    [.. native.Markers.Select(n => new Input(InputKind.Parameter, n, new TypeRef(statement.ParameterTypes[n - 1])))])]);
            case DdlStatement or TruncateStatement:
                return new Plan([new SchemaStep(statement.Tree)]);
            default:
                throw PgException.Unsupported($"{statement.Tree.GetType().Name} is not supported on IRIS");
        }

        Plan Finish(ImmutableArray<PlanStep> steps) => new(steps)
        {
            Computed = hoisted.Count > 0 ? local.RenderLocal(hoisted.ToQuery(), []) : null,
            Notes = [.. planner.Notes, .. PlanNotes.Of(hoisted)],
        };
    }
}
