using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Comparisons with a column whose strings IRIS compares without case do so here, too.</summary>
internal sealed class CaseFolding : TreeRewriter
{
    // What IRIS compares: its own idea of upper case, without the blanks at the end. LIKE keeps those.
    private static readonly FunctionInfo Collated = Engine("iris_key");

    private static readonly FunctionInfo Upper = Engine("iris_upper");

    // FROM of the queries around, the innermost last.
    private readonly List<ImmutableArray<FromItem>> _from = [];

    public static Query In(Query query) => new CaseFolding().Query(query);

    protected override void Enter(Query query) => _from.Add(query is Select select ? select.From : []);

    protected override void Exit() => _from.RemoveAt(_from.Count - 1);

    protected override Expr Leave(Expr expression) => expression switch
    {
        BinaryOp { Operator.Symbol: "=" or "<>" or "<" or "<=" or ">" or ">=" } e when Folds(e.Left) || Folds(e.Right) =>
            e with { Left = Key(e.Left), Right = Key(e.Right) },
        IsDistinctFrom e when Folds(e.Left) || Folds(e.Right) => e with { Left = Key(e.Left), Right = Key(e.Right) },
        NullIf e when Folds(e.Left) || Folds(e.Right) => Nullified(e),
        Between e when Folds(e.Operand) || Folds(e.Low) || Folds(e.High) =>
            e with { Operand = Key(e.Operand), Low = Key(e.Low), High = Key(e.High) },
        InList e when Folds(e.Operand) || e.Items.Any(Folds) => e with { Operand = Key(e.Operand), Items = [.. e.Items.Select(Key)] },
        Like { Kind: LikeKind.Like } e when Folds(e.Operand) => e with { Operand = Call(Upper, e.Operand), Pattern = Call(Upper, e.Pattern) },
        InSubquery e when Folds(e.Operand) || Folds(e.Query) => e with { Operand = Key(e.Operand), Query = Key(e.Query) },
        Quantified { Query: { } query } e when IsComparison(e) && (Folds(e.Left) || Folds(query)) =>
            e with { Left = Key(e.Left), Query = Key(query) },
        Quantified { Array: ArrayConstructor array } e when IsComparison(e) && (Folds(e.Left) || array.Items.Any(Folds)) =>
            e with { Left = Key(e.Left), Array = array with { Items = [.. array.Items.Select(Key)] } },
        Quantified e when IsComparison(e) && Folds(e.Left) =>
            throw PgException.Unsupported("ANY and ALL over an array, compared with a column whose case IRIS ignores"),
        Case { Operand: { } operand } e when Folds(operand) || e.Whens.Any(when => Folds(when.Condition)) =>
            e with { Operand = Key(operand), Whens = [.. e.Whens.Select(when => when with { Condition = Key(when.Condition) })] },
        _ => expression,
    };

    private static bool IsComparison(Quantified e) => e.Operator.Symbol is "=" or "<>" or "<" or "<=" or ">" or ">=";

    /// <summary>The column itself, perhaps as another string type.</summary>
    private bool Folds(Expr value) => value switch
    {
        ColumnRef { Column: { } column } => Origins.Of(value, column.LevelsUp < _from.Count ? _from[^(column.LevelsUp + 1)] : []) is { Remote.FoldsCase: true },
        RowConstructor row => row.Items.Any(Folds),
        Cast { Type.Oid: Oids.Text or Oids.VarChar or Oids.BpChar } cast => Folds(cast.Operand),
        _ => false,
    };

    private static Expr Key(Expr value) => value switch
    {
        // A row's columns are compared one by one.
        RowConstructor row => row with { Items = [.. row.Items.Select(Key)] },
        _ when value.Type.Oid is not (Oids.Text or Oids.VarChar or Oids.BpChar or Oids.Name) => value,
        _ => Call(Collated, value),
    };

    private static FunctionCall Call(FunctionInfo function, Expr value) =>
        new(new QualifiedName([function.Name]), [new Tree.Argument(value)]) { Resolved = function, Type = value.Type };

    private static FunctionInfo Engine(string name) =>
        new(0, "pg_catalog", name, 'f', [Oids.Text], Oids.Text, false, true, 0, 0, name) { Volatility = 'i' };

    // nullif(a, b) returns a as it is.
    private static Case Nullified(NullIf e) => new(
        null,
        [new CaseWhen(new BinaryOp(Key(e.Left), new OperatorName("="), Key(e.Right)) { Type = new TypeRef(Oids.Bool), Resolved = e.Resolved }, new NullLiteral { Type = e.Type })],
        e.Left)
    {
        Type = e.Type,
    };

    private static bool Folds(Query query) => Origins.Of(query, 0) is { Remote.FoldsCase: true };

    // Rows are only looked for in it: that several become the same does not matter.
    private static Query Key(Query query) => query switch
    {
        Select select => select with { Items = [.. select.Items.Select(item => item with { Value = Key(item.Value) })] },
        SetOperation { Operator: SetOperator.Union } operation => operation with { Left = Key(operation.Left), Right = Key(operation.Right) },
        Values values => values with { Rows = [.. values.Rows.Select(row => row.Select(Key).ToImmutableArray())] },
        _ => throw PgException.Unsupported("INTERSECT and EXCEPT, compared with a column whose case IRIS ignores"),
    };
}
