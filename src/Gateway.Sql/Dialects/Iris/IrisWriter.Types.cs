using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>What is known of a value without writing it.</summary>
public sealed partial class IrisWriter
{
    /// <summary>The type as which a value that <see cref="Scalar"/> wrote is read: with the scale PostgreSQL would show, where its own type leaves that open.</summary>
    public TypeRef ReadAs(Expr expression)
    {
        // The smallest char(n) of a column has its blanks, though its type no longer says how many.
        if (expression is FunctionCall { Resolved: { Kind: 'a', Name: "min" or "max" }, Arguments: [var only] } && expression.Type is { Oid: Oids.BpChar, Typmod: -1 })
            return expression.Type with { Typmod = ReadAs(only.Value).Typmod };
        if (expression.Type is not { Oid: Oids.Numeric, Typmod: -1 }) return expression.Type;
        if (expression is ColumnRef) return expression.Type with { Typmod = SourceColumn(expression)?.Type.Typmod ?? -1 };
        return DigitsOf(expression) is { IsFixed: true, Scale: >= 0 and <= IrisTypes.MaxDigits } digits
            ? new TypeRef(Oids.Numeric, Typmod.Numeric(IrisTypes.MaxDigits, digits.Scale))
            : expression.Type;
    }

    private Storage StorageOf(Expr e) => e switch
    {
        ColumnRef { Column.Column: { } column } => IrisTypes.StorageOf(column),
        ColumnRef => SourceColumn(e) is { } derived ? derived.Storage : IrisTypes.StorageOf(e.Type),
        AtScope scoped => In(scoped, static (writer, inner) => writer.StorageOf(inner)),
        Collate collate => StorageOf(collate.Operand),
        Parameter or NumberLiteral when e.Type.Oid == Oids.Numeric => Storage.Numeric,
        _ when e.Type.Oid == Oids.Numeric => Storage.Numeric,
        _ when e.Type.Oid is Oids.Unknown or 0 => Storage.Text,
        _ => IrisTypes.StorageOf(e.Type),
    };

    private T In<T>(AtScope scoped, Func<IrisWriter, Expr, T> ask)
    {
        var inner = _scope;
        _scope = scoped.Scope;
        var answer = ask(this, scoped.Inner);
        _scope = inner;
        return answer;
    }

    private Source? SourceOf(ColumnRef column) =>
        column.Column is { Source: { } alias } bound ? _scope.Up(bound.LevelsUp)?.Find(alias) : null;

    private DerivedColumn? SourceColumn(Expr e)
    {
        if (e is not ColumnRef column || SourceOf(column)?.Columns is not { } columns) return null;
        var index = IndexOf(columns, column.Column!);
        return index < 0 ? null : columns[index];
    }

    /// <summary>A text that IRIS may compare without case.</summary>
    private bool Folds(Expr e)
    {
        if (e.Type.Oid is not (Oids.Text or Oids.VarChar or Oids.Name or Oids.BpChar or Oids.Uuid or Oids.Unknown)) return false;
        switch (e)
        {
            case ColumnRef { Column.Column: { } column }:
                return column.Remote is { FoldsCase: true };
            case ColumnRef:
                return SourceColumn(e) is { FoldsCase: true };
            case AtScope scoped:
                return In(scoped, static (writer, inner) => writer.Folds(inner));
            case Cast cast:
                return Folds(cast.Operand);
            case Collate collate:
                return Folds(collate.Operand);
            case BinaryOp binary:
                return Folds(binary.Left) || Folds(binary.Right);
            case NullIf nullIf:
                return Folds(nullIf.Left);
            case Coalesce coalesce:
                foreach (var argument in coalesce.Arguments)
                    if (Folds(argument)) return true;
                return false;
            case MinMax minMax:
                foreach (var argument in minMax.Arguments)
                    if (Folds(argument)) return true;
                return false;
            case Case branches:
                foreach (var when in branches.Whens)
                    if (Folds(when.Result)) return true;
                return branches.Else is { } otherwise && Folds(otherwise);
            case FunctionCall call:
                foreach (var argument in call.Arguments)
                    if (Folds(argument.Value)) return true;
                return false;
            case ScalarSubquery { Query: Select { Items: [var item] } }:
                return !_constants.IsConstant(item.Value);
            default:
                return false;
        }
    }

    private bool NeverNull(Expr e)
    {
        switch (e)
        {
            case NumberLiteral or StringLiteral or BooleanLiteral or Tree.Exists or IsNull or IsTruth or IsDistinctFrom:
                return true;
            case Cast { Operand: NumberLiteral or StringLiteral }:
                return true;
            case Cast cast:
                return NeverNull(cast.Operand);
            case ColumnRef { Column.Column: { } known } column:
                return known.NotNull && SourceOf(column) is { Nullable: false };
            case ColumnRef column:
                return SourceColumn(column) is { NotNull: true } && SourceOf(column) is { Nullable: false };
            case AtScope scoped:
                return In(scoped, static (writer, inner) => writer.NeverNull(inner));
            case Coalesce coalesce:
                foreach (var argument in coalesce.Arguments)
                    if (NeverNull(argument)) return true;
                return false;
            case FunctionCall call:
                return call.Resolved is { Kind: 'a' or 'w', Name: "count" or "row_number" or "rank" or "dense_rank" or "ntile" };
            case BinaryOp { Resolved: not null, Left: not RowConstructor } binary:
                return binary.Operator.Symbol is "=" or "<>" or "<" or ">" or "<=" or ">=" or "+" or "-" or "*" && NeverNull(binary.Left) && NeverNull(binary.Right);
            case And and:
                return NeverNull(and.Left) && NeverNull(and.Right);
            case Or or:
                return NeverNull(or.Left) && NeverNull(or.Right);
            case Not not:
                return NeverNull(not.Operand);
            case Case { Else: { } otherwise } branches:
                foreach (var when in branches.Whens)
                    if (!NeverNull(when.Result)) return false;
                return NeverNull(otherwise);
            default:
                return false;
        }
    }

    /// <summary>Arithmetic that IRIS does without loss and where PostgreSQL has no overflow either.</summary>
    private bool IsExactNumber(Expr e)
    {
        if (DigitsOf(e) is not { } digits) return false;
        if (e is BinaryOp { Operator.Symbol: "/" or "%" }) return true;
        if (digits.Total > IrisTypes.MaxDigits) return false;
        return e.Type.Oid == Oids.Numeric || (e.Type.Oid is Oids.Int2 or Oids.Int4 or Oids.Int8 && digits.Integer <= Digits.Safe(e.Type.Oid));
    }

    private Digits? DigitsOf(Expr e)
    {
        switch (e)
        {
            case NumberLiteral number:
                return OfLiteral(number.Text);
            case Cast { Operand: NumberLiteral number, Type: { Typmod: -1, Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric } }:
                return OfLiteral(number.Text);
            case ColumnRef when SourceColumn(e) is { } derived:
                return OfType(derived.Type);
            case AtScope scoped:
                return In(scoped, static (writer, inner) => writer.DigitsOf(inner));
            case Cast { Type: { Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric, Typmod: -1 } } cast when IsInteger(cast.Operand.Type.Oid):
                return DigitsOf(cast.Operand);
            case UnaryOp { Operator.Symbol: "-" or "+" } unary when IsNumber(unary.Type.Oid):
                return DigitsOf(unary.Operand);
            case BinaryOp { Resolved: not null } binary when IsNumber(binary.Type.Oid) && IsNumber(binary.Left.Type.Oid) && IsNumber(binary.Right.Type.Oid):
                return OfOperation(binary);
            case Coalesce coalesce when IsNumber(e.Type.Oid):
                return Widest(coalesce.Arguments.AsSpan());
            case MinMax minMax when IsNumber(e.Type.Oid):
                return Widest(minMax.Arguments.AsSpan());
            case NullIf nullIf when IsNumber(e.Type.Oid):
                return DigitsOf(nullIf.Left);
            case Case branches when IsNumber(e.Type.Oid):
                var widest = branches.Else is null or NullLiteral or Cast { Operand: NullLiteral } ? DigitsOf(branches.Whens[0].Result) : DigitsOf(branches.Else);
                foreach (var when in branches.Whens)
                    if (when.Result is not NullLiteral and not Cast { Operand: NullLiteral }) widest = Digits.Widest(widest, DigitsOf(when.Result));
                return widest;
            case ScalarSubquery { Query: Select { Items: [{ Value: FunctionCall { Resolved.Name: "count" } }] } }:
                return new Digits(IrisTypes.MaxDigits, 0, true);
            case FunctionCall call:
                return OfCall(call) ?? OfType(e.Type);
            default:
                return OfType(e.Type);
        }
    }

    private Digits? Widest(ReadOnlySpan<Expr> items)
    {
        var widest = DigitsOf(items[0]);
        foreach (var item in items[1..]) widest = Digits.Widest(widest, DigitsOf(item));
        return widest;
    }

    private Digits? OfOperation(BinaryOp e)
    {
        switch (e.Operator.Symbol)
        {
            case "+" or "-":
                return Digits.Sum(DigitsOf(e.Left), DigitsOf(e.Right));
            case "*":
                return Digits.Product(DigitsOf(e.Left), DigitsOf(e.Right));
            case "/" when IsInteger(e.Type.Oid) && IntegerLiteral(e.Right) is not (null or 0 or -1):
                // A divisor of n digits takes n - 1 at least.
                return DigitsOf(e.Left) is { } dividend && DigitsOf(e.Right) is { } divisor
                    ? dividend with { Integer = Math.Max(1, dividend.Integer - divisor.Integer + 1) }
                    : null;
            case "%" when IsInteger(e.Type.Oid) && IntegerLiteral(e.Right) is not (null or 0 or -1):
                return DigitsOf(e.Left) is null ? null : DigitsOf(e.Right);
            default:
                return null;
        }
    }

    private static Digits? OfType(TypeRef type) => type.Oid switch
    {
        Oids.Int2 or Oids.Int4 or Oids.Int8 => Digits.OfInteger(type.Oid),
        Oids.Numeric when IrisTypes.StorageOf(type) == Storage.Numeric =>
            new Digits(Typmod.Precision(type.Typmod) - Typmod.Scale(type.Typmod), Typmod.Scale(type.Typmod), true),
        _ => null,
    };

    private static Digits? OfLiteral(string text)
    {
        if (text.AsSpan().IndexOfAny('e', 'E') >= 0) return null;
        var digits = text.AsSpan().TrimStart('-');
        var point = digits.IndexOf('.');
        return point < 0 ? new Digits(digits.Length, 0, true) : new Digits(point, digits.Length - point - 1, true);
    }

    private static bool IsInteger(uint type) => type is Oids.Int2 or Oids.Int4 or Oids.Int8;

    private static bool IsNumber(uint type) => type is Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric;
}
