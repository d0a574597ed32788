using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>
/// Conditions. Every one is written either so that it holds where the expression is true, or (negated) where it is
/// false; in neither case where it is unknown. So NOT is never left to IRIS, and NULLs count as PostgreSQL counts them.
/// </summary>
public sealed partial class IrisWriter
{
    private const string Always = "1 = 1";

    private const string Never = "1 = 0";

    /// <summary>A condition whose outer ANDs need no parentheses: WHERE, ON, HAVING, WHEN.</summary>
    private bool Conjunction(Expr e, bool negated = false) =>
        IsAnd(e, negated) ? Connected(e, negated, and: true) : Condition(e, negated);

    // AND, or what NOT makes one of.
    private bool IsAnd(Expr e, bool negated) => e switch
    {
        And => !negated && !_constants.IsConstant(e),
        Or => negated && !_constants.IsConstant(e),
        Not not => IsAnd(not.Operand, !negated),
        _ => false,
    };

    private bool Connected(Expr e, bool negated, bool and)
    {
        while (e is Not not) (e, negated) = (not.Operand, !negated);
        var (left, right) = e switch
        {
            And x when !negated == and => (x.Left, x.Right),
            Or x when negated == and => (x.Left, x.Right),
            _ => (null, null),
        };
        if (left is null || _constants.IsConstant(e)) return Condition(e, negated);
        return Connected(left, negated, and) && Write(and ? " AND " : " OR ") && Connected(right!, negated, and);
    }

    private bool Condition(Expr e, bool negated)
    {
        switch (e)
        {
            case BooleanLiteral literal:
                return Write(literal.Value != negated ? Always : Never);
            case NullLiteral or Cast { Operand: NullLiteral }:
                return Write(Never);
            case Not not:
                return Condition(not.Operand, !negated);
        }

        if (_constants.IsConstant(e)) return IsOne(e, negated);
        switch (e)
        {
            case And:
                return Write('(') && Connected(e, negated, and: !negated) && Write(')');
            case Or:
                return Write('(') && Connected(e, negated, and: negated) && Write(')');
            case IsNull test:
                return IsNullTest(test.Operand, test.Negated != negated);
            case IsTruth test:
                return TruthTest(test, negated);
            case IsDistinctFrom distinct:
                return Distinct(distinct, negated);
            case BinaryOp binary:
                return Binary(binary, negated);
            case Like like:
                return Like(like, negated);
            case Between between:
                return Between(between, negated);
            case InList list:
                return In(list, negated);
            case InSubquery membership:
                return Member(membership.Operand, "=", all: false, membership.Query, membership.Negated != negated);
            case Quantified { Query: { } query } quantified:
                return Member(quantified.Left, quantified.Operator.Symbol, quantified.All, query, negated);
            case Quantified quantified:
                return Member(quantified, negated);
            case Exists exists:
                return (!negated || Write("NOT ")) && Exists(exists.Query, null);
            case FunctionCall { Resolved.Source: "text_starts_with" } call when TextLiteral(call.Arguments[1].Value) is { } prefix:
                return Pattern(call.Arguments[0].Value, LikeText(prefix) + "%", negated, fold: false, exact: true);
            case Cast { Type.Oid: Oids.Bool, Operand.Type.Oid: Oids.Int4 } cast:
                return Value(cast.Operand, Need.None) && Write(negated ? " = 0" : " <> 0");
            case Cast { Type.Oid: Oids.Bool } cast when cast.Operand.Type.Oid == Oids.Bool:
                return Condition(cast.Operand, negated);
            default:
                return IsOne(e, negated);
        }
    }

    /// <summary>A boolean that is a value: a column, a marker, a CASE.</summary>
    private bool IsOne(Expr e, bool negated) =>
        e is UnaryOp or RowConstructor or FunctionCall { Resolved.Source: "text_starts_with" }
            ? Refuse($"{Kind(e)} is tested here")
            : Value(e, Need.None) && Write(negated ? " = 0" : " = 1");

    /// <summary>A condition as a value.</summary>
    private bool TruthValue(Expr e)
    {
        Write("CASE WHEN ");
        if (!Conjunction(e)) return false;
        return NeverNull(e)
            ? Write(" THEN 1 ELSE 0 END")
            : Write(" THEN 1 WHEN ") && Conjunction(e, negated: true) && Write(" THEN 0 END");
    }

    private bool IsNullTest(Expr e, bool negated)
    {
        if (e is RowConstructor row)
        {
            // x IS NOT NULL of a row wants every field there; it is not the opposite of IS NULL.
            return Refuse($"a row of {row.Items.Length} is tested here");
        }

        if (_constants.IsConstant(e)) return IsOne(new IsNull(e, negated) { Type = new TypeRef(Oids.Bool) }, false);
        return Value(e, Need.Scale) && Write(negated ? " IS NOT NULL" : " IS NULL");
    }

    private bool TruthTest(IsTruth test, bool negated)
    {
        negated ^= test.Negated;
        if (test.Value == Truth.Unknown) return Known(test.Operand, negated);
        var wantsFalse = test.Value == Truth.False;
        if (!negated) return Condition(test.Operand, wantsFalse);

        // IS NOT TRUE: false or unknown.
        if (NeverNull(test.Operand)) return Condition(test.Operand, !wantsFalse);
        if (test.Operand is ColumnRef)
            return Write('(') && Condition(test.Operand, !wantsFalse) && Write(" OR ") && Value(test.Operand, Need.None) && Write(" IS NULL)");
        return Write("CASE WHEN ") && Conjunction(test.Operand, wantsFalse) && Write(" THEN 1 ELSE 0 END = 0");
    }

    private bool Known(Expr operand, bool known)
    {
        if (operand is ColumnRef || _constants.IsConstant(operand)) return IsNullTest(operand, known);
        return Write("CASE WHEN ") && Conjunction(operand) && Write(" THEN 1 WHEN ") && Conjunction(operand, true)
            && Write(known ? " THEN 1 ELSE 0 END = 1" : " THEN 1 ELSE 0 END = 0");
    }

    private bool Distinct(IsDistinctFrom e, bool negated)
    {
        negated ^= e.Negated;
        var (a, b) = (e.Left, e.Right);
        if (a is RowConstructor || b is RowConstructor) return Refuse("rows are compared here");
        if (b is NullLiteral or Cast { Operand: NullLiteral }) return IsNullTest(a, !negated);
        if (a is NullLiteral or Cast { Operand: NullLiteral }) return IsNullTest(b, !negated);
        var (aThere, bThere) = (NeverNull(a), NeverNull(b));
        if (aThere && bThere) return Compare(a, negated ? "=" : "<>", b);
        Write('(');
        if (negated)
        {
            if (!Compare(a, "=", b)) return false;
            if (!aThere && !bThere && !(Write(" OR (") && IsNullTest(a, false) && Write(" AND ") && IsNullTest(b, false) && Write(')'))) return false;
            return Write(')');
        }

        if (!Compare(a, "<>", b)) return false;
        if (aThere) return Write(" OR ") && IsNullTest(b, false) && Write(')');
        if (bThere) return Write(" OR ") && IsNullTest(a, false) && Write(')');
        return Write(" OR (") && IsNullTest(a, false) && Write(" AND ") && IsNullTest(b, true) && Write(") OR (") && IsNullTest(a, true)
            && Write(" AND ") && IsNullTest(b, false) && Write("))");
    }

    private bool Binary(BinaryOp e, bool negated)
    {
        var symbol = e.Operator.Symbol;
        if (IsComparison(symbol))
        {
            if (e.Left is RowConstructor left && e.Right is RowConstructor right) return Rows(left.Items, negated ? Opposite(symbol) : symbol, right.Items);
            return Compare(e.Left, negated ? Opposite(symbol) : symbol, e.Right);
        }

        return symbol switch
        {
            "~" or "~*" or "!~" or "!~*" => Regex(e, negated != (symbol[0] == '!'), symbol[^1] == '*'),
            "^@" when TextLiteral(e.Right) is { } prefix => Pattern(e.Left, LikeText(prefix) + "%", negated, fold: false, exact: true),
            "~~" or "!~~" or "~~*" or "!~~*" => Like(
                new Like(e.Left, e.Right, null, symbol[^1] == '*' ? LikeKind.ILike : LikeKind.Like, symbol[0] == '!'), negated),
            _ => Refuse($"operator {TypeNames.Format(e.Left.Type.Oid)} {symbol} {TypeNames.Format(e.Right.Type.Oid)} is tested here"),
        };
    }

    private static bool IsComparison(string symbol) => symbol is "=" or "<>" or "<" or ">" or "<=" or ">=";

    private static string Opposite(string symbol) => symbol switch
    {
        "=" => "<>",
        "<>" => "=",
        "<" => ">=",
        ">=" => "<",
        ">" => "<=",
        _ => ">",
    };

    /// <summary>Rows compare field by field: the first that differs decides.</summary>
    private bool Rows(ImmutableArray<Expr> left, string symbol, ImmutableArray<Expr> right)
    {
        if (symbol is "=" or "<>")
        {
            Write('(');
            for (var i = 0; i < left.Length; i++)
            {
                if (i > 0) Write(symbol == "=" ? " AND " : " OR ");
                if (!Compare(left[i], symbol, right[i])) return false;
            }

            return Write(')');
        }

        var strict = symbol[..1];
        Write('(');
        for (var i = 0; i < left.Length; i++)
        {
            var last = i == left.Length - 1;
            if (i > 0) Write(" OR (");
            for (var k = 0; k < i; k++)
                if (!Compare(left[k], "=", right[k]) || !Write(" AND ")) return false;
            if (!Compare(left[i], last ? symbol : strict, right[i])) return false;
            if (i > 0) Write(')');
        }

        return Write(')');
    }

    private bool Between(Between e, bool negated)
    {
        negated ^= e.Negated;
        if (!e.Symmetric)
            return negated
                ? Write('(') && Outside(e.Operand, e.Low, e.High) && Write(')')
                : Within(e.Operand, e.Low, e.High);
        return negated
            ? Write("((") && Outside(e.Operand, e.Low, e.High) && Write(") AND (") && Outside(e.Operand, e.High, e.Low) && Write("))")
            : Write('(') && Within(e.Operand, e.Low, e.High) && Write(" OR ") && Within(e.Operand, e.High, e.Low) && Write(')');

        bool Outside(Expr x, Expr low, Expr high) => Compare(x, "<", low) && Write(" OR ") && Compare(x, ">", high);

        bool Within(Expr x, Expr low, Expr high)
        {
            if (Comparison(x, low) is not { } way || way != Comparison(x, high) || ByServer(x, low) != ByServer(x, high)) return Compare(x, ">=", low) && Write(" AND ") && Compare(x, "<=", high);
            var keyed = way == Way.Text && !ByServer(x, low) && !ByServer(x, high);
            return Side(x, keyed, way, low) && Write(" BETWEEN ") && Side(low, keyed, way, x) && Write(" AND ") && Side(high, keyed, way, x);
        }
    }
}
