using System.Globalization;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>
/// FROM. SQLite has no LATERAL, but the argument of a table-valued function sees the tables to its left: so a subquery or
/// call that refers to them is packed into one JSON value and taken apart by json_each, once for each of their rows.
/// </summary>
internal sealed partial class SqliteWriter
{
    // System views are the same for every statement.
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<RelationInfo, string> SystemViews = [];

    private string From(FromItem item) => item switch
    {
        TableRef table => Table(table),
        SourceRef source => Source(source),
        SubqueryRef subquery => Subquery(subquery),
        FunctionRef function => TableFunction(function),
        Join join => Join(join),
        _ => throw Unsupported(item.GetType().Name),
    };

    private string Table(TableRef table)
    {
        if (table.Sample is not null) throw Unsupported("TABLESAMPLE");
        var alias = table.Alias?.Name ?? table.Name.Last;
        if (table.Relation is null && _scope!.FindKept(table.Name.Last) is { } kept)
        {
            _scope.Add(KeptRows(alias, kept.Types));
            return $"json_each({Marked(kept.Marker)}) AS {EmbeddedNames.Quote(alias)}";
        }

        if (table.Relation is { } changed && BeforeChange(changed, alias) is { } before) return before;
        var own = table.Relation is { } relation
            ? [.. relation.Columns.Select(column => column.Name)]
            : _scope!.FindCommonTable(table.Name.Last) ?? [];
        _scope!.Add(new Source(alias, own)
        {
            Presence = table.Relation is { Kind: RelationKind.Table } stored && EmbeddedNames.RowKey(stored) is { } key
                ? $"{EmbeddedNames.Quote(alias)}.{EmbeddedNames.Quote(key)} IS NOT NULL"
                : null,
        });
        if (table.Relation is { Expansion: { } view } known) return $"({Expanded(known, view.Value)}) AS {EmbeddedNames.Quote(alias)}";
        var name = table.Relation is null ? EmbeddedNames.Quote(table.Name.Last) : EmbeddedNames.Table(table.Relation);
        return $"{name} AS {EmbeddedNames.Quote(alias)}";
    }

    private string Expanded(RelationInfo view, Query query) => SystemViews.GetValue(
        view, _ => new SqliteWriter(functions).Query(query, [.. view.Columns.Select(column => column.Name)]));

    private string Subquery(SubqueryRef subquery)
    {
        var names = OutputNames(subquery.Query);
        if (subquery.Alias is { Columns.IsDefaultOrEmpty: false } given)
            for (var i = 0; i < given.Columns.Length && i < names.Count; i++) names[i] = given.Columns[i];
        names = Unique(names);
        var alias = subquery.Alias?.Name ?? $"unnamed_subquery_{_unnamed++}";
        var quoted = EmbeddedNames.Quote(alias);
        if (!InItem(() => Query(subquery.Query, names), out var sql))
        {
            _scope!.Add(new Source(alias, names));
            return $"({sql}) AS {quoted}";
        }

        _scope!.Add(Packed(alias, Types(subquery.Query)));
        return $"json_each((SELECT pg_rows({Names(names)}) FROM ({sql}))) AS {quoted}";
    }

    /// <summary>Rows of json_each: a single column is the value itself, several are an array.</summary>
    private static Source Packed(string alias, List<uint> types)
    {
        var value = EmbeddedNames.Quote(alias) + ".value";
        return new Source(alias)
        {
            Presence = $"{EmbeddedNames.Quote(alias)}.key IS NOT NULL",
            Column = i => Element(types.Count == 1 ? value : string.Create(CultureInfo.InvariantCulture, $"json_extract({value}, '$[{i}]')"), types[i]),
        };
    }

    /// <summary>Writes one item of FROM; true when it refers to its neighbours.</summary>
    private bool InItem(Func<string> write, out string sql)
    {
        var scope = _scope!;
        var (inFrom, lateral) = (scope.InFrom, scope.IsLateral);
        (scope.InFrom, scope.IsLateral) = (true, false);
        sql = write();
        var found = scope.IsLateral;
        (scope.InFrom, scope.IsLateral) = (inFrom, lateral);
        return found;
    }

    private string TableFunction(FunctionRef reference)
    {
        var name = reference.Alias?.Name ?? "function";
        var alias = EmbeddedNames.Quote(name);
        var (sql, columns) = reference.Calls is [FunctionCall { Resolved.ReturnsSet: true } single]
            ? (Set(single, reference.Definitions), SetColumns(single, $"{alias}.value", reference.Definitions))
            : Zipped([.. reference.Calls], $"{alias}.value", reference);
        if (reference.WithOrdinality) columns.Add($"({alias}.key + 1)");
        _scope!.Add(new Source(name) { Column = i => columns[Math.Max(i, 0)] });
        return $"{sql} AS {alias}";
    }

    /// <summary>A value that came through JSON: bytes travel as hexadecimal digits.</summary>
    private static string Element(string sql, uint type) =>
        PgTypes.Find(type) is { Carrier: Carrier.Bytes } ? $"unhex({sql})" : sql;

    /// <summary>A comma binds no looser than JOIN in SQLite: such a join would take in what stands before it.</summary>
    private static bool KeepsRight(FromItem item) =>
        item is Join join && (join.Kind is JoinKind.Right or JoinKind.Full || KeepsRight(join.Left) || KeepsRight(join.Right));

    private string Parenthesized(FromItem item)
    {
        // SQLite makes a subquery of a join in parentheses.
        var outside = _scope!.Sources.Where(source => !source.Beyond).ToList();
        foreach (var source in outside) source.Beyond = true;
        var sql = $"({From(item)})";
        foreach (var source in outside) source.Beyond = false;
        return sql;
    }

    private string Join(Join join)
    {
        var before = _scope!.Sources.ToList();
        var left = From(join.Left);
        var lefts = _scope.Sources.Except(before).ToList();
        var right = join.Right is Join ? Parenthesized(join.Right) : From(join.Right);
        if (join.Kind is JoinKind.Right or JoinKind.Full) lefts.ForEach(source => source.IsOptional = true);
        if (join.Kind is JoinKind.Left or JoinKind.Full)
            foreach (var source in _scope.Sources.Except(before).Except(lefts)) source.IsOptional = true;
        var kind = join.Kind switch
        {
            JoinKind.Inner => "JOIN",
            JoinKind.Left => "LEFT JOIN",
            JoinKind.Right => "RIGHT JOIN",
            JoinKind.Full => "FULL JOIN",
            _ => "CROSS JOIN",
        };
        return $"{left} {kind} {right}{(join.On is { } on ? " ON " + Expression(on) : "")}";
    }
}
