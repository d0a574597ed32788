using System.Collections.Immutable;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>EXPLAIN is the server's.</summary>
public sealed partial class AdoConnection
{
    public Plan? Explained(Plan plan, string options) => plan.Steps switch
    {
        [QueryStep { Rows: RemoteQuery query }] => Asked(plan, query.Sql, query.Inputs, options),
        [CommandStep command] => Asked(plan, command.Sql, command.Inputs, options),
        _ => null,
    };

    private static Plan Asked(Plan plan, string sql, ImmutableArray<Input> inputs, string options) =>
        plan with { Steps = [new QueryStep(new RemoteQuery($"EXPLAIN ({options}) {sql}", inputs, [new TypeRef(Oids.Text)]))] };
}
