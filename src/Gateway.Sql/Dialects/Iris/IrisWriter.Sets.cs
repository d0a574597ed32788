using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>UNION, INTERSECT, EXCEPT and VALUES.</summary>
public sealed partial class IrisWriter
{
    // A statement of more legs is no way to send rows.
    private const int MaxRows = 100;

    /// <summary>The SELECT written next is a leg of a set operation.</summary>
    private bool _isLeg;

    private bool WriteSet(SetOperation set, IReadOnlyList<string>? names, Place place, bool exact)
    {
        var order = place == Place.Top || set.Limit is not null || set.Offset is not null ? set.OrderBy : [];
        if (!order.IsEmpty || set.Limit is not null || set.Offset is not null)
            return Outside(set, set with { OrderBy = [], Limit = null, Offset = null, With = null }, order) is { } outside
                ? WriteQuery(outside, names, place, exact)
                : Refuse("ORDER BY an expression over a set operation");
        if (set.Operator != SetOperator.Union && set.All) return Refuse($"{set.Operator.ToString().ToUpperInvariant()} ALL is not in IRIS");
        if (set.Operator != SetOperator.Union && !options.HasIntersect) return Refuse($"{set.Operator.ToString().ToUpperInvariant()} is not in this version of IRIS");

        var outer = _scope;
        _scope = new Scope(_scope, IsStage(set));
        var written = Legs(set, names, exact || !set.All);
        _scope = outer;
        return written;
    }

    private bool Legs(SetOperation set, IReadOnlyList<string>? names, bool exact)
    {
        if (!Leg(set.Left, names, exact, set)) return false;
        var left = _columns!;
        Write(set.Operator switch { SetOperator.Union => " UNION ", SetOperator.Intersect => " INTERSECT ", _ => " EXCEPT " });
        if (set.All) Write("ALL ");
        if (!Leg(set.Right, null, exact, null)) return false;
        var right = _columns!;
        for (var i = 0; i < left.Length; i++)
        {
            if (!set.All && !IrisTypes.Comparable(left[i].Storage)) return Refuse($"values of type {TypeNames.Format(left[i].Type.Oid)} are compared here");
            if (left[i].Storage != right[i].Storage || (left[i].Type.Oid == Oids.Numeric && left[i].Type.Typmod != right[i].Type.Typmod))
            {
                if (left[i].Type.Oid != Oids.Numeric || !SameScale(left[i].Type, right[i].Type)) return Refuse("the legs of a set operation keep a column differently");
            }

            left[i] = left[i] with { FoldsCase = (left[i].FoldsCase || right[i].FoldsCase) && !exact, NotNull = left[i].NotNull && right[i].NotNull };
        }

        _columns = left;
        return true;
    }

    private static bool SameScale(TypeRef a, TypeRef b) => a.Typmod >= 0 && b.Typmod >= 0 && Typmod.Scale(a.Typmod) == Typmod.Scale(b.Typmod);

    /// <param name="chain">The operation the leg is the left one of.</param>
    private bool Leg(Query leg, IReadOnlyList<string>? names, bool exact, SetOperation? chain)
    {
        var isBare = leg is { Limit: null, Offset: null, With: null };
        if (leg is SetOperation inner && isBare && chain is not null && inner.Operator == SetOperator.Union && chain.Operator == SetOperator.Union && inner.All == chain.All)
            return WriteQuery(inner, names, Place.Inner, exact);
        if (leg is not Select || !isBare)
        {
            if (leg is Values { Rows.Length: 1 } && isBare) return WriteQuery(leg, names, Place.Inner, exact);
            return Outside(leg, leg, []) is { } outside && Leg(outside, names, exact, null);
        }

        _isLeg = true;
        var written = WriteQuery(leg, names, Place.Inner, exact);
        _isLeg = false;
        return written;
    }

    /// <summary>A query as the table of another, in which it is sorted.</summary>
    private static Select? Outside(Query query, Query inner, ImmutableArray<SortItem> order)
    {
        var columns = OutputOf(query);
        var named = ImmutableArray.CreateBuilder<SelectItem>(columns.Count);
        var taken = new HashSet<string>(IrisNames.Comparer);
        foreach (var column in columns) named.Add(column with { OutputName = IrisNames.Unique(column.OutputName!, taken) });
        var keys = ImmutableArray.CreateBuilder<SortItem>(order.Length);
        foreach (var item in order)
        {
            var index = item.Value is ColumnRef { Column.Source: null } reference ? columns.FindIndex(column => column.OutputName == reference.Name) : -1;
            if (index < 0) return null;
            keys.Add(item with { Value = Reference(named, index) });
        }

        var renamed = new Alias(Stage, [.. named.Select(column => column.OutputName!)]);
        return Around(inner, named, named.Count) with
        {
            From = [new SubqueryRef(inner, false) { Alias = renamed }],
            OrderBy = keys.ToImmutable(),
            Limit = ReferenceEquals(query, inner) ? null : query.Limit,
            Offset = ReferenceEquals(query, inner) ? null : query.Offset,
        };
    }

    /// <summary>The columns a query has: their names, and values of their types.</summary>
    private static List<SelectItem> OutputOf(Query query) => query switch
    {
        Select select => [.. select.Items.Select(item => item with { OutputName = item.OutputName ?? "?column?" })],
        SetOperation set => OutputOf(set.Left),
        Values values => [.. values.Rows[0].Select((value, i) => new SelectItem(value, null) { OutputName = $"column{i + 1}" })],
        _ => [],
    };

    private bool WriteValues(Values values, IReadOnlyList<string>? names, Place place)
    {
        if (values.Rows.Length > MaxRows) return Refuse($"VALUES of {values.Rows.Length} rows are kept here");
        if (!values.OrderBy.IsEmpty || values.Limit is not null || values.Offset is not null)
            return Outside(values, values with { OrderBy = [], Limit = null, Offset = null, With = null }, values.OrderBy) is { } outside
                ? WriteQuery(outside, names, place)
                : Refuse("ORDER BY an expression over VALUES");
        var outer = _scope;
        _scope = new Scope(_scope, IsStage(values));
        var written = Rows(values, names);
        _scope = outer;
        return written;
    }

    private bool Rows(Values values, IReadOnlyList<string>? names)
    {
        var columns = new DerivedColumn[values.Rows[0].Length];
        for (var r = 0; r < values.Rows.Length; r++)
        {
            Write(r == 0 ? "SELECT " : " UNION ALL SELECT ");
            for (var i = 0; i < columns.Length; i++)
            {
                var value = values.Rows[r][i];
                if (i > 0) Write(", ");
                if (!Value(value, Need.Scale | Need.Type | Need.Leg)) return false;
                var name = names is not null && i < names.Count ? names[i] : $"column{i + 1}";
                if (r == 0) columns[i] = new DerivedColumn(name, name, ReadAs(value), StorageOf(value), Folds(value), NeverNull(value));
                else if (columns[i].Type.Typmod != ReadAs(value).Typmod && value.Type.Oid == Oids.Numeric) return Refuse("numbers of different scales in VALUES");
                else columns[i] = columns[i] with { NotNull = columns[i].NotNull && NeverNull(value) };
                if (r == 0 && !(Write(" AS ") && Name(name))) return false;
            }
        }

        _columns = columns;
        return true;
    }
}
