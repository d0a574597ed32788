using System.Globalization;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    public Relation TranslateQuery(Query query, Scope? outer)
    {
        // A common table is translated again wherever it is named; earlier ones are visible to later ones.
        var hidden = new List<(string, CommonTable?)>();
        foreach (var common in query.With)
        {
            hidden.Add((common.Name.Text, _common.GetValueOrDefault(common.Name.Text)));
            if (query.With.Count(c => c.Name.Equals(common.Name)) > 1) throw Fail.With(-382, $"CTE name '{common.Name}' is not unique");
            _common[common.Name.Text] = common;
        }
        try
        {
            return query.Body switch
            {
                Select select => TranslateSelect(select, query.OrderBy, query.Limit, outer),
                NestedQuery nested when query.OrderBy.Count == 0 && query.Limit is null => TranslateQuery(nested.Query, outer),
                var body => Ordered(TranslateBody(body, outer), query),
            };
        }
        finally
        {
            foreach (var (name, before) in hidden)
                if (before is null) _common.Remove(name); else _common[name] = before;
        }
    }

    private Relation TranslateBody(QueryBody body, Scope? outer) => body switch
    {
        Select select => TranslateSelect(select, [], null, outer),
        NestedQuery nested => TranslateQuery(nested.Query, outer),
        SetOperation set => Combined(set, outer),
        _ => throw Fail.NotSimulated(body.GetType().Name),
    };

    /// <summary>Legs of one chain of the same operator stand side by side; SQLite takes 500 of them at most.</summary>
    private Relation Combined(SetOperation set, Scope? outer)
    {
        var bodies = new Stack<QueryBody>();
        QueryBody first = set;
        while (first is SetOperation chain && chain.Operator == set.Operator && chain.All == set.All)
        {
            bodies.Push(chain.Right);
            first = chain.Left;
            if (set.Operator == SetOperator.Except) break;
        }
        bodies.Push(first);
        var legs = bodies.Select(b => TranslateBody(b, outer)).ToList();
        foreach (var leg in legs)
            if (leg.Columns.Count != legs[0].Columns.Count)
                throw Fail.With(-9, $"Set operation of {legs[0].Columns.Count} and {leg.Columns.Count} columns");
        var columns = new List<OutputColumn>();
        for (var i = 0; i < legs[0].Columns.Count; i++)
        {
            var type = legs.Select(l => l.Columns[i].Type).Aggregate(SetType);
            columns.Add(new OutputColumn(legs[0].Columns[i].Label, type, type.IsText ? legs.Max(l => l.Columns[i].Order) : TextOrder.Exact));
        }
        var word = $" {set.Operator.ToString().ToUpperInvariant()}{(set.All ? " ALL" : "")} ";
        var parts = legs.Select(l => Leg(l, columns, !set.All)).ToList();
        var sql = parts.Count <= 400 ? string.Join(word, parts)
            : string.Join(word, parts.Chunk(400).Select(chunk => $"SELECT * FROM ({string.Join(word, chunk)})"));
        return new Relation(sql, columns) { Condenses = true };
    }

    private string Leg(Relation leg, List<OutputColumn> columns, bool distinct)
    {
        var items = leg.Columns.Select((c, i) =>
        {
            var term = Converted(new Term($"k{i + 1}", c.Type), columns[i].Type) with { Order = columns[i].Order };
            return $"{(distinct ? Key(term).Sql : term.Sql)} AS k{i + 1}";
        });
        return $"SELECT {string.Join(',', items)} FROM ({leg.Sql})";
    }

    /// <summary>ORDER BY and a limit over a set operation: column numbers and names of the first leg only.</summary>
    private Relation Ordered(Relation relation, Query query)
    {
        var keys = new List<string>();
        foreach (var item in query.OrderBy)
        {
            int at;
            switch (item.Key)
            {
                case PositionKey position:
                    at = position.Position >= 1 && position.Position <= relation.Columns.Count ? position.Position - 1
                        : throw Fail.With(-5, $"ORDER BY column number {position.Position} is not in the SELECT list");
                    break;
                case ExpressionKey { Expression: ColumnReference { Table: null } name }:
                    var found = relation.Columns.Select((c, i) => (c, i))
                        .Where(p => string.Equals(p.c.Label, name.Column.Text, StringComparison.OrdinalIgnoreCase)).ToList();
                    if (found.Count == 0) throw Fail.With(-6, $"ORDER BY name '{name.Column}' is no column of the result");
                    if (found.Count > 1) throw Fail.With(-24, $"Ambiguous sort column '{name.Column}'");
                    at = found[0].i;
                    break;
                case IgnoredKey: continue;
                default: throw Fail.With(-6, "ORDER BY after a set operation must use names or numbers");
            }
            keys.Add((new Term($"k{at + 1}", relation.Columns[at].Type) { Order = relation.Columns[at].Order }).Collated + (item.Descending ? " DESC" : ""));
        }
        var order = keys.Count == 0 ? "" : " ORDER BY " + string.Join(',', keys);
        return relation with { Sql = $"SELECT * FROM ({relation.Sql}){order}{Limit(query.Limit)}" };
    }

    /// <summary>What DISTINCT and GROUP BY make of a text: the value as its collation sees it.</summary>
    private Term Key(Term term)
    {
        if (term.Type.IsStream) throw Fail.With(-37, "DISTINCT and GROUP BY do not support stream fields");
        if (!term.Type.IsText || term.Order == TextOrder.Exact) return term;
        return Call(term.Order == TextOrder.SqlUpper ? "?UPPERKEY" : "?STRINGKEY", term) with
        {
            Type = term.Type, Order = term.Order, Aggregate = term.Aggregate, Field = term.Field, Window = term.Window,
        };
    }

    private string Limit(LimitClause? limit)
    {
        if (limit is null) return "";
        var count = limit.Count is null ? -1 : Rows(limit.Count);
        var offset = limit.Offset is null ? 0 : Rows(limit.Offset);
        return FormattableString.Invariant($" LIMIT {count} OFFSET {offset}");
    }

    private string Top(TopClause? top) => top?.Count is null ? "" : " LIMIT " + Rows(top.Count).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of rows: fractions are cut off, negative ones are 0.</summary>
    private long Rows(Expression count)
    {
        var term = Translate(count, new Scope(null));
        if (term.Parameter && arguments is null) return 0;
        if (term.Value is null) return 0;
        var number = term.Type.IsText ? Numbers.Whole((string)term.Value) ?? throw Fail.With(-1, $"Invalid row limit '{term.Value}'")
            : Conversions.Number(term.Value, term.Type);
        return Math.Max(0, Numbers.Whole64(number));
    }
}
