using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>A condition as the parts that must all hold.</summary>
internal static class Conjuncts
{
    public static List<Expr> Of(Expr? condition)
    {
        var parts = new List<Expr>();
        Collect(condition);
        return parts;

        void Collect(Expr? expression)
        {
            if (expression is And and)
            {
                Collect(and.Left);
                Collect(and.Right);
            }
            else if (expression is not null)
            {
                parts.Add(expression);
            }
        }
    }

    public static Expr? All(IEnumerable<Expr> parts) =>
        parts.Aggregate((Expr?)null, (all, part) => all is null ? part : new And(all, part) { Type = new TypeRef(Oids.Bool) });
}
