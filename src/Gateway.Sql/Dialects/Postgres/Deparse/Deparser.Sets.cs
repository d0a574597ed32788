using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>UNION, INTERSECT and EXCEPT.</summary>
public sealed partial class Deparser
{
    /// <summary>The text begins with a parenthesis, and not with the space in front of SELECT.</summary>
    private static bool IsParenthesized(Query query) =>
        query is SetOperation set && (IsNested(set.Left, set) || (IsTree(set.Left) ? IsParenthesized(set.Left) : IsQualified(set.Left)));

    /// <summary>What has an order, a limit or common tables is a query of its own, whatever it consists of.</summary>
    private static bool IsQualified(Query query) =>
        query.With is not null || !query.OrderBy.IsDefaultOrEmpty || query.Limit is not null || query.Offset is not null;

    /// <summary>Part of the same tree of set operations.</summary>
    private static bool IsTree(Query query) => query is SetOperation && !IsQualified(query);

    /// <summary>On the left the same operation needs no parentheses.</summary>
    private static bool IsNested(Query side, SetOperation within) =>
        IsTree(side) && side is SetOperation inner && !(ReferenceEquals(side, within.Left) && inner.Operator == within.Operator && inner.All == within.All);

    /// <param name="names">What its columns are called from outside; null where each arm has its own names.</param>
    private void Set(SetOperation set, IReadOnlyList<string>? names, bool visible)
    {
        var word = set.Operator.ToString().ToUpperInvariant() + (set.All ? " ALL" : "");
        if (IsNested(set.Left, set))
        {
            Inner(set.Left, names, visible);
            _text.Append(") ").Append(word);
        }
        else
        {
            if (IsTree(set.Left)) Set((SetOperation)set.Left, names, visible);
            else Arm(set.Left, names, visible);
            Line(_indent, word);
        }

        if (IsNested(set.Right, set))
        {
            _text.Append(' ');
            Inner(set.Right, names, false);
            _text.Append(')');
            return;
        }

        Line(_indent, IsQualified(set.Right) ? "" : " ");
        Arm(set.Right, names, false);
    }

    private void Arm(Query arm, IReadOnlyList<string>? names, bool visible)
    {
        if (!IsQualified(arm))
        {
            Query(arm, names, visible, arm: true);
            return;
        }

        _text.Append('(');
        Spaced(arm, names, visible, arm: true);
        _text.Append(')');
    }

    private void Inner(Query query, IReadOnlyList<string>? names, bool visible)
    {
        _text.Append('(');
        Line(_indent + 8, IsParenthesized(query) ? "" : " ");
        Indented(8, () => Query(query, names, visible));
        Line(_indent, "");
    }
}
