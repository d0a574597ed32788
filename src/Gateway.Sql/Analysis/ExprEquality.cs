using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Whether two bound expressions say the same, wherever they were written.</summary>
internal static class ExprEquality
{
    public static bool Same(Expr? a, Expr? b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a is null || b is null || a.Type.Oid != b.Type.Oid) return false;
        return (a, b) switch
        {
            (ColumnRef x, ColumnRef y) => x.Name == y.Name && x.Column is { } p && y.Column is { } q
                && p.Source == q.Source && p.Name == q.Name && p.LevelsUp == q.LevelsUp,
            (NumberLiteral x, NumberLiteral y) => x.Text == y.Text,
            (StringLiteral x, StringLiteral y) => x.Value == y.Value,
            (BooleanLiteral x, BooleanLiteral y) => x.Value == y.Value,
            (BitLiteral x, BitLiteral y) => x.Digits == y.Digits && x.Hex == y.Hex,
            (NullLiteral, NullLiteral) => true,
            (Parameter x, Parameter y) => x.Number == y.Number,
            (SqlValue x, SqlValue y) => x.Name == y.Name && x.Precision == y.Precision,
            (BinaryOp x, BinaryOp y) => x.Operator == y.Operator && Same(x.Left, y.Left) && Same(x.Right, y.Right),
            (UnaryOp x, UnaryOp y) => x.Operator == y.Operator && Same(x.Operand, y.Operand),
            (And x, And y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
            (Or x, Or y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
            (Not x, Not y) => Same(x.Operand, y.Operand),
            (IsNull x, IsNull y) => x.Negated == y.Negated && Same(x.Operand, y.Operand),
            (IsTruth x, IsTruth y) => x.Negated == y.Negated && x.Value == y.Value && Same(x.Operand, y.Operand),
            (IsDistinctFrom x, IsDistinctFrom y) => x.Negated == y.Negated && Same(x.Left, y.Left) && Same(x.Right, y.Right),
            (Like x, Like y) => x.Kind == y.Kind && x.Negated == y.Negated && Same(x.Operand, y.Operand)
                && Same(x.Pattern, y.Pattern) && Same(x.Escape, y.Escape),
            (Between x, Between y) => x.Negated == y.Negated && x.Symmetric == y.Symmetric && Same(x.Operand, y.Operand)
                && Same(x.Low, y.Low) && Same(x.High, y.High),
            (InList x, InList y) => x.Negated == y.Negated && Same(x.Operand, y.Operand) && Same(x.Items, y.Items),
            (Case x, Case y) => Same(x.Operand, y.Operand) && Same(x.Else, y.Else) && x.Whens.Length == y.Whens.Length
                && x.Whens.Zip(y.Whens).All(pair => Same(pair.First.Condition, pair.Second.Condition) && Same(pair.First.Result, pair.Second.Result)),
            (Coalesce x, Coalesce y) => Same(x.Arguments, y.Arguments),
            (NullIf x, NullIf y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
            (MinMax x, MinMax y) => x.Greatest == y.Greatest && Same(x.Arguments, y.Arguments),
            (ArrayConstructor x, ArrayConstructor y) => Same(x.Items, y.Items),
            (RowConstructor x, RowConstructor y) => Same(x.Items, y.Items),
            (Cast x, Cast y) => x.Type == y.Type && Same(x.Operand, y.Operand),
            (Collate x, Collate y) => x.Collation.Equals(y.Collation) && Same(x.Operand, y.Operand),
            (FieldAccess x, FieldAccess y) => x.Field == y.Field && Same(x.Operand, y.Operand),
            (Subscript x, Subscript y) => Same(x.Operand, y.Operand) && x.Items.Length == y.Items.Length
                && x.Items.Zip(y.Items).All(pair => pair.First.IsSlice == pair.Second.IsSlice
                    && Same(pair.First.Lower, pair.Second.Lower) && Same(pair.First.Upper, pair.Second.Upper)),
            (FunctionCall x, FunctionCall y) => SameCall(x, y),
            _ => false,
        };
    }

    private static bool SameCall(FunctionCall x, FunctionCall y) =>
        x.Resolved == y.Resolved && x.Star == y.Star && x.Distinct == y.Distinct
        && Same(x.Filter, y.Filter) && Same(x.OrderBy, y.OrderBy) && Same(x.WithinGroup, y.WithinGroup)
        && x.Arguments.Length == y.Arguments.Length
        && x.Arguments.Zip(y.Arguments).All(pair => Same(pair.First.Value, pair.Second.Value))
        && Same(x.Over, y.Over);

    private static bool Same(WindowSpec? x, WindowSpec? y) => ReferenceEquals(x, y) || (x is not null && y is not null
        && x.Name == y.Name && x.Base == y.Base && x.Frame is null && y.Frame is null
        && Same(x.PartitionBy, y.PartitionBy) && Same(x.OrderBy, y.OrderBy));

    private static bool Same(ImmutableArray<SortItem> x, ImmutableArray<SortItem> y)
    {
        if (x.Length != y.Length) return false;
        for (var i = 0; i < x.Length; i++)
            if (x[i].Descending != y[i].Descending || x[i].Nulls != y[i].Nulls || !Same(x[i].Value, y[i].Value)) return false;
        return true;
    }

    private static bool Same(ImmutableArray<Expr> x, ImmutableArray<Expr> y)
    {
        if (x.Length != y.Length) return false;
        for (var i = 0; i < x.Length; i++)
            if (!Same(x[i], y[i])) return false;
        return true;
    }
}
