using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>LIMIT and OFFSET that are known only when the statement runs.</summary>
internal static class Limits
{
    /// <summary>More rows than there are.</summary>
    public const long NoLimit = 999_999_999_999_999_999;

    private static readonly TypeRef BigInt = new(Oids.Int8);

    private static readonly FunctionInfo Limit = Engine("limit");

    private static readonly FunctionInfo Offset = Engine("offset");

    /// <summary>The number of rows as IRIS takes it; 2201W or 2201X when it is negative.</summary>
    public static Expr Rows(Expr value, bool isOffset)
    {
        var checkedRows = new FunctionCall(new QualifiedName([isOffset ? "offset" : "limit"]), [new Tree.Argument(value)])
        {
            Type = BigInt,
            Resolved = isOffset ? Offset : Limit,
        };
        if (isOffset) return checkedRows;

        // The engine's own LIMIT takes -1 for none.
        return new Coalesce([
            new NullIf(checkedRows, Number(-1)) { Type = BigInt, Resolved = Equal },
            Number(NoLimit),
        ]) { Type = BigInt };
    }

    private static OperatorInfo Equal
    {
        get
        {
            foreach (var candidate in Catalog.Operators("="))
                if (candidate is { Left: Oids.Int8, Right: Oids.Int8 }) return candidate;
            throw new InvalidOperationException("int8 = int8");
        }
    }

    private static NumberLiteral Number(long value) => new(value.ToString(CultureInfo.InvariantCulture)) { Type = BigInt };

    private static FunctionInfo Engine(string name) =>
        new(0, "pg_catalog", name, 'f', [Oids.Int8], Oids.Int8, false, false, 0, 0, name) { Volatility = 'i' };
}
