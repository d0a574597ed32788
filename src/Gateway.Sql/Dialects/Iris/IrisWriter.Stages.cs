using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Queries that IRIS can say only in two: one as a table in the FROM of another. Trees in, trees out.</summary>
public sealed partial class IrisWriter
{
    private const string Stage = "q";

    // The position of queries that are made here.
    private const int Made = -2;

    private static readonly TypeRef BigInt = new(Oids.Int8);

    private static readonly FunctionInfo RowNumber = Catalog.Functions("row_number")[0];

    /// <summary>Sort keys of groups and distinct rows are columns of those first.</summary>
    private static Select SortedOutside(Select select, ImmutableArray<SortItem> order)
    {
        var items = Named(select);
        var count = items.Count;
        var outside = order.IsEmpty ? order : [.. order.Select(key => key with { Value = Reference(items, Include(items, key.Value)) })];
        return Around(select with { Items = items.ToImmutable(), OrderBy = [], Limit = null, Offset = null, With = null }, items, count) with
        {
            OrderBy = outside,
            Limit = select.Limit,
            Offset = select.Offset,
        };
    }

    /// <summary>HAVING without GROUP BY is a condition on the one row.</summary>
    private static Select HavingOutside(Select select)
    {
        var items = Named(select);
        var count = items.Count;
        var having = Include(items, select.Having!);
        return Around(select with { Items = items.ToImmutable(), Having = null, OrderBy = [], Limit = null, Offset = null, With = null }, items, count) with
        {
            Where = Reference(items, having),
            Limit = select.Limit,
            Offset = select.Offset,
        };
    }

    /// <summary>OFFSET by counting the rows in their order.</summary>
    private Select Numbered(Select select, ImmutableArray<SortItem> order)
    {
        var items = Named(select);
        var count = items.Count;
        var number = Include(items, Numbering([], order));
        var row = Reference(items, number);
        Expr where = Test(row, ">", Rows(select.Offset!, isOffset: true));
        if (select.Limit is { } limit && !IsNothing(limit))
        {
            // Offset and limit are both below 10^18, so the sum is in range.
            Expr end = Rows(limit, isOffset: false) is NumberLiteral a && Rows(select.Offset!, isOffset: true) is NumberLiteral b
                ? new NumberLiteral((long.Parse(a.Text, CultureInfo.InvariantCulture) + long.Parse(b.Text, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)) { Type = BigInt }
                : Plus(Rows(limit, isOffset: false), Rows(select.Offset!, isOffset: true));
            where = new And(where, Test(row, "<=", end)) { Type = where.Type };
        }

        return Around(select with { Items = items.ToImmutable(), OrderBy = [], Limit = null, Offset = null, With = null }, items, count) with
        {
            Where = where,
            OrderBy = [new SortItem(row, false, NullsOrder.Default)],
        };
    }

    /// <summary>DISTINCT ON: the first row of each group.</summary>
    private static Select FirstOfEach(Select select, ImmutableArray<SortItem> order)
    {
        var items = Named(select);
        var count = items.Count;
        var outside = order.IsEmpty ? order : [.. order.Select(key => key with { Value = Reference(items, Include(items, key.Value)) })];
        var number = Include(items, Numbering(select.DistinctOn, order));
        return Around(
            select with { Items = items.ToImmutable(), DistinctOn = [], Distinct = false, OrderBy = [], Limit = null, Offset = null, With = null }, items, count) with
        {
            Where = Test(Reference(items, number), "=", new NumberLiteral("1") { Type = BigInt }),
            OrderBy = outside,
            Limit = select.Limit,
            Offset = select.Offset,
        };
    }

    private static Select Around(Query inner, ImmutableArray<SelectItem>.Builder items, int count) => new()
    {
        Items = [.. Enumerable.Range(0, count).Select(i => new SelectItem(Reference(items, i), null) { OutputName = items[i].OutputName })],
        From = [new SubqueryRef(inner, false) { Alias = new Alias(Stage, []) }],
        Position = Made,
    };

    private static bool IsStage(Query query) => query.Position == Made;

    /// <summary>A select list whose columns can be told apart by name.</summary>
    private static ImmutableArray<SelectItem>.Builder Named(Select select)
    {
        var taken = new HashSet<string>(IrisNames.Comparer);
        var items = ImmutableArray.CreateBuilder<SelectItem>(select.Items.Length + 2);
        foreach (var item in select.Items) items.Add(item with { OutputName = IrisNames.Unique(item.OutputName ?? "?column?", taken) });
        return items;
    }

    /// <returns>Index of the column with that value, which is added if there is none.</returns>
    private static int Include(ImmutableArray<SelectItem>.Builder items, Expr value)
    {
        for (var i = 0; i < items.Count; i++)
            if (ExprEquality.Same(items[i].Value, value)) return i;
        items.Add(new SelectItem(value, null) { OutputName = $"{Stage}_{items.Count}" });
        return items.Count - 1;
    }

    private static ColumnRef Reference(ImmutableArray<SelectItem>.Builder items, int index)
    {
        var (name, type) = (items[index].OutputName!, items[index].Value.Type);
        return new ColumnRef([Stage, name]) { Column = new BoundColumn(Stage, name, type, null, null, 0) { Index = index }, Type = type };
    }

    private static FunctionCall Numbering(ImmutableArray<Expr> partition, ImmutableArray<SortItem> order) =>
        new(new QualifiedName(["row_number"]), [])
        {
            Resolved = RowNumber,
            Type = BigInt,
            Over = new WindowSpec(null, null, partition, order, null),
        };

    private static BinaryOp Test(Expr left, string symbol, Expr right) =>
        new(left, new OperatorName(symbol), right) { Type = new TypeRef(Oids.Bool), Resolved = FindOperator(symbol, left, right) };

    private static BinaryOp Plus(Expr left, Expr right) =>
        new(left, new OperatorName("+"), right) { Type = BigInt, Resolved = FindOperator("+", left, right) };

    private static Expr Rows(Expr value, bool isOffset) =>
        Literal(value) is { } digits && digits[0] != '-' && digits.Length < IrisTypes.MaxDigits && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            ? new NumberLiteral(digits) { Type = BigInt }
            : Limits.Rows(value, isOffset);
}
