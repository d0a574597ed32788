using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>FROM with everything that the backend reads replaced by parts, each as large as it can be.</summary>
/// <remarks>Conditions that a part takes over are taken out of the lists they come from.</remarks>
internal sealed class SourcePlanner(Speech speech, Refused refused)
{
    public ImmutableArray<FromItem> Plan(ImmutableArray<FromItem> items, List<Expr> where)
    {
        items = [.. items.SelectMany(item => Flat(item, where))];
        if (items.IsEmpty) return items;
        var readable = items.Select(CanRead).ToList();
        if (!readable.Contains(false) && (items.Length == 1 || !refused.Joins) && Whole(items, where) is { } whole) return [whole];

        // Items that a condition connects are joined there; a product of unconnected ones is made here.
        var group = Enumerable.Range(0, items.Length).ToArray();
        foreach (var condition in where) Connect(condition);
        var planned = ImmutableArray.CreateBuilder<FromItem>();
        for (var i = 0; i < items.Length; i++)
        {
            if (!readable[i]) planned.Add(Item(items[i], [where]));
            else if (group[i] == i) planned.Add(Take(new Part([.. items.Where((_, j) => group[j] == i)]), [where]));
        }

        return planned.ToImmutable();

        void Connect(Expr condition)
        {
            var use = ColumnUse.Of(condition);
            var members = Enumerable.Range(0, items.Length).Where(i => RangeNames.Of(items[i]).Any(use.Aliases.Contains)).ToList();
            if (members.Count < 2 || refused.Joins || use.Outer || members.Any(i => !readable[i])) return;
            var part = new Part([.. members.Select(i => items[i])]);
            part.Where.Add(condition);
            if (!speech.Can(part.Select([]))) return;
            var first = members.Min(i => group[i]);
            foreach (var old in members.Select(i => group[i]).Distinct().ToList())
                for (var i = 0; i < group.Length; i++)
                    if (group[i] == old) group[i] = first;
        }
    }

    /// <summary>Inner joins that the backend cannot make as they are written are a list with conditions.</summary>
    private IEnumerable<FromItem> Flat(FromItem item, List<Expr> where)
    {
        if (item is not Join { Kind: JoinKind.Inner or JoinKind.Cross } join || CanRead(join)) return [item];
        where.AddRange(Conjuncts.Of(join.On));
        return [.. Flat(join.Left, where), .. Flat(join.Right, where)];
    }

    /// <summary>All of FROM and WHERE in one part.</summary>
    private PartRef? Whole(ImmutableArray<FromItem> items, List<Expr> where)
    {
        var part = new Part(items);
        if (!speech.Can(part.Select([]))) return null;
        var rest = where.ToList();
        var whole = Take(part, [rest]);
        if (items.Length > 1 && rest.Count > 0) return null;
        where.Clear();
        where.AddRange(rest);
        return whole;
    }

    /// <param name="conditions">Lists of conditions that may be applied to the item before anything else.</param>
    private FromItem Item(FromItem item, List<List<Expr>> conditions)
    {
        if (CanRead(item)) return Take(new Part([item]), conditions);
        if (item is SubqueryRef derived) return DerivedConditions.Take(derived, conditions);
        if (item is not Join join) return item;
        var on = Conjuncts.Of(join.On);
        var (left, right) = join.Kind switch
        {
            JoinKind.Inner or JoinKind.Cross => (Item(join.Left, [.. conditions, on]), Item(join.Right, [.. conditions, on])),
            JoinKind.Left => (Item(join.Left, conditions), Item(join.Right, [on])),
            JoinKind.Right => (Item(join.Left, [on]), Item(join.Right, conditions)),
            _ => (Item(join.Left, []), Item(join.Right, [])),
        };
        var rest = Conjuncts.All(on);
        if (rest is not null) return join with { Left = left, Right = right, On = rest };
        return join.Kind is JoinKind.Inner or JoinKind.Cross
            ? join with { Left = left, Right = right, On = null, Kind = JoinKind.Cross }
            : join with { Left = left, Right = right, On = new BooleanLiteral(true) { Type = new TypeRef(Oids.Bool) } };
    }

    private PartRef Take(Part part, List<List<Expr>> conditions)
    {
        foreach (var list in conditions)
            for (var i = 0; i < list.Count; i++)
            {
                var use = ColumnUse.Of(list[i]);
                if (use.Outer || !use.Aliases.IsSubsetOf(part.Aliases)) continue;
                part.Where.Add(list[i]);
                if (speech.Can(part.Select([]))) list.RemoveAt(i--);
                else part.Where.RemoveAt(part.Where.Count - 1);
            }

        return new PartRef(part);
    }

    private bool CanRead(FromItem item)
    {
        if (refused.Contains(item)) return false;
        var use = ColumnUse.Of(item);
        return !use.Outer && use.Aliases.IsSubsetOf(RangeNames.Of(item)) && speech.Can(new Part([item]).Select([]));
    }
}
