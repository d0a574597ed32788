using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>GROUP BY and aggregates that the backend computes; what stands around them is computed here.</summary>
internal sealed class Grouping : TreeRewriter
{
    private readonly Part _part;
    private readonly Speech _speech;
    private readonly List<Expr> _keys;
    private readonly List<Expr> _having = [];
    private readonly bool _hasOwnKeys;

    private Grouping(Part part, Speech speech, List<Expr> keys)
    {
        _part = part;
        _speech = speech;
        _keys = keys;
        _hasOwnKeys = keys.Count > 0;
    }

    /// <summary>Conditions on groups are left.</summary>
    public bool HasRest => _having.Count > 0;

    public static bool Needed(Select select) =>
        !select.GroupBy.IsEmpty || select.Having is not null || Written(select).Any(value => NestedCalls.FindAggregate(value) is not null);

    public static Grouping? Push(Select select, Part part, Speech speech)
    {
        if (Keys(select) is not { } keys) return null;
        var grouping = new Grouping(part, speech, keys);
        var search = new Search(keys);
        foreach (var value in Written(select)) search.Visit(value);
        search.Visit(select.Having);
        if (search.IsMixed) return null;

        // Columns that depend on the keys must be keys as well.
        keys.AddRange(search.Columns);
        foreach (var key in keys)
            if (!speech.Can(part.Select([key])) && speech.Rewritten(key) is Cast whole && speech.Can(part.Select([whole.Operand]))) grouping._converted.Add((key, whole));
        part.GroupBy = [.. keys.Select(key => new GroupingItem(GroupingKind.Expression, grouping.Pushed(key), []))];
        foreach (var aggregate in search.Aggregates)
        {
            if (speech.Can(part.Select([aggregate]))) continue;
            if (speech.Parts(aggregate) is { } parts && speech.Can(part.Select(parts))) grouping._composed.Add(aggregate);
            else return grouping.GiveUp();
        }

        if (!speech.Can(part.Select([.. keys.Select(grouping.Pushed), .. search.Aggregates.Except(grouping._composed)]))) return grouping.GiveUp();
        foreach (var condition in Conjuncts.Of(select.Having))
        {
            part.Having.Add(condition);
            if (grouping._hasOwnKeys && !ColumnUse.Of(condition).Outer && speech.Can(part.Select(keys.Select(grouping.Pushed)))) continue;
            part.Having.RemoveAt(part.Having.Count - 1);
            grouping._having.Add(condition);
        }

        return grouping;
    }

    /// <summary>Aggregates that are put together here of others.</summary>
    private readonly HashSet<FunctionCall> _composed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Keys that are converted here from what the backend groups by.</summary>
    private readonly List<(Expr Key, Cast Whole)> _converted = [];

    private Expr Pushed(Expr key)
    {
        foreach (var (known, whole) in _converted)
            if (ReferenceEquals(known, key)) return whole.Operand;
        return key;
    }

    private Grouping? GiveUp()
    {
        _part.GroupBy = [];
        return null;
    }

    /// <summary>The query over the groups.</summary>
    public Select Rest(Select select) =>
        (Select)Query(select with { GroupBy = [], Having = null, Where = Conjuncts.All(_having) });

    protected override Expr? Replace(Expr expression)
    {
        if (Depth == 1)
            foreach (var key in _keys)
                if (ExprEquality.Same(key, expression)) return Output(key);
        return expression switch
        {
            FunctionCall { Resolved.Kind: 'a', Over: null } call when Depth == 1 =>
                _composed.Contains(call) ? _speech.Whole(call, value => _part.Output(value, 0)) : _part.Output(call, 0),
            ColumnRef { Column: { Source: not null } column } reference when column.LevelsUp == Depth - 1 =>
                _part.Output(reference with { Column = column with { LevelsUp = 0 } }, column.LevelsUp),
            _ => null,
        };
    }

    private Expr Output(Expr key)
    {
        foreach (var (known, whole) in _converted)
            if (ReferenceEquals(known, key)) return whole with { Operand = _part.Output(whole.Operand, 0) };
        return _part.Output(key, 0);
    }

    private static IEnumerable<Expr> Written(Select select) =>
    [
        .. select.Items.Select(item => item.Value),
        .. select.OrderBy.Select(item => item.Value),
        .. select.DistinctOn,
        .. select.Windows.SelectMany(window => window.Window.PartitionBy.Concat(window.Window.OrderBy.Select(item => item.Value))),
    ];

    /// <summary>The expressions grouped by; null when they are not plain: grouping sets, constants, output columns.</summary>
    private static List<Expr>? Keys(Select select)
    {
        var keys = new List<Expr>();
        foreach (var item in select.GroupBy)
        {
            if (item.Kind == GroupingKind.Empty) continue;
            if (item is not { Kind: GroupingKind.Expression, Value: { } value }) return null;
            foreach (var key in value is RowConstructor { Explicit: false } row ? row.Items : [value])
            {
                var use = ColumnUse.Of(key);
                if (use.Outer || use.Aliases.Count == 0) return null;
                keys.Add(key);
            }
        }

        return keys;
    }

    private sealed class Search(List<Expr> keys) : TreeWalker
    {
        public List<FunctionCall> Aggregates { get; } = [];

        public List<ColumnRef> Columns { get; } = [];

        /// <summary>A subquery has an aggregate over columns of this query, or an aggregate reads an enclosing one.</summary>
        public bool IsMixed { get; private set; }

        protected override bool Enter(Expr expression)
        {
            if (Depth == 0)
                foreach (var key in keys)
                    if (ExprEquality.Same(key, expression)) return false;
            switch (expression)
            {
                case FunctionCall { Resolved.Kind: 'a', Over: null } call:
                    var use = ColumnUse.Of(call);
                    IsMixed |= use.Outer;
                    if (Depth == 0) Aggregates.Add(call);
                    return Depth > 0;
                case FunctionCall { Resolved: null, Name.Last: "grouping" }:
                    IsMixed = true;
                    return false;
                case ColumnRef { Column: { Source: not null } column } reference when column.LevelsUp == Depth:
                    var own = reference with { Column = column with { LevelsUp = 0 } };
                    if (!keys.Exists(key => ExprEquality.Same(key, own)) && !Columns.Exists(known => ExprEquality.Same(known, own))) Columns.Add(own);
                    return false;
                default:
                    return true;
            }
        }
    }
}
