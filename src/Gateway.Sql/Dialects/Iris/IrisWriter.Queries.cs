using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Whole queries.</summary>
public sealed partial class IrisWriter
{
    /// <summary>The columns of the query that was written last.</summary>
    private DerivedColumn[]? _columns;

    /// <summary>The types as which the columns of the last <see cref="Query"/> are read.</summary>
    public ImmutableArray<TypeRef> ColumnTypes => [.. _columns!.Select(column => column.Type)];

    /// <param name="names">Names for its columns; null for their own.</param>
    /// <param name="exact">IRIS compares its values further on.</param>
    private bool WriteQuery(Query query, IReadOnlyList<string>? names, Place place, bool exact = false)
    {
        if (!query.Locking.IsDefaultOrEmpty) return Refuse($"FOR {query.Locking[0].Strength.ToUpperInvariant()}: IRIS has no locks on the rows of a query");
        if (query.WithTies) return Refuse("FETCH … WITH TIES is not in IRIS");
        var (common, outer) = (_common, _scope);
        var written = (query.With is not { } with || Commons(with)) && query switch
        {
            Select select => WriteSelect(select, names, place, exact),
            SetOperation set => WriteSet(set, names, place, exact),
            Values values => WriteValues(values, names, place),
            _ => Refuse($"{query.GetType().Name} is finished here"),
        };
        (_common, _scope) = (common, outer);
        return written;
    }

    private bool Commons(With with)
    {
        if (with.Recursive && !IsPlain(with)) return Refuse("WITH RECURSIVE is not in IRIS");
        foreach (var table in with.Tables)
        {
            if (table.Statement is not QueryStatement query) return Refuse("a statement that changes data stands in WITH");
            if (VolatileTest.IsVolatile(query.Query)) return Refuse($"WITH \"{table.Name}\" must be computed once");
            _common = new Common(table.Name, table, new Scope(_scope, isWrapper: true), _common);
        }

        return true;
    }

    // RECURSIVE is often written where nothing is.
    private static bool IsPlain(With with)
    {
        foreach (var table in with.Tables)
            if (table.Statement is QueryStatement { Query: SetOperation }) return false;
        return true;
    }

    private bool WriteSelect(Select select, IReadOnlyList<string>? names, Place place, bool exact)
    {
        if (select.Into is not null) return Refuse("SELECT INTO makes a table");
        var order = Sorting(select, place);
        var paged = select.Limit is not null || select.Offset is not null;
        var grouped = IsGrouped(select, order);
        if (!select.DistinctOn.IsEmpty) return grouped ? Refuse("DISTINCT ON over groups is finished here") : WriteQuery(FirstOfEach(select, order), names, place, exact);
        if (select.Having is not null && select.GroupBy.IsEmpty) return WriteQuery(HavingOutside(select), names, place, exact);
        if ((select.Distinct || grouped) && !order.IsEmpty) return WriteQuery(SortedOutside(select, order), names, place, exact);
        if (select.Offset is null || IsNothing(select.Offset)) return Core(select, names, order, exact, paged ? Limit.Top : Limit.None);

        // LIMIT … OFFSET … stands behind the statement, and not beside TOP.
        if (options.HasLimit && place == Place.Top && select.Limit is not null && !IsNothing(select.Limit) && !UsesTop)
        {
            var (start, mark) = (_sql.Length, Mark());
            if (Core(select, names, order, exact, Limit.Behind) && !UsesTop) return true;
            Undo(start, mark);
        }

        return WriteQuery(select.Distinct || grouped ? SortedOutside(select, order) : Numbered(select, order), names, place, exact);
    }

    private enum Limit
    {
        None,
        Top,
        Behind,
    }

    /// <summary>One SELECT with all its clauses.</summary>
    private bool Core(Select select, IReadOnlyList<string>? names, ImmutableArray<SortItem> order, bool exact, Limit limit)
    {
        foreach (var item in select.GroupBy)
            if (item.Kind != GroupingKind.Expression) return Refuse("GROUPING SETS, ROLLUP and CUBE are not in IRIS");
        var (outerScope, outerSelect) = (_scope, _select);
        (_scope, _select) = (new Scope(_scope, IsStage(select)), select);
        var written = Clauses(select, names, order, exact || select.Distinct || !select.GroupBy.IsEmpty, limit);
        (_scope, _select) = (outerScope, outerSelect);
        return written;
    }

    private bool Clauses(Select select, IReadOnlyList<string>? names, ImmutableArray<SortItem> order, bool exact, Limit limit)
    {
        // FROM tells what the columns are, so it is written first and put in its place behind the items.
        var start = _sql.Length;
        var firstInput = Inputs.Count;
        var need = _isLeg ? Need.Scale | Need.Type | Need.Leg : Need.Scale | Need.Type;
        _isLeg = false;
        if (!FromList(select.From)) return false;
        var from = _sql.ToString(start, _sql.Length - start);
        var inputs = Inputs.Count > firstInput ? Inputs.GetRange(firstInput, Inputs.Count - firstInput) : null;
        _sql.Length = start;
        Inputs.RemoveRange(firstInput, Inputs.Count - firstInput);

        Write("SELECT ");
        if (select.Distinct) Write("DISTINCT ");
        if (limit == Limit.Top && !Top(select.Limit)) return false;
        if (!Items(select, names, need, exact)) return false;
        var columns = _columns;
        if (from.Length > 0) _sql.Append(" FROM ").Append(from);
        if (inputs is not null) Inputs.AddRange(inputs);
        if (select.Where is { } where && !(Write(" WHERE ") && Conjunction(where))) return false;
        for (var i = 0; i < select.GroupBy.Length; i++)
        {
            Write(i == 0 ? " GROUP BY " : ", ");
            if (!GroupKey(select.GroupBy[i].Value!)) return false;
        }

        if (select.Having is { } having && !(Write(" HAVING ") && Conjunction(having))) return false;
        if (!order.IsEmpty && !(Write(' ') && OrderBy(order))) return false;
        if (limit == Limit.Behind && !(Write(" LIMIT ") && Count(select.Limit!) && Write(" OFFSET ") && Count(select.Offset!))) return false;
        _columns = columns;
        return true;
    }

    private bool Items(Select select, IReadOnlyList<string>? names, Need need, bool exact)
    {
        var columns = new DerivedColumn[select.Items.Length];
        HashSet<string>? taken = null;
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0) Write(", ");
            var item = select.Items[i];
            if (select.Distinct && !IrisTypes.Comparable(StorageOf(item.Value))) return Refuse($"DISTINCT over {Gateway.Types.TypeNames.Format(item.Value.Type.Oid)} is done here");
            var name = names is not null && i < names.Count ? names[i] : item.OutputName ?? item.Alias ?? "?column?";
            var written = name;
            if (taken is not null || !IrisNames.IsWritable(name) || i == MaxCompared || IsWritten(columns.AsSpan(0, i), name))
            {
                taken ??= new HashSet<string>(columns.Take(i).Select(column => column.Written), IrisNames.Comparer);
                written = IrisNames.Unique(name, taken);
            }

            if (!Item(item.Value, need, exact) || !Write(" AS ") || !Name(written)) return false;
            columns[i] = new DerivedColumn(name, written, ReadAs(item.Value), StorageOf(item.Value), Folds(item.Value), NeverNull(item.Value));
        }

        if (columns.Length == 0) return Refuse("a query without columns is answered here");
        _columns = columns;
        return true;
    }

    // Few names are compared with each other, more are kept in a set.
    private const int MaxCompared = 12;

    private static bool IsWritten(ReadOnlySpan<DerivedColumn> columns, string name)
    {
        foreach (ref readonly var column in columns)
            if (column.Written.Length == name.Length && IrisNames.Comparer.Equals(column.Written, name)) return true;
        return false;
    }

    /// <summary>A value of the select list.</summary>
    /// <param name="exact">IRIS groups by it or compares it further on.</param>
    private bool Item(Expr value, Need need, bool exact) =>
        exact && Folds(value) ? Write("%EXACT(") && Value(value, need) && Write(')') : Value(value, need);

    private bool GroupKey(Expr key)
    {
        if (_constants.IsConstant(key)) return Refuse("GROUP BY a constant is done here");
        if (SubqueryTest.HasSubquery(key)) return Refuse("IRIS takes no subquery in GROUP BY");
        if (key is RowConstructor) return Refuse("GROUP BY a row is done here");
        if (!IrisTypes.Comparable(StorageOf(key))) return Refuse($"GROUP BY over {Gateway.Types.TypeNames.Format(key.Type.Oid)} is done here");
        return ExactText(key);
    }

    private static bool IsNothing(Expr limit) => limit is NullLiteral or Cast { Operand: NullLiteral };

    /// <summary>TOP n. IRIS takes a number or a marker.</summary>
    private bool Top(Expr? limit)
    {
        if (limit is null || IsNothing(limit)) return true;
        UsesTop = true;
        return Write("TOP ") && Count(limit) && Write(' ');
    }

    /// <summary>A number of rows. A negative one is an error, NULL sets no limit: the gateway sees to both.</summary>
    private bool Count(Expr limit)
    {
        if (Literal(limit) is { } digits && digits[0] != '-' && digits.Length <= IrisTypes.MaxDigits && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) return Write(digits);
        if (!_constants.IsConstant(limit)) return Refuse("a LIMIT that is not constant is applied here");
        return Hoist(Limits.Rows(limit, isOffset: ReferenceEquals(limit, _select?.Offset)), Need.None);
    }

    private static bool IsGrouped(Select select, ImmutableArray<SortItem> order)
    {
        if (!select.GroupBy.IsEmpty) return true;
        foreach (var item in select.Items)
            if (NestedCalls.FindAggregate(item.Value) is not null) return true;
        foreach (var item in order)
            if (NestedCalls.FindAggregate(item.Value) is not null) return true;
        return false;
    }

    /// <summary>The sort keys that count: none where nobody sees the order, no constants.</summary>
    private ImmutableArray<SortItem> Sorting(Select select, Place place)
    {
        if (select.OrderBy.IsEmpty || (place == Place.Inner && select.Limit is null && select.Offset is null && select.DistinctOn.IsEmpty)) return [];
        foreach (var item in select.OrderBy)
            if (_constants.IsConstant(item.Value)) return [.. select.OrderBy.Where(key => !_constants.IsConstant(key.Value))];
        return select.OrderBy;
    }
}
