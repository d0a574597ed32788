using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

internal sealed partial class SqliteWriter
{
    /// <summary>A query with all its clauses, without parentheses around it.</summary>
    /// <param name="names">Names for its output columns; null for their own.</param>
    public string Query(Query query, IReadOnlyList<string>? names) => InScope(() => QueryHere(query, names));

    /// <summary>The same, in a scope that is the query's own already.</summary>
    private string QueryHere(Query query, IReadOnlyList<string>? names)
    {
        var with = query.With is { } w ? With(w) : _sourceTables.Length > 0 ? $"WITH {TakeSourceTables()} " : "";
        names = Unique(names ?? OutputNames(query));
        return with + query switch
        {
            Select select => SelectQuery(select, names),
            SetOperation or Values => Compound(query, names),
            _ => throw Unsupported(query.GetType().Name),
        };
    }

    private string SelectQuery(Select select, IReadOnlyList<string> names)
    {
        if (_scope!.Computed is null && NeedsStages(select)) return Staged(select, names);
        if (!select.DistinctOn.IsDefaultOrEmpty) return DistinctOn(select, names);
        if (select.Distinct && select.Items.Any(item => !Orderings.IsPlain(item.Value.Type.Oid))) return DistinctByKey(select, names);
        return select.WithTies ? WithTies(select, names) : SelectCore(select, names) + Tail(select);
    }

    /// <summary>The names a query gives its columns, which may repeat.</summary>
    private static List<string> OutputNames(Query query) => QueryTypes.Names(query);

    /// <summary>SQLite reaches a subquery's column by name only, so later columns of the same name get another.</summary>
    private static List<string> Unique(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var unique = new List<string>(names.Count);
        foreach (var name in names)
        {
            if (seen.Add(name))
            {
                unique.Add(name);
                continue;
            }

            var n = unique.Count;
            while (!seen.Add($"{name}:{n}")) n++;
            unique.Add($"{name}:{n}");
        }

        return unique;
    }

    private string With(With with)
    {
        if (with.Tables.Any(table => table.Statement is DmlStatement))
        {
            Keep(with);
            return "";
        }

        var sql = new StringBuilder("WITH ");
        if (with.Recursive) sql.Append("RECURSIVE ");
        if (_sourceTables.Length > 0) sql.Append(TakeSourceTables()).Append(", ");
        for (var i = 0; i < with.Tables.Length; i++)
        {
            var table = with.Tables[i];
            if (i > 0) sql.Append(", ");
            sql.Append(CommonTable(table, ((QueryStatement)table.Statement).Query, with.Recursive));
        }

        return sql.Append(' ').ToString();
    }

    private string CommonTable(CommonTable table, Query query, bool recursive)
    {
        var names = OutputNames(query);
        for (var n = 0; n < table.Columns.Length; n++) names[n] = table.Columns[n];
        names = Unique(names);
        _scope!.CommonTables[table.Name] = names;
        _inRecursion = recursive && query is SetOperation { Operator: SetOperator.Union };
        var sql = $"{EmbeddedNames.Quote(table.Name)}({Names(names)}) AS {table.Materialized switch { true => "MATERIALIZED ", false => "NOT MATERIALIZED ", _ => "" }}({Query(query, names)})";
        _inRecursion = false;
        return sql;
    }

    /// <summary>SELECT … up to WINDOW, in the current scope.</summary>
    /// <param name="extra">Columns to add, written in the query's own scope.</param>
    /// <param name="keyed">Rows will be compared: values carry the collation that compares them.</param>
    private string SelectCore(
        Select select,
        IReadOnlyList<string> names,
        Func<IEnumerable<(string Sql, string Name)>>? extra = null,
        bool keyed = false)
    {
        var from = new StringBuilder(_scope!.From);
        foreach (var item in select.From)
        {
            var text = from.Length > 0 && KeepsRight(item) ? Parenthesized(item) : From(item);
            from.Append(from.Length == 0 ? " FROM " : ", ").Append(text);
        }

        SetReturning(select, from);

        // HAVING alone makes a single group in PostgreSQL; SQLite wants to see an aggregate in the select list.
        var lonelyHaving = select.Having is not null && select.GroupBy.IsDefaultOrEmpty && !select.Items.Any(item => HasAggregate(item.Value));
        var sql = new StringBuilder("SELECT ");
        if (select.Distinct) sql.Append("DISTINCT ");
        for (var i = 0; i < select.Items.Length; i++)
        {
            if (i > 0) sql.Append(", ");
            var value = select.Items[i].Value;
            if (value.Type.Oid == Oids.Jsonpath) throw Unsupported("jsonpath as a value");
            var text = Expression(value);
            if (i == 0 && lonelyHaving) text = $"iif(count(*) >= 0, {text}, NULL)";
            if ((select.Distinct || keyed) && Orderings.IsPlain(value.Type.Oid)) text = Orderings.Key(text, value.Type.Oid);
            sql.Append(text).Append(" AS ").Append(EmbeddedNames.Quote(names[i]));
        }

        if (select.Items.IsEmpty) sql.Append("NULL");
        foreach (var term in extra?.Invoke() ?? [])
            sql.Append(", ").Append(term.Sql).Append(" AS ").Append(EmbeddedNames.Quote(term.Name));
        sql.Append(from);
        if (select.Where is { } where) sql.Append(" WHERE ").Append(Expression(where));
        var groups = select.GroupBy.Where(item => item.Kind == GroupingKind.Expression).ToList();
        if (groups.Count > 0)
            sql.Append(" GROUP BY ").AppendJoin(", ", groups.Select(item => Keyed(Output(item.Value!, select) ?? item.Value!)));
        if (select.Having is { } having) sql.Append(" HAVING ").Append(Expression(having));
        if (!select.Windows.IsDefaultOrEmpty)
            sql.Append(" WINDOW ").AppendJoin(", ", select.Windows.Select(w => $"{EmbeddedNames.Quote(w.Name)} AS {Window(w.Window)}"));
        return sql.ToString();
    }

    /// <summary>ORDER BY, LIMIT and OFFSET of a plain SELECT.</summary>
    private string Tail(Select select)
    {
        var order = select.OrderBy.IsDefaultOrEmpty
            ? ""
            : " ORDER BY " + string.Join(", ", select.OrderBy.Select(item => SortTerm(item, select)));
        return order + Limits(select);
    }

    /// <summary>One term of ORDER BY. <paramref name="select"/> resolves positions and output names.</summary>
    private string SortTerm(SortItem item, Select? select)
    {
        RefuseUsing(item);
        if (select is not null && Position(item.Value, OutputNames(select)) is { } position)
        {
            var type = select.Items[position].Value.Type.Oid;
            RequireOrder(type, "ORDER BY");
            if (Orderings.IsPlain(type)) return Orderings.Key($"{position + 1}", type) + Direction(item);
            return Keyed(select.Items[position].Value) + Direction(item);
        }

        RequireOrder(item.Value.Type.Oid, "ORDER BY");

        // A constant sorts nothing, but SQLite would read it as a column number.
        var sql = item.Value is NumberLiteral or StringLiteral or NullLiteral ? $"({Expression(item.Value)} || '')" : Keyed(item.Value);
        return sql + (select is not null && NeverNull(item.Value, select) ? item.Descending ? " DESC" : "" : Direction(item));
    }

    private static void RefuseUsing(SortItem item)
    {
        if (item.UsingOperator is { Symbol: not ("<" or ">") }) throw Unsupported("ORDER BY … USING");
    }

    /// <summary>PostgreSQL sorts NULLs as larger than any value.</summary>
    private static string Direction(SortItem item)
    {
        var descending = item.Descending || item.UsingOperator is { Symbol: ">" };
        var first = item.Nulls == NullsOrder.Default ? descending : item.Nulls == NullsOrder.First;
        return (descending ? " DESC" : " ASC") + (first ? " NULLS FIRST" : " NULLS LAST");
    }

    // Where no NULL can come the clause is left out: SQLite then reads an index in order.
    private static bool NeverNull(Expr value, Select select) =>
        value is ColumnRef { Column: { Column.NotNull: true, LevelsUp: 0 } } && select.From is [TableRef] && select.GroupBy.IsDefaultOrEmpty;

    /// <summary>The index of the output column that an ORDER BY or GROUP BY item names, by number or by name.</summary>
    private static int? Position(Expr value, List<string> names) => value switch
    {
        NumberLiteral { Text: var digits } when int.TryParse(digits, out var n) && n >= 1 && n <= names.Count => n - 1,
        ColumnRef { Column.Source: null } column when names.IndexOf(column.Name) is >= 0 and var i => i,
        _ => null,
    };

    private static Expr? Output(Expr value, Select select) =>
        Position(value, OutputNames(select)) is { } i ? select.Items[i].Value : null;

    private string Limits(Query query)
    {
        if (query.Limit is null && query.Offset is null) return "";
        var sql = " LIMIT " + (query.Limit is { } limit ? Count(limit, "limit") : "-1");
        return query.Offset is { } offset ? sql + " OFFSET " + Count(offset, "offset") : sql;
    }

    private string Count(Expr value, string function) => value switch
    {
        NumberLiteral { Text: [not '-', ..] } or Cast { Operand: NumberLiteral { Text: [not '-', ..] }, Type.Oid: Oids.Int8 } => Expression(value),
        NullLiteral or Cast { Operand: NullLiteral } => function == "limit" ? "-1" : "0",
        _ => $"pg_{function}({Expression(value)})",
    };

    private static List<uint> Types(Query query) => query switch
    {
        Select select => [.. select.Items.Select(item => item.Value.Type.Oid)],
        SetOperation operation => Types(operation.Left),
        Values values => [.. values.Rows[0].Select(value => value.Type.Oid)],
        _ => [],
    };
}
