using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Pieces of bound trees that no client wrote.</summary>
internal static class Build
{
    public static TypeRef Bool { get; } = new(Oids.Bool);

    public static TypeRef Int4 { get; } = new(Oids.Int4);

    public static Expr True { get; } = new BooleanLiteral(true) { Type = Bool };

    public static Expr Null(TypeRef type) => new NullLiteral { Type = type };

    public static Expr Integer(int value) => new NumberLiteral(value.ToString(CultureInfo.InvariantCulture)) { Type = Int4 };

    public static Expr Text(string value) => new StringLiteral(value) { Type = new TypeRef(Oids.Text) };

    public static InputRef Row(int column, TypeRef type) => new(new Input(InputKind.Row, column, type)) { Type = type };

    public static Expr And(Expr left, Expr right) => new And(left, right) { Type = Bool };

    public static Expr Or(Expr left, Expr right) => new Or(left, right) { Type = Bool };

    public static Expr IsNull(Expr value, bool negated = false) => new IsNull(value, negated) { Type = Bool };

    public static Expr IsFalse(Expr value) => new IsTruth(value, Truth.False, false) { Type = Bool };

    public static Expr IsTrue(Expr value) => new IsTruth(value, Truth.True, false) { Type = Bool };

    /// <summary>A column of the subquery that goes by <paramref name="alias"/>.</summary>
    public static ColumnRef Column(string alias, string name, TypeRef type) =>
        new([alias, name]) { Column = new BoundColumn(alias, name, type, null, null, 0), Type = type };

    /// <exception cref="PgException">42883 when the types cannot be compared.</exception>
    public static Expr Compare(Expr left, string symbol, Expr right)
    {
        var found = OperatorResolver.Resolve(symbol, left.Type.Oid, right.Type.Oid);
        if (found.Operator is not { } op)
            throw new PgException(SqlStates.UndefinedFunction, $"operator does not exist: {TypeSystem.Format(left.Type)} {symbol} {TypeSystem.Format(right.Type)}");
        return new BinaryOp(As(left, found.Left), new OperatorName(symbol), As(right, found.Right)) { Resolved = op, Type = Bool };
    }

    public static Expr Equal(Expr left, Expr right) => Compare(left, "=", right);

    private static Expr As(Expr value, uint type) =>
        value.Type.Oid == type ? value : new Cast(value, Analysis.TypeNames.Of(type), CastKind.Implicit) { Type = new TypeRef(type) };

    public static Case When(Expr condition, Expr result, Expr? otherwise = null) =>
        new(null, [new CaseWhen(condition, result)], otherwise) { Type = result.Type };

    public static SelectItem Item(Expr value, string name) => new(value, name) { OutputName = name };

    public static Select Select(ImmutableArray<SelectItem> items, FromItem from, Expr? where = null) => new()
    {
        Items = items,
        From = [from],
        Where = where,
    };
}
