using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>The expressions of a statement that depend on no row: the columns of <see cref="Plan.Computed"/>.</summary>
public sealed class HoistedValues
{
    private readonly List<Expr> _expressions = [];

    public int Count => _expressions.Count;

    public IReadOnlyList<Expr> Expressions => _expressions;

    /// <returns>The index of its column; the same expression gets the same.</returns>
    public int Add(Expr expression)
    {
        for (var i = 0; i < _expressions.Count; i++)
            if (_expressions[i].Type == expression.Type && ExprEquality.Same(_expressions[i], expression)) return i;
        _expressions.Add(expression);
        return _expressions.Count - 1;
    }

    /// <summary>Forgets those added since <see cref="Count"/> was <paramref name="count"/>.</summary>
    public void Truncate(int count) => _expressions.RemoveRange(count, _expressions.Count - count);

    /// <summary>The query whose one row has them in order.</summary>
    public Select ToQuery() => new()
    {
        Items = [.. _expressions.Select((expression, i) => new SelectItem(expression, null) { OutputName = $"v{i}" })],
    };

    public ImmutableArray<TypeRef> Types => [.. _expressions.Select(expression => expression.Type)];
}
