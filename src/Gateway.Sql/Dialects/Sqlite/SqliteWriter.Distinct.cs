using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>DISTINCT ON, DISTINCT over values that SQLite cannot compare itself, and WITH TIES: a query around the query.</summary>
internal sealed partial class SqliteWriter
{
    /// <summary>SELECT DISTINCT ON keeps the first row of each group, in the query's own order.</summary>
    private string DistinctOn(Select select, IReadOnlyList<string> names)
    {
        if (select.WithTies) throw Unsupported("WITH TIES beside DISTINCT ON");
        var inner = SelectCore(select with { DistinctOn = [], Distinct = false }, names, () =>
        {
            var (terms, order) = OrderColumns(select);
            var keys = select.DistinctOn.Select(key => Keyed(Output(key, select) ?? key));
            var window = $"PARTITION BY {string.Join(", ", keys)}" + (order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", order)}");
            return [.. terms, ($"ROW_NUMBER() OVER ({window})", "o:n")];
        });
        return $"SELECT {Names(names)} FROM ({inner}) WHERE \"o:n\" = 1" + OuterOrder(select) + Limits(select);
    }

    /// <summary>Of equal values PostgreSQL shows the first; equal are those with the same key.</summary>
    private string DistinctByKey(Select select, IReadOnlyList<string> names)
    {
        var types = Types(select);
        var inner = SelectCore(select with { Distinct = false }, names);
        var values = names.Select((name, i) => Orderings.IsPlain(types[i]) ? EmbeddedNames.Quote(name) : $"pg_first({EmbeddedNames.Quote(name)}) AS {EmbeddedNames.Quote(name)}");
        var sql = $"SELECT {string.Join(", ", values)} FROM ({inner}) GROUP BY {string.Join(", ", names.Select((name, i) => Orderings.Key(EmbeddedNames.Quote(name), types[i])))}";
        if (select.OrderBy.IsDefaultOrEmpty && !select.WithTies) return sql + Limits(select);

        // Sort keys of a DISTINCT query are columns of its output.
        sql = $"SELECT * FROM ({sql})";
        return Sorted(select, sql, names, types, [.. select.OrderBy.Select(item => OutputIndex(item, select))]);
    }

    private static int OutputIndex(SortItem item, Select select)
    {
        if (Position(item.Value, OutputNames(select)) is { } position) return position;
        for (var i = 0; i < select.Items.Length; i++)
            if (ExprEquality.Same(select.Items[i].Value, item.Value)) return i;
        throw Unsupported("ORDER BY an expression that DISTINCT does not show");
    }

    /// <summary>FETCH FIRST n ROWS WITH TIES: all rows that sort no later than row n.</summary>
    private string WithTies(Select select, IReadOnlyList<string> names)
    {
        if (select.Distinct)
        {
            var types = Types(select);
            return Sorted(select, $"SELECT * FROM ({SelectCore(select, names)})", names, types, [.. select.OrderBy.Select(item => OutputIndex(item, select))]);
        }

        var inner = SelectCore(select, names, () =>
        {
            var (terms, order) = OrderColumns(select);
            return [.. terms, .. Ranks(string.Join(", ", order))];
        });
        return $"SELECT {Names(names)} FROM ({inner}) WHERE {Ties(select)}{OuterOrder(select)}";
    }

    /// <summary>A query that has only its output to sort by.</summary>
    private string Sorted(Query query, string sql, IReadOnlyList<string> names, List<uint> types, List<int> positions)
    {
        var order = new List<string>();
        for (var i = 0; i < positions.Count; i++)
        {
            RefuseUsing(query.OrderBy[i]);
            RequireOrder(types[positions[i]], "ORDER BY");
            order.Add(Orderings.Key(EmbeddedNames.Quote(names[positions[i]]), types[positions[i]]) + Direction(query.OrderBy[i]));
        }

        var by = string.Join(", ", order);
        if (!query.WithTies) return sql + (by.Length == 0 ? "" : $" ORDER BY {by}") + Limits(query);
        return $"SELECT {Names(names)} FROM (SELECT *, {string.Join(", ", Ranks(by).Select(rank => $"{rank.Sql} AS \"{rank.Name}\""))} FROM ({sql})) WHERE {Ties(query)} ORDER BY {by}";
    }

    private static (string Sql, string Name)[] Ranks(string order) =>
        [($"ROW_NUMBER() OVER (ORDER BY {order})", "o:n"), ($"RANK() OVER (ORDER BY {order})", "o:r")];

    private string Ties(Query query)
    {
        var last = Count(query.Limit!, "limit");
        if (query.Offset is null) return $"\"o:r\" <= {last}";
        var skipped = Count(query.Offset, "offset");
        return $"\"o:n\" > {skipped} AND \"o:r\" <= {last} + {skipped}";
    }

    private (List<(string Sql, string Name)> Terms, List<string> Order) OrderColumns(Select select)
    {
        var terms = new List<(string, string)>();
        var order = new List<string>();
        for (var i = 0; i < select.OrderBy.Length; i++)
        {
            var item = select.OrderBy[i];
            RefuseUsing(item);
            var value = Output(item.Value, select) ?? item.Value;
            RequireOrder(value.Type.Oid, "ORDER BY");
            terms.Add((Keyed(value), $"o:{i}"));
            order.Add(Keyed(value) + Direction(item));
        }

        return (terms, order);
    }

    private static string OuterOrder(Select select) => select.OrderBy.IsDefaultOrEmpty
        ? ""
        : " ORDER BY " + string.Join(", ", select.OrderBy.Select((item, i) => $"\"o:{i}\"" + Collation(item, select) + Direction(item)));

    private static string Collation(SortItem item, Select select)
    {
        var type = (Output(item.Value, select) ?? item.Value).Type.Oid;
        return Orderings.IsPlain(type) ? Orderings.Key("", type) : "";
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(EmbeddedNames.Quote));
}
