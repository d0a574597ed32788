using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>avg() of exact numbers is their sum divided by their count, as PostgreSQL computes it.</summary>
internal static class Averages
{
    private static readonly OperatorInfo Division =
        Catalog.Operators("/").ToArray().First(op => op.Left == Oids.Numeric && op.Right == Oids.Numeric);

    public static ImmutableArray<Expr>? Parts(FunctionCall call) =>
        call is { Name.Last: "avg", Arguments: [{ Value.Type.Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric } argument], Resolved: not null }
            ? [As(call, "sum", argument.Value.Type.Oid), As(call, "count", Oids.Any)]
            : null;

    /// <param name="output">Where a part's value is found.</param>
    public static Expr Quotient(FunctionCall call, Func<Expr, Expr> output)
    {
        var parts = Parts(call)!.Value;
        var numeric = new TypeRef(Oids.Numeric);
        return new BinaryOp(Numeric(output(parts[0])), new OperatorName("/"), Numeric(output(parts[1])))
        {
            Resolved = Division,
            Type = numeric,
        };

        Expr Numeric(Expr value) => value.Type.Oid == Oids.Numeric
            ? value
            : new Cast(value, Analysis.TypeNames.Of(Oids.Numeric), CastKind.Implicit) { Type = numeric, Resolved = Catalog.Cast(value.Type.Oid, Oids.Numeric)!.Function };
    }

    private static FunctionCall As(FunctionCall call, string name, uint argument)
    {
        var function = Catalog.Functions(name).ToArray().First(known => known.Kind == 'a' && known.Arguments is [var type] && type == argument);
        return call with { Name = new QualifiedName([name]), Resolved = function, Type = new TypeRef(function.Returns) };
    }
}
