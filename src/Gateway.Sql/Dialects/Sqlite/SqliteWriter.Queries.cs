using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

internal sealed partial class SqliteWriter
{
    /// <summary>A query with all its clauses, without parentheses around it.</summary>
    /// <param name="names">Names for its output columns; null for their own.</param>
    public string Query(Query query, IReadOnlyList<string>? names)
    {
        var with = query.With is { } w ? With(w) : _sourceTables.Length > 0 ? $"WITH {TakeSourceTables()} " : "";
        names = Unique(names ?? OutputNames(query), out _);
        return with + query switch
        {
            Select select when select.DistinctOn.IsDefaultOrEmpty => SelectCore(select, names) + Tail(select, names),
            Select select => DistinctOn(select, names),
            SetOperation or Values => Compound(query, names),
            _ => throw Unsupported(query.GetType().Name),
        };
    }

    /// <summary>The names a query gives its columns, which may repeat.</summary>
    private static List<string> OutputNames(Query query) => QueryTypes.Names(query);

    /// <summary>SQLite reaches a subquery's column by name only, so later columns of the same name get another.</summary>
    private static List<string> Unique(IReadOnlyList<string> names, out HashSet<string> repeated)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        repeated = new HashSet<string>(StringComparer.Ordinal);
        var unique = new List<string>(names.Count);
        foreach (var name in names)
        {
            if (seen.Add(name))
            {
                unique.Add(name);
                continue;
            }

            repeated.Add(name);
            var n = unique.Count;
            while (!seen.Add($"{name}:{n}")) n++;
            unique.Add($"{name}:{n}");
        }

        // SQLite ignores case in names: "A" and "a" are one, and neither can be told from the other.
        foreach (var name in names)
            if (repeated.Any(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase))) repeated.Add(name);
        return unique;
    }

    private string With(With with)
    {
        var sql = new StringBuilder("WITH ");
        if (with.Recursive) sql.Append("RECURSIVE ");
        if (_sourceTables.Length > 0) sql.Append(TakeSourceTables()).Append(", ");
        for (var i = 0; i < with.Tables.Length; i++)
        {
            var table = with.Tables[i];
            if (table.Statement is not QueryStatement { Query: var query })
                throw Unsupported("a data-modifying statement in WITH");
            var names = OutputNames(query);
            for (var n = 0; n < table.Columns.Length; n++) names[n] = table.Columns[n];
            var unique = Unique(names, out _);
            _commonTables[table.Name] = names;
            if (i > 0) sql.Append(", ");
            sql.Append(EmbeddedNames.Quote(table.Name)).Append('(').AppendJoin(", ", unique.Select(EmbeddedNames.Quote)).Append(") AS ");
            if (table.Materialized is { } materialized) sql.Append(materialized ? "MATERIALIZED " : "NOT MATERIALIZED ");
            sql.Append('(').Append(Query(query, unique)).Append(')');
        }

        return sql.Append(' ').ToString();
    }

    /// <summary>SELECT … up to WINDOW.</summary>
    /// <param name="extra">Columns to add, written in the query's own scope.</param>
    /// <param name="keyed">Rows will be compared: values carry the collation that compares them.</param>
    private string SelectCore(
        Select select,
        IReadOnlyList<string> names,
        Func<IEnumerable<(string Sql, string Name)>>? extra = null,
        bool keyed = false)
    {
        if (select.GroupBy.Any(item => item.Kind is not (GroupingKind.Expression or GroupingKind.Empty)))
            throw Unsupported("GROUPING SETS, ROLLUP and CUBE");
        return InScope(select, () =>
        {
            var from = new StringBuilder();
            foreach (var item in select.From)
            {
                // A comma binds no looser than JOIN in SQLite: an outer join would take in what stands before it.
                var joined = from.Length > 0 && KeepsRight(item);
                from.Append(from.Length == 0 ? " FROM " : ", ").Append(joined ? "(" : "").Append(From(item)).Append(joined ? ")" : "");
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
                var text = Expression(value);
                if (i == 0 && lonelyHaving) text = $"iif(count(*) >= 0, {text}, NULL)";
                if (select.Distinct || keyed) text = DistinctKey(text, value.Type.Oid);
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
        });
    }

    /// <summary>A set-returning call in the select list becomes a table beside the others, as PostgreSQL runs it once per row.</summary>
    private void SetReturning(Select select, StringBuilder from)
    {
        var calls = select.Items
            .SelectMany(item => Descendants(item.Value))
            .OfType<FunctionCall>()
            .Where(call => call.Resolved is { ReturnsSet: true })
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<FunctionCall>()
            .ToList();
        if (calls.Count == 0) return;
        if (!select.GroupBy.IsDefaultOrEmpty || select.Items.Any(item => HasAggregate(item.Value)))
            throw Unsupported("a set-returning function beside aggregates");
        if (calls.Count > 1) throw Unsupported("several set-returning functions in one select list");
        var call = calls[0];
        if (SqliteFunctions.Columns.ContainsKey(call.Resolved!.Source))
            throw Unsupported($"set-returning function {call.Name.Last} in a select list");
        from.Append(from.Length == 0 ? " FROM " : ", ").Append(Set(call)).Append(" AS \"srf\"");
        _setReturning[call] = Element("\"srf\".value", call.Type.Oid);
    }

    /// <summary>ORDER BY, LIMIT and OFFSET of a plain SELECT.</summary>
    private string Tail(Select select, IReadOnlyList<string> names)
    {
        var order = select.OrderBy.IsDefaultOrEmpty
            ? ""
            : " ORDER BY " + string.Join(", ", InScopeOf(select, () => select.OrderBy.Select(item => SortTerm(item, select)).ToList()));
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
        value is ColumnRef { Column: { Column.NotNull: true, LevelsUp: 0 } } && select.From is [TableRef];

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
        if (query.WithTies) throw Unsupported("FETCH … WITH TIES");
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

    /// <summary>SELECT DISTINCT ON keeps the first row of each group, in the query's own order.</summary>
    private string DistinctOn(Select select, IReadOnlyList<string> names)
    {
        var inner = SelectCore(select with { DistinctOn = [], Distinct = false }, names, Terms);
        var outer = string.Join(", ", select.OrderBy.Select((item, i) => $"\"o:{i}\"" + Collation(item, select) + Direction(item)));
        return $"SELECT {string.Join(", ", names.Select(EmbeddedNames.Quote))} FROM ({inner}) WHERE \"o:n\" = 1"
            + (outer.Length == 0 ? "" : " ORDER BY " + outer) + Limits(select);

        IEnumerable<(string, string)> Terms()
        {
            var order = new List<string>();
            var terms = new List<(string, string)>();
            for (var i = 0; i < select.OrderBy.Length; i++)
            {
                var item = select.OrderBy[i];
                RefuseUsing(item);
                var value = Output(item.Value, select) ?? item.Value;
                RequireOrder(value.Type.Oid, "ORDER BY");
                terms.Add((Keyed(value), $"o:{i}"));
                order.Add(Keyed(value) + Direction(item));
            }

            var keys = select.DistinctOn.Select(key => Keyed(Output(key, select) ?? key));
            var window = $"PARTITION BY {string.Join(", ", keys)}" + (order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", order)}");
            terms.Add(($"ROW_NUMBER() OVER ({window})", "o:n"));
            return terms;
        }
    }

    private static string Collation(SortItem item, Select select)
    {
        var type = (Output(item.Value, select) ?? item.Value).Type.Oid;
        return Orderings.IsPlain(type) ? Orderings.Key("", type) : "";
    }

    /// <summary>UNION, INTERSECT, EXCEPT and VALUES, with the clauses behind them.</summary>
    private string Compound(Query query, IReadOnlyList<string> names)
    {
        var sql = Arm(query, names);
        var types = Types(query);
        var terms = new List<string>();
        foreach (var item in query.OrderBy)
        {
            RefuseUsing(item);
            var position = Position(item.Value, OutputNames(query)) ?? throw Unsupported("ORDER BY an expression over a set operation");
            RequireOrder(types[position], "ORDER BY");
            terms.Add(Orderings.Key(EmbeddedNames.Quote(names[position]), types[position]) + Direction(item));
        }

        // Around the whole, because SQLite takes only bare column names behind a compound.
        if (terms.Count > 0) sql = $"SELECT * FROM ({sql}) ORDER BY {string.Join(", ", terms)}";
        else if (query is Values && (query.Limit ?? query.Offset) is not null) sql = $"SELECT * FROM ({sql})";
        return sql + Limits(query);
    }

    /// <summary>A query without ORDER BY, LIMIT or WITH of its own, as SQLite can chain it.</summary>
    private string Arm(Query query, IReadOnlyList<string> names)
    {
        switch (query)
        {
            case Values values:
                var own = OutputNames(values);
                var rows = InScope(null, () => "VALUES " + string.Join(", ", values.Rows.Select(row => $"({string.Join(", ", row.Select(Expression))})")));
                return names.SequenceEqual(own)
                    ? rows
                    : $"SELECT {string.Join(", ", own.Select((name, i) => $"{name} AS {EmbeddedNames.Quote(names[i])}"))} FROM ({rows})";
            case SetOperation operation:
                var verb = operation.Operator.ToString().ToUpperInvariant();
                if (operation.All && operation.Operator != SetOperator.Union) throw Unsupported($"{verb} ALL");
                var right = Unique(OutputNames(operation.Right), out _);
                return Side(operation.Left, names, !operation.All, left: true)
                    + $" {verb}{(operation.All ? " ALL" : "")} "
                    + Side(operation.Right, right, !operation.All, left: false);
            case Select select:
                return SelectCore(select, names);
            default:
                throw Unsupported(query.GetType().Name);
        }

        // SQLite chains to the left and knows no parentheses: anything else becomes a subquery.
        string Side(Query side, IReadOnlyList<string> names, bool distinct, bool left)
        {
            var plain = side.With is null && side.OrderBy.IsDefaultOrEmpty && side.Limit is null && side.Offset is null;
            return side switch
            {
                Select { DistinctOn.IsDefaultOrEmpty: true } select when plain => SelectCore(select, names, keyed: distinct),
                Values or SetOperation when plain && (left || side is Values) => Arm(side, names),
                _ => $"SELECT * FROM ({Query(side, names)})",
            };
        }
    }

    private static List<uint> Types(Query query) => query switch
    {
        Select select => [.. select.Items.Select(item => item.Value.Type.Oid)],
        SetOperation operation => Types(operation.Left),
        Values values => [.. values.Rows[0].Select(value => value.Type.Oid)],
        _ => [],
    };

    private string From(FromItem item)
    {
        switch (item)
        {
            case TableRef table:
                return Table(table);
            case SourceRef source:
                return Source(source);
            case SubqueryRef subquery:
                return Subquery(subquery);
            case FunctionRef function:
                return TableFunction(function);
            case Join join:
                return Join(join);
            default:
                throw Unsupported(item.GetType().Name);
        }
    }

    private static bool KeepsRight(FromItem item) =>
        item is Join join && (join.Kind is JoinKind.Right or JoinKind.Full || KeepsRight(join.Left) || KeepsRight(join.Right));

    private string Table(TableRef table)
    {
        if (table.Sample is not null) throw Unsupported("TABLESAMPLE");
        var alias = table.Alias?.Name ?? table.Name.Last;
        var own = table.Relation is { } relation
            ? [.. relation.Columns.Select(column => column.Name)]
            : _commonTables.GetValueOrDefault(table.Name.Last) ?? [];
        Unique(own, out var repeated);
        _scope!.Add(new Source(alias, Renamed(alias, table.Alias, own), repeated));
        if (table.Relation?.Schema is "pg_catalog" or "information_schema") ReadsCatalog = true;
        var name = table.Relation is null ? EmbeddedNames.Quote(table.Name.Last) : EmbeddedNames.Table(table.Relation);
        return $"{name} AS {EmbeddedNames.Quote(alias)}";
    }

    // FROM t AS x(a, b): SQLite has no column aliases, so references use the columns' own names.
    private static Func<string, string>? Renamed(string alias, Alias? given, List<string> own)
    {
        if (given is null || given.Columns.IsDefaultOrEmpty) return null;
        return name =>
        {
            var i = given.Columns.IndexOf(name);
            return $"{EmbeddedNames.Quote(alias)}.{EmbeddedNames.Quote(i >= 0 && i < own.Count ? own[i] : name)}";
        };
    }

    private string Subquery(SubqueryRef subquery)
    {
        var names = OutputNames(subquery.Query);
        if (subquery.Alias is { Columns.IsDefaultOrEmpty: false } alias)
            for (var i = 0; i < alias.Columns.Length && i < names.Count; i++) names[i] = alias.Columns[i];
        var unique = Unique(names, out var repeated);
        var scope = _scope!;
        scope.InFrom = true;
        var sql = Query(subquery.Query, unique);
        scope.InFrom = false;
        var name = subquery.Alias?.Name ?? $"unnamed_subquery_{_unnamed++}";
        scope.Add(new Source(name, null, repeated));
        return $"({sql}) AS {EmbeddedNames.Quote(name)}";
    }

    private string TableFunction(FunctionRef reference)
    {
        if (reference.Calls.Length != 1) throw Unsupported("ROWS FROM");
        if (!reference.Definitions.IsDefaultOrEmpty) throw Unsupported("a column definition list");
        var value = reference.Calls[0];
        var call = value as FunctionCall;
        var function = call?.Name.Last ?? (value as SqlValue)?.Name ?? "function";
        var alias = reference.Alias?.Name ?? function;
        var quoted = EmbeddedNames.Quote(alias);
        if (call?.Resolved is not { ReturnsSet: true })
        {
            if (reference.WithOrdinality) throw Unsupported("WITH ORDINALITY over a plain function");
            var column = reference.Alias is { Columns.Length: > 0 } renamed ? renamed.Columns[0] : alias;
            _scope!.InFrom = true;
            var plain = InScope(null, () => Expression(value));
            _scope!.InFrom = false;
            _scope.Add(new Source(alias));
            return $"(SELECT {plain} AS {EmbeddedNames.Quote(column)}) AS {quoted}";
        }

        var columns = SqliteFunctions.Columns.GetValueOrDefault(call.Resolved.Source);
        var element = call.Type.Oid == 0 ? call.Resolved.Returns : call.Type.Oid;
        var names = new List<string>(columns ?? [alias]);
        if (reference.WithOrdinality) names.Add("ordinality");
        if (reference.Alias is { Columns.IsDefaultOrEmpty: false } given)
            for (var i = 0; i < given.Columns.Length && i < names.Count; i++) names[i] = given.Columns[i];
        var sql = $"{Set(call)} AS {quoted}";
        _scope!.Add(new Source(alias, name =>
        {
            var i = names.IndexOf(name);
            if (reference.WithOrdinality && i == names.Count - 1) return $"({quoted}.key + 1)";
            return columns is null ? Element($"{quoted}.value", element) : $"json_extract({quoted}.value, '$[{Math.Max(i, 0)}]')";
        }));
        return sql;
    }

    /// <summary>A value that came through JSON: bytes travel as hexadecimal digits.</summary>
    private static string Element(string sql, uint type) =>
        PgTypes.Find(type) is { Carrier: Carrier.Bytes } ? $"unhex({sql})" : sql;

    private string Join(Join join)
    {
        var left = From(join.Left);
        var right = From(join.Right);
        if (join.Right is Join) right = $"({right})";
        var kind = join.Kind switch
        {
            JoinKind.Inner => "JOIN",
            JoinKind.Left => "LEFT JOIN",
            JoinKind.Right => "RIGHT JOIN",
            JoinKind.Full => "FULL JOIN",
            _ => "CROSS JOIN",
        };
        var condition = join.On is { } on ? " ON " + Expression(on)
            : !join.Using.IsDefaultOrEmpty ? $" USING ({string.Join(", ", join.Using.Select(EmbeddedNames.Quote))})"
            : "";
        if (join.Natural) kind = "NATURAL " + kind;
        var sql = $"{left} {kind} {right}{condition}";
        if (join.Alias is null) return sql;
        if (!join.Alias.Columns.IsDefaultOrEmpty) throw Unsupported("column aliases of a join");
        _scope!.Add(new Source(join.Alias.Name));
        return $"({sql}) AS {EmbeddedNames.Quote(join.Alias.Name)}";
    }
}
