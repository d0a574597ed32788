using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Copies a tree with some of its parts replaced, subqueries included. What does not change is shared.</summary>
public abstract class TreeRewriter
{
    // A set that stands in the select list and in ORDER BY is one, and known by its node.
    private readonly Dictionary<FunctionCall, Expr> _sets = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many query levels below the start the walk is.</summary>
    protected int Depth { get; private set; }

    /// <summary>What stands in an expression's place (nothing inside it is visited then), or null to go on inside.</summary>
    protected virtual Expr? Replace(Expr expression) => null;

    protected virtual FromItem? Replace(FromItem item) => null;

    /// <summary>A query inside an expression or in FROM.</summary>
    protected virtual Query Nested(Query query) => Query(query);

    /// <summary>An expression after what is inside it.</summary>
    protected virtual Expr Leave(Expr expression) => expression;

    public Expr Expression(Expr expression)
    {
        if (expression is not FunctionCall { Resolved.ReturnsSet: true } call) return Replace(expression) ?? Leave(Inside(expression));
        if (!_sets.TryGetValue(call, out var known)) _sets.Add(call, known = Replace(call) ?? Leave(Inside(call)));
        return known;
    }

    private Expr? Optional(Expr? expression) => expression is null ? null : Expression(expression);

    private Expr Inside(Expr expression) => expression switch
    {
        BinaryOp e => Two(e.Left, e.Right, (l, r) => e with { Left = l, Right = r }, e),
        And e => Two(e.Left, e.Right, (l, r) => e with { Left = l, Right = r }, e),
        Or e => Two(e.Left, e.Right, (l, r) => e with { Left = l, Right = r }, e),
        IsDistinctFrom e => Two(e.Left, e.Right, (l, r) => e with { Left = l, Right = r }, e),
        NullIf e => Two(e.Left, e.Right, (l, r) => e with { Left = l, Right = r }, e),
        UnaryOp e => One(e.Operand, o => e with { Operand = o }, e),
        Not e => One(e.Operand, o => e with { Operand = o }, e),
        IsNull e => One(e.Operand, o => e with { Operand = o }, e),
        IsTruth e => One(e.Operand, o => e with { Operand = o }, e),
        Cast e => One(e.Operand, o => e with { Operand = o }, e),
        Collate e => One(e.Operand, o => e with { Operand = o }, e),
        FieldAccess e => One(e.Operand, o => e with { Operand = o }, e),
        Like e => e with { Operand = Expression(e.Operand), Pattern = Expression(e.Pattern), Escape = Optional(e.Escape) },
        Between e => e with { Operand = Expression(e.Operand), Low = Expression(e.Low), High = Expression(e.High) },
        InList e => e with { Operand = Expression(e.Operand), Items = All(e.Items) },
        InSubquery e => e with { Operand = Expression(e.Operand), Query = Nested(e.Query) },
        Quantified e => e with { Left = Expression(e.Left), Array = Optional(e.Array), Query = e.Query is null ? null : Nested(e.Query) },
        Exists e => e with { Query = Nested(e.Query) },
        ScalarSubquery e => e with { Query = Nested(e.Query) },
        ArraySubquery e => e with { Query = Nested(e.Query) },
        Coalesce e => e with { Arguments = All(e.Arguments) },
        MinMax e => e with { Arguments = All(e.Arguments) },
        ArrayConstructor e => e with { Items = All(e.Items) },
        RowConstructor e => e with { Items = All(e.Items) },
        Case e => e with
        {
            Operand = Optional(e.Operand),
            Whens = [.. e.Whens.Select(when => when with { Condition = Expression(when.Condition), Result = Expression(when.Result) })],
            Else = Optional(e.Else),
        },
        Subscript e => e with
        {
            Operand = Expression(e.Operand),
            Items = [.. e.Items.Select(item => item with { Lower = Optional(item.Lower), Upper = Optional(item.Upper) })],
        },
        FunctionCall e => Call(e),
        _ => expression,
    };

    private Expr One(Expr operand, Func<Expr, Expr> rebuild, Expr same)
    {
        var changed = Expression(operand);
        return ReferenceEquals(changed, operand) ? same : rebuild(changed);
    }

    private Expr Two(Expr left, Expr right, Func<Expr, Expr, Expr> rebuild, Expr same)
    {
        var (l, r) = (Expression(left), Expression(right));
        return ReferenceEquals(l, left) && ReferenceEquals(r, right) ? same : rebuild(l, r);
    }

    private FunctionCall Call(FunctionCall call) => call with
    {
        Arguments = [.. call.Arguments.Select(argument => argument with { Value = Expression(argument.Value) })],
        OrderBy = Sort(call.OrderBy),
        WithinGroup = Sort(call.WithinGroup),
        Filter = Optional(call.Filter),
        Over = call.Over is null ? null : Window(call.Over),
    };

    private ImmutableArray<Expr> All(ImmutableArray<Expr> expressions) =>
        expressions.IsDefaultOrEmpty ? expressions : [.. expressions.Select(Expression)];

    public ImmutableArray<SortItem> Sort(ImmutableArray<SortItem> items) =>
        items.IsDefaultOrEmpty ? items : [.. items.Select(item => item with { Value = Expression(item.Value) })];

    private WindowSpec Window(WindowSpec window) => window with
    {
        PartitionBy = All(window.PartitionBy),
        OrderBy = Sort(window.OrderBy),
        Frame = window.Frame is null ? null : window.Frame with { Start = Bound(window.Frame.Start), End = window.Frame.End is null ? null : Bound(window.Frame.End) },
    };

    private FrameBound Bound(FrameBound bound) => bound.Offset is null ? bound : bound with { Offset = Expression(bound.Offset) };

    public Query Query(Query query)
    {
        Depth++;
        query = query switch
        {
            Select select => Inside(select),
            SetOperation set => set with { Left = Nested(set.Left), Right = Nested(set.Right) },
            Values values => values with { Rows = [.. values.Rows.Select(All)] },
            _ => query,
        };
        query = query with
        {
            With = query.With is null ? null : query.With with { Tables = [.. query.With.Tables.Select(Table)] },
            OrderBy = Sort(query.OrderBy),
            Limit = Optional(query.Limit),
            Offset = Optional(query.Offset),
        };
        Depth--;
        return query;
    }

    private CommonTable Table(CommonTable table) =>
        table.Statement is QueryStatement statement ? table with { Statement = statement with { Query = Nested(statement.Query) } } : table;

    private Select Inside(Select select) => select with
    {
        Items = [.. select.Items.Select(item => item with { Value = Expression(item.Value) })],
        DistinctOn = All(select.DistinctOn),
        From = select.From.IsDefaultOrEmpty ? select.From : [.. select.From.Select(Item)],
        Where = Optional(select.Where),
        GroupBy = select.GroupBy.IsDefaultOrEmpty ? select.GroupBy : [.. select.GroupBy.Select(Grouping)],
        Having = Optional(select.Having),
        Windows = select.Windows.IsDefaultOrEmpty ? select.Windows : [.. select.Windows.Select(window => window with { Window = Window(window.Window) })],
    };

    private GroupingItem Grouping(GroupingItem item) => item with
    {
        Value = Optional(item.Value),
        Items = item.Items.IsDefaultOrEmpty ? item.Items : [.. item.Items.Select(Grouping)],
    };

    public FromItem Item(FromItem item) => Replace(item) ?? item switch
    {
        SubqueryRef subquery => subquery with { Query = Nested(subquery.Query) },
        FunctionRef function => function with { Calls = All(function.Calls) },
        Join join => join with { Left = Item(join.Left), Right = Item(join.Right), On = Optional(join.On) },
        _ => item,
    };
}
