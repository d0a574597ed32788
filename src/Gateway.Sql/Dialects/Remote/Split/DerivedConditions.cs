using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Conditions on a derived table's columns become conditions inside it, where a source may take them over.</summary>
internal static class DerivedConditions
{
    /// <summary>The derived table with those <paramref name="conditions"/> it takes; they are taken out of their lists.</summary>
    public static FromItem Take(SubqueryRef derived, List<List<Expr>> conditions)
    {
        if (derived is not { Lateral: false, Query: Select select, Alias: { } alias } || !IsOpen(select)) return derived;
        var taken = new List<Expr>();
        foreach (var list in conditions)
            for (var i = 0; i < list.Count; i++)
            {
                var use = ColumnUse.Of(list[i]);
                if (use.Outer || use.Aliases.Count != 1 || !use.Aliases.Contains(alias.Name)) continue;
                var substitution = new Substitution(alias.Name, select);
                var inside = substitution.Expression(list[i]);
                if (!substitution.IsPossible) continue;
                taken.Add(inside);
                list.RemoveAt(i--);
            }

        return taken.Count == 0 ? derived : derived with { Query = select with { Where = Conjuncts.All([.. Conjuncts.Of(select.Where), .. taken]) } };
    }

    // A condition on its rows is one on the rows it reads: none is cut off, and none is computed from others.
    private static bool IsOpen(Select select) =>
        select.Limit is null && select.Offset is null && select.DistinctOn.IsEmpty && select.Having is null && !select.From.IsEmpty
        && select.GroupBy.All(item => item is { Kind: GroupingKind.Expression, Value: not (null or RowConstructor) })
        && !select.Items.Any(item => NestedCalls.FindWindow(item.Value) is not null || NestedCalls.FindSet(item.Value) is not null)
        && (!select.GroupBy.IsEmpty || !select.Items.Any(item => NestedCalls.FindAggregate(item.Value) is not null));

    private sealed class Substitution(string alias, Select select) : TreeRewriter
    {
        public bool IsPossible { get; private set; } = true;

        protected override Expr? Replace(Expr expression)
        {
            if (expression is not ColumnRef { Column: { Source: { } source } column } || source != alias || column.LevelsUp != Depth) return null;
            var index = column.Index;
            var value = index < 0 || index >= select.Items.Length ? null : select.Items[index].Value;
            if (value is null || !IsPlain(value) || (!select.GroupBy.IsEmpty && !select.GroupBy.Any(key => ExprEquality.Same(key.Value, value))))
            {
                IsPossible = false;
                return expression;
            }

            return Depth == 0 ? value : new Raise(Depth).Expression(value);
        }

        private static bool IsPlain(Expr value)
        {
            var search = new Search();
            search.Visit(value);
            return !NestedCalls.HasVolatile(value) && !search.HasQuery;
        }
    }

    private sealed class Search : TreeWalker
    {
        public bool HasQuery { get; private set; }

        protected override bool Enter(Expr expression) => true;

        protected override void Enter(Query query) => HasQuery = true;
    }

    /// <summary>The same expression, seen from further in.</summary>
    private sealed class Raise(int levels) : TreeRewriter
    {
        protected override Expr? Replace(Expr expression) =>
            expression is ColumnRef { Column: { Source: not null } column } reference
                ? reference with { Column = column with { LevelsUp = column.LevelsUp + levels } }
                : null;
    }
}
