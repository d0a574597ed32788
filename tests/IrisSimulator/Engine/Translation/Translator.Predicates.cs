using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    /// <summary>A condition; its text is true, false or NULL for SQLite.</summary>
    public Term Translate(Predicate predicate, Scope scope)
    {
        switch (predicate)
        {
            case And: return Chain(predicate, "AND", p => p is And and ? (and.Left, and.Right) : null, scope);
            case Or: return Chain(predicate, "OR", p => p is Or or ? (or.Left, or.Right) : null, scope);
            case Not not: var inner = Translate(not.Operand, scope); return Term.Of($"(NOT {inner.Sql})", IrisType.Bit, inner);
            case NoIndex plain: return Translate(plain.Operand, scope);
            case Comparison comparison:
                return Compare(comparison.Operator, Translate(comparison.Left, scope), Translate(comparison.Right, scope));
            case IsNull isNull:
                var tested = Translate(isNull.Operand, scope);
                return Term.Of($"({tested.Sql} IS {(isNull.Negated ? "NOT " : "")}NULL)", IrisType.Bit, tested);
            case Between between: return BetweenTerm(between, scope);
            case InList list: return In(list, scope);
            case InSubquery sub: return In(sub, scope);
            case Like like: return LikeTerm(like, scope);
            case StartsWith starts: return StartsTerm(starts, scope);
            case Matches matches:
                return Flag(Call("?MATCHES", Searchable(Translate(matches.Operand, scope)), Translate(matches.Pattern, scope),
                    matches.Escape is null ? Literal("\\", IrisType.Text) : Translate(matches.Escape, scope)));
            case PatternMatch pattern:
                return Flag(Call("?PATTERN", Searchable(Translate(pattern.Operand, scope)), Literal(pattern.Pattern, IrisType.Text)));
            case Exists exists:
                var (inside, correlated) = Inner(exists.Query, scope);
                return new Term($"(EXISTS ({inside.Sql}))", IrisType.Bit) { Field = correlated };
            case QuantifiedComparison quantified: return Quantified(quantified, scope);
            case InIrisList inList:
                return Flag(Call("?INLIST", Translate(inList.Operand, scope), Translate(inList.List, scope)));
            case IsJson json:
                var found = Call("?ISJSON", Searchable(Translate(json.Operand, scope)), Literal(json.Kind.ToString(), IrisType.Text));
                return Flag(json.Negated ? found with { Sql = $"(NOT {found.Sql})" } : found);
            case ForSome some:
                var query = new Query([], new Select([], SelectQuantifier.All, [], null, [new ExpressionItem(new NumberLiteral("1"), null)],
                    new FromClause([], some.Tables), some.Condition, [], null), [], null);
                return Translate(new Exists(query), scope);
            default: throw Fail.NotSimulated(predicate.GetType().Name);
        }
    }

    private static Term Flag(Term term) => term with { Type = IrisType.Bit, Order = TextOrder.Exact };

    /// <summary>Long chains become balanced trees: SQLite bounds the depth of an expression.</summary>
    private Term Chain(Predicate chain, string op, Func<Predicate, (Predicate Left, Predicate Right)?> split, Scope scope)
    {
        var links = new Stack<Predicate>();
        while (split(chain) is var (left, right))
        {
            links.Push(right);
            chain = left;
        }
        links.Push(chain);
        var terms = links.Select(l => Translate(l, scope)).ToList();
        return Term.Of(Balanced(terms.Select(t => t.Sql).ToList(), op), IrisType.Bit, terms);
    }

    private static string Balanced(List<string> parts, string op) => parts.Count == 1 ? parts[0]
        : $"({Balanced(parts[..(parts.Count / 2)], op)} {op} {Balanced(parts[(parts.Count / 2)..], op)})";

    private Term BetweenTerm(Between between, Scope scope)
    {
        var operand = Translate(between.Operand, scope);
        var (low, high) = (Translate(between.Low, scope), Translate(between.High, scope));
        var from = Compare(ComparisonOperator.GreaterOrEqual, operand, low);
        var to = Compare(ComparisonOperator.LessOrEqual, operand, high);
        return Term.Of($"({(between.Negated ? "NOT " : "")}({from.Sql} AND {to.Sql}))", IrisType.Bit, operand, low, high);
    }

    private Term In(InList list, Scope scope)
    {
        var operand = Translate(list.Operand, scope);
        var items = list.Items.Select(i => Translate(i, scope)).ToList();
        // Items that meet the operand in the same way share one IN.
        var groups = items.Select(i => Meet(operand, i)).GroupBy(m => (m.Left, m.Collate))
            .Select(g => $"{g.Key.Left}{g.Key.Collate} IN ({string.Join(',', g.Select(m => m.Right))})");
        return Term.Of($"({(list.Negated ? "NOT " : "")}({string.Join(" OR ", groups)}))", IrisType.Bit, [operand, .. items]);
    }

    private Term In(InSubquery sub, Scope scope)
    {
        var operand = Translate(sub.Operand, scope);
        var (column, from) = Rows(sub.Query, scope);
        var (left, right, collate) = Meet(operand, column);
        return Term.Of($"({left}{collate} {(sub.Negated ? "NOT " : "")}IN (SELECT {right} FROM {from}))", IrisType.Bit, operand);
    }

    private (Term Column, string From) Rows(Query query, Scope scope)
    {
        var relation = TranslateQuery(query, scope);
        if (relation.Columns.Count != 1) throw Fail.With(-10, "The subquery must have one column");
        var alias = NewAlias();
        var column = relation.Columns[0];
        return (new Term($"{alias}.k1", column.Type) { Order = column.Order }, $"({relation.Sql}) AS {alias}");
    }

    private Term Quantified(QuantifiedComparison quantified, Scope scope)
    {
        var operand = Translate(quantified.Left, scope);
        var (column, from) = Rows(quantified.Query, scope);
        var test = Compare(quantified.Operator, operand, column).Sql;
        var sql = quantified.All
            ? $"(CASE WHEN EXISTS (SELECT 1 FROM {from} WHERE NOT {test}) THEN 0 WHEN EXISTS (SELECT 1 FROM {from} WHERE {test} IS NULL) THEN NULL ELSE 1 END)"
            : $"(CASE WHEN EXISTS (SELECT 1 FROM {from} WHERE {test}) THEN 1 WHEN EXISTS (SELECT 1 FROM {from} WHERE {test} IS NULL) THEN NULL ELSE 0 END)";
        return Term.Of(sql, IrisType.Bit, operand);
    }

    private Term LikeTerm(Like like, Scope scope)
    {
        var operand = Searchable(Translate(like.Operand, scope));
        var pattern = Searchable(Translate(like.Pattern, scope));
        var escape = like.Escape is null ? Literal("", IrisType.Text) : Translate(like.Escape, scope);
        var upper = operand.Order == TextOrder.SqlUpper || pattern.Order == TextOrder.SqlUpper;
        var match = Flag(Call("?LIKE", operand, pattern, escape, Literal(upper ? 1L : 0L, IrisType.Integer)));
        return like.Negated ? match with { Sql = $"(NOT {match.Sql})" } : match;
    }

    private Term StartsTerm(StartsWith starts, Scope scope)
    {
        var operand = Searchable(Translate(starts.Operand, scope));
        return Flag(Call("?STARTSWITH", operand, Translate(starts.Prefix, scope),
            Literal(operand.Order == TextOrder.SqlUpper ? 1L : 0L, IrisType.Integer)));
    }
}
