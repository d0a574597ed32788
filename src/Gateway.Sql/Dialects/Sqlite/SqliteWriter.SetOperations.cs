using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>UNION, INTERSECT, EXCEPT and VALUES.</summary>
internal sealed partial class SqliteWriter
{
    /// <summary>With the clauses behind them, in the query's own scope.</summary>
    private string Compound(Query query, IReadOnlyList<string> names)
    {
        var sql = Arm(query, names);
        var positions = query.OrderBy.Select(item => Position(item.Value, OutputNames(query)) ?? throw Unsupported("ORDER BY an expression over a set operation")).ToList();

        // Around the whole, because SQLite takes only bare column names behind a compound.
        if (positions.Count > 0 || query.WithTies || (query is Values && (query.Limit ?? query.Offset) is not null)) sql = $"SELECT * FROM ({sql})";
        return Sorted(query, sql, names, Types(query), positions);
    }

    /// <summary>A query without ORDER BY, LIMIT or WITH of its own, as SQLite can chain it; in its own scope.</summary>
    private string Arm(Query query, IReadOnlyList<string> names)
    {
        switch (query)
        {
            case Values values:
                var rows = values.Rows.Select(row => row.Select(Expression).ToList()).ToList();
                if (names.SequenceEqual(OutputNames(values))) return "VALUES " + string.Join(", ", rows.Select(row => $"({string.Join(", ", row)})"));

                // The first row names the columns.
                var first = $"SELECT {string.Join(", ", rows[0].Zip(names, (value, name) => $"{value} AS {EmbeddedNames.Quote(name)}"))}";
                return rows.Count == 1 ? first : first + " UNION ALL VALUES " + string.Join(", ", rows.Skip(1).Select(row => $"({string.Join(", ", row)})"));
            case SetOperation operation:
                var all = operation is { All: true, Operator: SetOperator.Union };
                if (!all && (operation.All || Types(operation).Any(type => !Orderings.IsPlain(type)))) return Matched(operation, names);
                var right = Unique(OutputNames(operation.Right));
                return Side(operation.Left, names, !all, left: true)
                    + $" {operation.Operator.ToString().ToUpperInvariant()}{(all ? " ALL" : "")} "
                    + Side(operation.Right, right, !all, left: false);
            case Select select:
                return SelectCore(select, names);
            default:
                throw Unsupported(query.GetType().Name);
        }

        // SQLite chains to the left and knows no parentheses: anything else becomes a subquery.
        string Side(Query side, IReadOnlyList<string> names, bool distinct, bool left) => InScope(() =>
        {
            var plain = side.With is null && side.OrderBy.IsDefaultOrEmpty && side.Limit is null && side.Offset is null;
            return side switch
            {
                Select { DistinctOn.IsDefaultOrEmpty: true, Distinct: false } select when plain && !NeedsStages(select) => SelectCore(select, names, keyed: distinct),
                Values or SetOperation when plain && (left || side is Values) && !(distinct && HasCollation(side)) => Arm(side, names),
                _ => $"SELECT {(distinct && HasCollation(side) ? KeyedNames(names, Types(side)) : "*")} FROM ({QueryHere(side, names)})",
            };
        });
    }

    private static bool HasCollation(Query query) => Types(query).Exists(type => Orderings.IsPlain(type) && Orderings.Key("", type).Length > 0);

    private static string KeyedNames(IReadOnlyList<string> names, List<uint> types) => string.Join(", ", names.Select((name, i) =>
        EmbeddedNames.Quote(name) + (Orderings.IsPlain(types[i]) && Orderings.Key("", types[i]) is { Length: > 0 } key ? $"{key} AS {EmbeddedNames.Quote(name)}" : "")));

    /// <summary>
    /// The operations SQLite lacks: both sides in one, marked 0 and 1, then a group for each row, and with ALL that group as
    /// many times as it is left.
    /// </summary>
    private string Matched(SetOperation operation, IReadOnlyList<string> names)
    {
        if (_inRecursion) throw Unsupported("a recursive UNION over values of this type");
        var types = Types(operation);
        var keys = string.Join(", ", names.Select((name, i) => Orderings.Key(EmbeddedNames.Quote(name), types[i])));
        var sides = new[] { operation.Left, operation.Right }.Select((side, i) => $"SELECT {i} AS \"o:s\", {Names(names)} FROM ({Query(side, names)})");
        var values = string.Join(", ", names.Select(name => $"pg_first({EmbeddedNames.Quote(name)}) AS {EmbeddedNames.Quote(name)}"));
        var groups = $"FROM ({string.Join(" UNION ALL ", sides)}) GROUP BY {keys}";
        const string Left = "sum(\"o:s\" = 0)", Right = "sum(\"o:s\")";
        if (operation.All)
        {
            var times = operation.Operator == SetOperator.Intersect ? $"min({Left}, {Right})" : $"{Left} - {Right}";
            return $"SELECT {Names(names)} FROM (SELECT {values}, {times} AS \"o:n\" {groups}) AS \"o:g\", pg_series({Oids.Int8}, 1, \"o:g\".\"o:n\", 1)";
        }

        var having = operation.Operator switch
        {
            SetOperator.Intersect => " HAVING count(DISTINCT \"o:s\") = 2",
            SetOperator.Except => " HAVING max(\"o:s\") = 0",
            _ => "",
        };
        return $"SELECT {values} {groups}{having}";
    }
}
