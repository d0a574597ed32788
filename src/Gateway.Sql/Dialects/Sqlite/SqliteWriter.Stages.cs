using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>
/// A SELECT in two stages: an inner query computes groups and aggregates (or window functions), the outer one the rest from
/// its columns. So run GROUPING SETS, whose inner query has one arm for each set, and set-returning calls beside aggregates.
/// </summary>
internal sealed partial class SqliteWriter
{
    private static bool HasGroupingSets(Select select) =>
        select.GroupBy.Any(item => item.Kind is GroupingKind.Rollup or GroupingKind.Cube or GroupingKind.Sets);

    private static bool NeedsStages(Select select)
    {
        if (HasGroupingSets(select)) return true;
        var calls = SetCalls(select);
        if (calls.Count == 0) return false;

        // Sets that are grouped by are made before the groups.
        var keys = select.GroupBy.Where(item => item.Value is not null).SelectMany(item => Descendants(Output(item.Value!, select) ?? item.Value!)).ToList();
        if (calls.TrueForAll(call => keys.Exists(key => ReferenceEquals(key, call)))) return false;
        return !select.GroupBy.IsDefaultOrEmpty || select.Having is not null
            || select.Items.SelectMany(item => Descendants(item.Value)).Any(part => part is FunctionCall { Over: not null } or FunctionCall { Resolved.Kind: 'a' });
    }

    private string Staged(Select select, IReadOnlyList<string> names)
    {
        var sets = HasGroupingSets(select) ? GroupingSets(select) : null;
        var grouped = sets is not null || !select.GroupBy.IsDefaultOrEmpty || select.Having is not null || select.Items.Any(item => HasAggregate(item.Value));
        var stage = new Stage(select, grouped, sets is not null);
        var outer = select with { From = [], Where = null, GroupBy = [], Having = null, With = null, Windows = sets is null ? [] : select.Windows };
        if (sets is not null && select.Having is { } having) outer = outer with { Where = having };

        // The outer query is written first: it tells what the inner one is to compute.
        _scope!.Computed = stage.Find;
        _scope.Columns = column => stage.Find(column with { Column = column.Column! with { LevelsUp = 0 } })!;
        const string Mark = "\u0001";
        _scope.From = $" FROM ({Mark}) AS \"g\"";
        var written = SelectQuery(outer, names);

        var inner = sets is null
            ? InSibling(() => SelectCore(stage.Inner(select), stage.Names))
            : Arms(select, stage, sets);
        return written.Replace(Mark, inner, StringComparison.Ordinal);
    }

    /// <summary>One arm for each grouping set, over the rows of FROM and WHERE, which are read once.</summary>
    private string Arms(Select select, Stage stage, List<int[]> sets)
    {
        var columns = new List<ColumnRef>();
        var arms = sets.Select(set => InSibling(() =>
        {
            _scope!.Columns = column =>
            {
                var at = columns.FindIndex(known => ExprEquality.Same(known, column));
                if (at < 0)
                {
                    at = columns.Count;
                    columns.Add(column with { Column = column.Column! with { LevelsUp = 0 } });
                }

                return string.Create(CultureInfo.InvariantCulture, $"\"s\".\"c{at}\"");
            };
            _scope.From = " FROM \"s\"";
            return SelectCore(stage.Arm(set), stage.Names);
        })).ToList();
        var source = select with
        {
            Items = [.. columns.Select(column => new SelectItem(column, null))],
            GroupBy = [],
            Having = null,
            OrderBy = [],
            Windows = [],
            Distinct = false,
            DistinctOn = [],
        };
        var names = Enumerable.Range(0, columns.Count).Select(i => $"c{i}").ToList();
        return $"WITH \"s\" AS MATERIALIZED ({InSibling(() => SelectCore(source, names))}) {string.Join(" UNION ALL ", arms)}";
    }

    /// <summary>Every set of GROUP BY as indices of its keys: the product of its items.</summary>
    private static List<int[]> GroupingSets(Select select)
    {
        var keys = Keys(select);
        var sets = new List<int[]> { new int[0] };
        foreach (var item in select.GroupBy)
            sets = [.. sets.SelectMany(_ => Expand(item), (left, right) => (int[])[.. left, .. right.Except(left)])];
        if (select.GroupByDistinct) sets = [.. sets.DistinctBy(set => string.Join(',', set.Order()))];
        if (sets.Count > 4096) throw new PgException("54011", "too many grouping sets present (maximum 4096)");
        return sets;

        List<int[]> Expand(GroupingItem item) => item.Kind switch
        {
            GroupingKind.Expression => [Indices(item)],
            GroupingKind.Empty => [[]],
            GroupingKind.Rollup => [.. Enumerable.Range(0, item.Items.Length + 1).Select(n => Together(item.Items.Take(item.Items.Length - n)))],
            GroupingKind.Cube => [.. Enumerable.Range(0, 1 << item.Items.Length)
                .Select(mask => Together(item.Items.Where((_, i) => (mask & (1 << i)) == 0)))],
            _ => [.. item.Items.SelectMany(Expand)],
        };

        int[] Together(IEnumerable<GroupingItem> items) => [.. items.SelectMany(Indices).Distinct()];

        int[] Indices(GroupingItem item) => [.. KeysOf(item, select).Select(key => keys.FindIndex(known => ExprEquality.Same(known, key))).Distinct()];
    }

    private static List<Expr> Keys(Select select)
    {
        var keys = new List<Expr>();
        foreach (var key in select.GroupBy.SelectMany(item => KeysOf(item, select)))
            if (!keys.Exists(known => ExprEquality.Same(known, key))) keys.Add(key);
        return keys;
    }

    private static IEnumerable<Expr> KeysOf(GroupingItem item, Select select) => item switch
    {
        { Value: RowConstructor { Explicit: false } row } => row.Items.Select(key => Output(key, select) ?? key),
        { Value: { } key } => [Output(key, select) ?? key],
        _ => item.Items.IsDefaultOrEmpty ? [] : item.Items.SelectMany(inner => KeysOf(inner, select)),
    };

    /// <summary>What the inner query computes, in the order in which the outer one asked for it.</summary>
    private sealed class Stage(Select select, bool grouped, bool sets)
    {
        private readonly List<Expr> _keys = Keys(select);
        private readonly List<Expr> _parts = [];

        private IEnumerable<Expr> Parts => _parts.Count > 0 ? _parts : [new NumberLiteral("1") { Type = new TypeRef(Oids.Int4) }];

        public List<string> Names => [.. Parts.Select((_, i) => $"g{i}")];

        /// <summary>The column for an expression of the outer query that the inner one computes.</summary>
        public string? Find(Expr expression)
        {
            var wanted = expression switch
            {
                FunctionCall { Resolved: null, Name.Last: "grouping" } when sets => true,
                FunctionCall { Resolved.Kind: 'a', Over: null } => grouped,
                FunctionCall { Over: not null } => !sets,
                ColumnRef { Column: { LevelsUp: 0, Source: not null } } => true,
                _ => grouped && _keys.Exists(key => ExprEquality.Same(key, expression)),
            };
            if (!wanted) return null;
            var at = _parts.FindIndex(part => ExprEquality.Same(part, expression));
            if (at < 0)
            {
                at = _parts.Count;
                _parts.Add(expression);
            }

            return string.Create(CultureInfo.InvariantCulture, $"\"g\".\"g{at}\"");
        }

        public Select Inner(Select select) => select with
        {
            Items = [.. Parts.Select(part => new SelectItem(part, null))],
            With = null,
            OrderBy = [],
            Limit = null,
            Offset = null,
            WithTies = false,
            Distinct = false,
            DistinctOn = [],
            GroupBy = [.. select.GroupBy.Select(item => item.Value is null ? item : item with { Value = Output(item.Value, select) ?? item.Value })],
        };

        /// <summary>The arm for one set: keys that are not in it are NULL.</summary>
        public Select Arm(int[] set) => new()
        {
            Items = [.. Parts.Select(part => new SelectItem(Value(part, set), null))],
            GroupBy = [.. set.Select(key => new GroupingItem(GroupingKind.Expression, _keys[key], []))],

            // One group of all rows where there is no key.
            Having = set.Length == 0 ? new BooleanLiteral(true) { Type = new TypeRef(Oids.Bool) } : null,
        };

        private Expr Value(Expr part, int[] set)
        {
            if (part is FunctionCall { Resolved: null, Name.Last: "grouping" } call) return Grouping(call, set);
            var at = _keys.FindIndex(key => ExprEquality.Same(key, part));
            if (at >= 0) return set.Contains(at) ? part : new NullLiteral { Type = part.Type };
            return part is ColumnRef ? throw Unsupported("a column that follows from the grouped key, beside GROUPING SETS,") : part;
        }

        private NumberLiteral Grouping(FunctionCall call, int[] set)
        {
            long bits = 0;
            foreach (var argument in call.Arguments)
            {
                var at = _keys.FindIndex(key => ExprEquality.Same(key, argument.Value));
                if (at < 0)
                    throw new PgException("42803", "arguments to GROUPING must be grouping expressions of the associated query level");
                bits = (bits << 1) | (set.Contains(at) ? 0L : 1L);
            }

            return new NumberLiteral(bits.ToString(CultureInfo.InvariantCulture)) { Type = call.Type };
        }
    }
}
