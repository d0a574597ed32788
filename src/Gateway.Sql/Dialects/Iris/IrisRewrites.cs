using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>
/// The same value made of other parts, which IRIS can compute where it cannot compute the whole: for a splitter, which asks
/// IRIS for the parts and puts them together in the gateway.
/// </summary>
public static class IrisRewrites
{
    private const string Billion = "1000000000";

    private static readonly TypeRef Int4 = new(Oids.Int4);

    private static readonly TypeRef BigInt = new(Oids.Int8);

    private static readonly TypeRef Numeric = new(Oids.Numeric);

    private static readonly TypeRef Boolean = new(Oids.Bool);

    /// <summary>
    /// avg as a quotient, the sum of bigints as two sums, the sum of numbers of different scales as one of the largest
    /// scale, date_trunc of a date as that of a timestamp. Null when there is nothing to gain.
    /// </summary>
    public static Expr? Of(Expr expression) => expression is FunctionCall { Over: null, Resolved: { } function } call
        ? (function.Name, function.Kind) switch
        {
            ("avg", 'a') => Average(call),
            ("sum", 'a') => call.Arguments[0].Value.Type.Oid switch
            {
                Oids.Int8 => LongSum(call),
                Oids.Numeric => ScaledSum(call),
                _ => null,
            },
            ("date_trunc", 'f') => Truncation(call),
            _ => null,
        }
        : null;

    /// <summary>The aggregates that an aggregate is made of; null when it is not made of others.</summary>
    public static ImmutableArray<Expr>? Parts(FunctionCall call)
    {
        if (Of(call) is not { } whole) return null;
        var search = new Aggregates();
        search.Visit(whole);
        return [.. search.Found];
    }

    /// <summary>The aggregate, made of its parts.</summary>
    /// <param name="output">Where a part's value is found.</param>
    public static Expr Whole(FunctionCall call, Func<Expr, Expr> output) => new Composition(output).Expression(Of(call)!);

    private sealed class Aggregates : TreeWalker
    {
        public List<Expr> Found { get; } = [];

        protected override bool Enter(Expr expression)
        {
            if (expression is not FunctionCall { Resolved.Kind: 'a' }) return true;
            Found.Add(expression);
            return false;
        }
    }

    private sealed class Composition(Func<Expr, Expr> output) : TreeRewriter
    {
        protected override Expr? Replace(Expr expression) => expression is FunctionCall { Resolved.Kind: 'a' } ? output(expression) : null;
    }

    /// <summary>avg(x) is sum(x) / count(x), with the division PostgreSQL uses.</summary>
    private static Expr? Average(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        if (Aggregate("sum", argument.Type.Oid) is not { } sum || argument.Type.Oid is not (Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric or Oids.Float8)) return null;
        Expr total = call with { Name = new QualifiedName(["sum"]), Resolved = sum, Type = new TypeRef(sum.Returns) };
        total = Of(total) ?? total;
        var count = call with { Name = new QualifiedName(["count"]), Resolved = Aggregate("count", Oids.Any), Type = BigInt };
        var type = new TypeRef(argument.Type.Oid == Oids.Float8 ? Oids.Float8 : Oids.Numeric);
        return Operation(To(total, type), "/", To(count, type), type);
    }

    /// <summary>sum(x) is sum(x / 10^9) * 10^9 + sum(x % 10^9), and neither has too many digits.</summary>
    private static Expr? LongSum(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        if (call.Distinct) return null;
        var billion = new NumberLiteral(Billion) { Type = BigInt };
        var high = Part("/");
        var low = Part("%");
        return Operation(Operation(high, "*", new NumberLiteral(Billion) { Type = Numeric }, Numeric), "+", low, Numeric);

        FunctionCall Part(string symbol) => call with { Arguments = [new Tree.Argument(Operation(argument, symbol, billion, BigInt))] };
    }

    /// <summary>
    /// sum(CASE WHEN c THEN amount ELSE 0 END): PostgreSQL shows as many digits as the longest summand has, so the scale is
    /// found beside the sum.
    /// </summary>
    private static Expr? ScaledSum(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        var longest = new Digits(1, 0, true);
        if (argument is not (Case or Coalesce) || call.Distinct || ScaleOf(argument, ref longest) is not { } scale || longest.Total > IrisTypes.MaxDigits) return null;
        var target = new TypeRef(Oids.Numeric, Typmod.Numeric(longest.Total, longest.Scale));
        var sum = call with { Arguments = [new Tree.Argument(new Cast(argument, Analysis.TypeNames.Of(Oids.Numeric)) { Type = target })] };
        var shown = call with
        {
            Name = new QualifiedName(["max"]),
            Arguments = [new Tree.Argument(scale)],
            Resolved = Aggregate("max", Oids.Int4),
            Type = Int4,
        };
        return new FunctionCall(new QualifiedName(["round"]), [new Tree.Argument(sum), new Tree.Argument(shown)])
        {
            Resolved = Function("round", Oids.Numeric, Oids.Int4),
            Type = Numeric,
        };
    }

    /// <summary>An expression for the digits behind the point that a value shows; NULL for NULL.</summary>
    /// <param name="longest">The most digits it can have; those before the point are at least one.</param>
    private static Expr? ScaleOf(Expr e, ref Digits longest)
    {
        switch (e)
        {
            case NullLiteral or Cast { Operand: NullLiteral }:
                return new NullLiteral { Type = Int4 };
            case NumberLiteral number:
                var point = number.Text.IndexOf('.');
                return Known(new Digits(point < 0 ? number.Text.Length : point, point < 0 ? 0 : number.Text.Length - point - 1, true), ref longest);
            case Cast { Operand: NumberLiteral inner, Type: { Oid: Oids.Numeric, Typmod: -1 } }:
                return ScaleOf(inner, ref longest);
            case Case branches:
                var whens = ImmutableArray.CreateBuilder<CaseWhen>(branches.Whens.Length);
                foreach (var when in branches.Whens)
                {
                    if (ScaleOf(when.Result, ref longest) is not { } result) return null;
                    whens.Add(when with { Result = result });
                }

                var otherwise = branches.Else is null ? null : ScaleOf(branches.Else, ref longest);
                return branches.Else is not null && otherwise is null ? null : branches with { Whens = whens.MoveToImmutable(), Else = otherwise, Type = Int4 };
            case Coalesce coalesce:
                var cases = ImmutableArray.CreateBuilder<CaseWhen>(coalesce.Arguments.Length);
                foreach (var argument in coalesce.Arguments)
                {
                    if (ScaleOf(argument, ref longest) is not { } result) return null;
                    if (result is NumberLiteral && cases.Count > 0) return new Case(null, cases.ToImmutable(), result) { Type = Int4 };
                    cases.Add(new CaseWhen(new IsNull(argument, true) { Type = Boolean }, result));
                }

                return new Case(null, cases.ToImmutable(), null) { Type = Int4 };
            default:
                if (e.Type is not { Oid: Oids.Numeric, Typmod: >= 4 } || IrisTypes.StorageOf(e.Type) != Storage.Numeric) return null;
                var scale = Typmod.Scale(e.Type.Typmod);
                var known = Known(new Digits(Typmod.Precision(e.Type.Typmod) - scale, scale, true), ref longest);
                return new Case(null, [new CaseWhen(new IsNull(e, true) { Type = Boolean }, known)], null) { Type = Int4 };
        }
    }

    private static NumberLiteral Known(Digits digits, ref Digits longest)
    {
        longest = new Digits(Math.Max(longest.Integer, digits.Integer), Math.Max(longest.Scale, digits.Scale), true);
        return new NumberLiteral(digits.Scale.ToString(CultureInfo.InvariantCulture)) { Type = Int4 };
    }

    /// <summary>A date has the same fields in every time zone.</summary>
    private static Cast? Truncation(FunctionCall call)
    {
        if (call is not { Resolved.Source: "timestamptz_trunc", Arguments: [var field, { Value: Cast { Operand: { Type.Oid: Oids.Date } date } }] }) return null;
        var local = To(date, new TypeRef(Oids.Timestamp));
        var truncated = call with
        {
            Arguments = [field, new Tree.Argument(local)],
            Resolved = Function("date_trunc", Oids.Text, Oids.Timestamp),
            Type = new TypeRef(Oids.Timestamp),
        };
        return (Cast)To(truncated, new TypeRef(Oids.TimestampTz));
    }

    private static Expr To(Expr value, TypeRef type)
    {
        if (value.Type.Oid == type.Oid) return value;
        Coercion.Find(value.Type.Oid, type.Oid, CastKind.Explicit, out var function);
        return new Cast(value, Analysis.TypeNames.Of(type.Oid), CastKind.Implicit) { Type = type, Resolved = function };
    }

    private static BinaryOp Operation(Expr left, string symbol, Expr right, TypeRef type)
    {
        OperatorInfo? found = null;
        foreach (var candidate in Catalog.Operators(symbol))
            if (candidate.Left == left.Type.Oid && candidate.Right == right.Type.Oid) found = candidate;
        return new BinaryOp(left, new OperatorName(symbol), right) { Resolved = found, Type = type };
    }

    private static FunctionInfo? Aggregate(string name, uint argument) => Function(name, argument);

    private static FunctionInfo? Function(string name, params ReadOnlySpan<uint> arguments)
    {
        foreach (var candidate in Catalog.Functions(name))
            if (candidate.Arguments.AsSpan().SequenceEqual(arguments)) return candidate;
        return null;
    }
}
