using Gateway.Backends.Embedded.Explaining;
using Gateway.Backends.Explaining;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;

namespace Gateway.Backends.Embedded;

/// <summary>EXPLAIN.</summary>
public sealed partial class EmbeddedConnection
{
    /// <summary>SQLite's EXPLAIN QUERY PLAN, with estimates that are made here (docs/embedded.md).</summary>
    public PlanNode? Outline(BoundStatement bound, Plan plan, bool verbose)
    {
        RequireNotLost();
        using var scope = EnterTypes();
        return new PlanReader(this, bound, verbose).Read(plan);
    }
}
