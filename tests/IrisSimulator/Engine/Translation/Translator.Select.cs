using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    private sealed record Item(Term Term, string Label, bool Aliased);

    private Relation TranslateSelect(Select select, IReadOnlyList<OrderItem> orderBy, LimitClause? limit, Scope? outer)
    {
        var scope = new Scope(outer);
        var from = select.From is null ? "" : " FROM " + From(select.From, scope);
        var where = select.Where is null ? null : In(Clause.Where, scope, () => Translate(select.Where, scope));
        var groups = In(Clause.GroupBy, scope, () => select.GroupBy.Select(e => Translate(e, scope)).ToList());
        var items = Items(select, scope);
        var having = select.Having is null ? null : In(Clause.Having, scope, () => Translate(select.Having, scope));

        var aggregated = items.Any(i => i.Term.Aggregate) || having?.Aggregate == true;
        if (groups.Count == 0 && aggregated && items.Any(i => i.Term.Field))
        {
            if (having is not null) throw Fail.NotSimulated("HAVING over plain fields and aggregates without GROUP BY");
            scope.AggregatesPerRow = true;
            items = Items(select, scope);
            aggregated = false;
        }
        if (having is not null && groups.Count == 0 && !aggregated)
        {
            // Without groups HAVING filters rows.
            where = where is null ? having : Term.Of($"({where.Sql} AND {having.Sql})", IrisType.Bit);
            having = null;
        }
        var distinct = select.Quantifier == SelectQuantifier.Distinct;
        items = items.Select(i => i with { Term = Condensed(i.Term, groups, distinct) }).ToList();
        var keys = In(Clause.OrderBy, scope, () => orderBy.Select(o => OrderKey(o, items, select, scope)).OfType<string>().ToList());

        var sql = $"SELECT {(distinct ? "DISTINCT " : "")}{string.Join(',', items.Select((i, n) => $"{i.Term.Sql} AS k{n + 1}"))}{from}";
        if (where is not null) sql += " WHERE " + where.Sql;
        // A number is no column's position here, so SQLite must not take it for one.
        if (groups.Count > 0) sql += " GROUP BY " + string.Join(',', groups.Select(g => g.Constant ? $"({g.Sql}||'')" : (g with { Sql = Key(g).Sql }).Collated));
        if (having is not null) sql += " HAVING " + having.Sql;
        if (select.Quantifier == SelectQuantifier.DistinctBy) sql = DistinctBy(select, items, scope, from, where, groups.Count > 0);
        if (keys.Count > 0) sql += " ORDER BY " + string.Join(',', keys);
        sql += select.Top is not null ? Top(select.Top) : Limit(limit);

        var columns = items.Select(i => new OutputColumn(i.Label, i.Term.Type, i.Term.Order)
        {
            Nullable = i.Term.Column?.Nullable ?? true, Origin = i.Term.Column,
        }).ToList();
        return new Relation(sql, columns) { Condenses = distinct || groups.Count > 0 || aggregated || scope.AggregatesPerRow };
    }

    private static T In<T>(Clause clause, Scope scope, Func<T> work)
    {
        var before = scope.Clause;
        scope.Clause = clause;
        try { return work(); }
        finally { scope.Clause = before; }
    }

    /// <summary>A selected group key of SQLUPPER text comes back upper-cased, and so does everything under DISTINCT.</summary>
    private Term Condensed(Term term, List<Term> groups, bool distinct)
    {
        if (distinct) return Key(term);
        var group = groups.FirstOrDefault(g => g.Sql == term.Sql);
        return group is not null && group.Order != TextOrder.Exact ? Key(term) with { Column = term.Column } : term;
    }

    private List<Item> Items(Select select, Scope scope)
    {
        var items = new List<Item>();
        foreach (var item in select.Items)
            switch (item)
            {
                case StarItem star:
                    var sources = star.Table is null ? scope.Sources : scope.Sources.Where(s => s.Is(star.Table)).ToList();
                    if (star.Table is not null && sources.Count == 0) throw Fail.With(-23, $"Label '{star.Table}' is not listed among the applicable tables");
                    if (sources.Count == 0) throw Fail.With(-26, "Missing FROM clause");
                    items.AddRange(sources.SelectMany(s => s.Columns).Where(c => !c.Hidden && (!c.Shadowed || star.Table is not null))
                        .Select(c => new Item(Field(c), c.Name, false)));
                    break;
                case ExpressionItem expression:
                    var term = Translate(expression.Expression, scope);
                    if (term.Parameter && expression.Expression is Parameter) term = AsText(term);
                    var label = expression.Alias?.Text ?? term.Column?.Name ?? Columns.Label(expression, items.Count + 1);
                    items.Add(new Item(term, label, expression.Alias is not null));
                    break;
            }
        return items;
    }

    /// <summary>A parameter by itself has no type of its own: it comes back as text.</summary>
    private Term AsText(Term parameter) => parameter.Value is null ? parameter with { Type = IrisType.Text }
        : parameter.Type.IsText || parameter.Type.IsBinary ? parameter
        : Literal(Conversions.Odbc(parameter.Value, parameter.Type), IrisType.Text) with { Parameter = true };

    private string? OrderKey(OrderItem order, List<Item> items, Select select, Scope scope)
    {
        var suffix = order.Descending ? " DESC" : "";
        switch (order.Key)
        {
            case IgnoredKey: return null;
            case PositionKey position:
                if (select.Items.Any(i => i is StarItem)) throw Fail.With(-22, "ORDER BY must use field names after SELECT *");
                return position.Position >= 1 && position.Position <= items.Count ? ItemKey(position.Position - 1)
                    : throw Fail.With(-5, $"ORDER BY column number {position.Position} is not in the SELECT list");
            case ExpressionKey { Expression: ColumnReference { Table: null } name }:
                var aliased = items.Select((item, i) => (item, i))
                    .Where(p => p.item.Aliased && string.Equals(p.item.Label, name.Column.Text, StringComparison.OrdinalIgnoreCase)).ToList();
                if (aliased.Count > 1) throw Fail.With(-24, $"Ambiguous sort column '{name.Column}'");
                if (aliased.Count == 1) return ItemKey(aliased[0].i);
                break;
        }
        var term = Translate(((ExpressionKey)order.Key).Expression, scope);
        if (term.Type.IsStream) throw Fail.With(-37, "ORDER BY does not support stream fields");
        var same = items.FindIndex(i => i.Term.Order == term.Order && (i.Term.Sql == term.Sql || i.Term.Sql == KeySql(term)));
        if (same >= 0) return ItemKey(same);
        if (term.Aggregate && select.GroupBy.Count == 0) throw Fail.With(-73, "Aggregate functions in ORDER BY must be selected too");
        return term.Collated + suffix;

        string ItemKey(int i)
        {
            if (items[i].Term.Type.IsStream) throw Fail.With(-37, "ORDER BY does not support stream fields");
            return (items[i].Term with { Sql = $"k{i + 1}" }).Collated + suffix;
        }

        string KeySql(Term t) => Key(t).Sql;
    }

    /// <summary>One row, any row, for each combination of the keys.</summary>
    private string DistinctBy(Select select, List<Item> items, Scope scope, string from, Term? where, bool grouped)
    {
        if (grouped) throw Fail.NotSimulated("DISTINCT BY with GROUP BY");
        var keys = select.DistinctBy.Select(e => Translate(e, scope).Collated);
        var list = string.Join(',', items.Select((i, n) => $"{i.Term.Sql} AS k{n + 1}"));
        var filter = where is null ? "" : " WHERE " + where.Sql;
        var names = string.Join(',', items.Select((_, n) => $"k{n + 1}"));
        return $"SELECT {names} FROM (SELECT {list}, row_number() OVER (PARTITION BY {string.Join(',', keys)}) AS pick{from}{filter}) WHERE pick=1";
    }
}
