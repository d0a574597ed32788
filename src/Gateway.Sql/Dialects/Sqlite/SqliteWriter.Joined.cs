using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Changes whose rows are found by a join: first the rows are kept with all that the change needs, then they are changed.</summary>
internal sealed partial class SqliteWriter
{
    private static bool ReturnsOthers(DmlStatement statement, IEnumerable<FromItem> others) =>
        others.Any() && statement.Returning.Any(item => OthersInside.Find(item.Value, TargetName(statement)));

    private string UpdateInSteps(Update update, string with)
    {
        var relation = Target(update);
        var (alias, key, table) = (TargetName(update), RowKey(relation), EmbeddedNames.Table(relation));
        var columns = new List<string>();
        var values = new List<Expr>();
        foreach (var assignment in update.Set)
        {
            if (assignment.Targets.Any(target => !target.Subscripts.IsDefaultOrEmpty)) throw Unsupported("assignment to a part of a column in this place");
            columns.AddRange(assignment.Targets.Select(target => target.Column));
            values.AddRange((assignment.Value, assignment.Targets.Length) switch
            {
                (RowConstructor row, var count) when row.Items.Length == count => row.Items,
                (var value, 1) => [value],
                _ => throw Unsupported("assignment of a row in this place"),
            });
        }

        // RETURNING first: it tells what else must be kept.
        var others = new List<ColumnRef>();
        var returning = Returned(update, alias, others, 1 + columns.Count, column => column.Column!.Source == alias);
        var marker = Keep(() => InScope(() => with + Found(update, update.From, update.Where, key, () =>
            [.. values.Select((value, i) => Assigned(value, columns[i], relation)), .. others.Select(Expression)])), aside: true);
        var types = columns.Select(column => relation.FindColumn(column)!.Type.Oid).ToList();
        var set = string.Join(", ", columns.Select((column, i) => $"{EmbeddedNames.Quote(column)} = {Field("\"o:k\"", 1 + i, types[i])}"));
        Step(() => $"UPDATE {Changed(relation, ChangeKind.Update)} AS \"t\" SET {set} FROM json_each({Marked(marker)}) AS \"o:k\" WHERE \"t\".{key} = {Field("\"o:k\"", 0)}", aside: true);
        var moved = columns.FindIndex(column => EmbeddedNames.Quote(column) == key);
        return $"SELECT {returning} FROM json_each({Marked(marker)}) AS \"o:k\" JOIN {table} AS {EmbeddedNames.Quote(alias)} ON {EmbeddedNames.Quote(alias)}.{key} = {Field("\"o:k\"", moved >= 0 ? 1 + moved : 0)} ORDER BY \"o:k\".key";
    }

    private string DeleteInSteps(Delete delete, string with)
    {
        var relation = Target(delete);
        var (alias, key) = (TargetName(delete), RowKey(relation));
        var columns = new List<ColumnRef>();
        var returning = Returned(delete, alias, columns, 1, _ => false);
        var marker = Keep(() => InScope(() => with + Found(delete, delete.Using, delete.Where, key, () => [.. columns.Select(Expression)])), aside: true);
        Step(() => $"DELETE FROM {Changed(relation, ChangeKind.Delete)} WHERE {key} IN (SELECT {Field("\"o:k\"", 0)} FROM json_each({Marked(marker)}) AS \"o:k\")", aside: true);
        return $"SELECT {returning} FROM json_each({Marked(marker)}) AS \"o:k\" ORDER BY \"o:k\".key";
    }

    /// <summary>RETURNING over kept rows: columns that <paramref name="stays"/> are read from the table, the others were kept.</summary>
    private string Returned(DmlStatement statement, string alias, List<ColumnRef> kept, int from, Func<ColumnRef, bool> stays) => InScope(() =>
    {
        var target = new Source(alias);
        _scope!.Columns = column =>
        {
            if (stays(column)) return IsRowPlace(column.Column!) ? RowPlace(column.Column!, target.Write) : target.Write(column.Column!);
            var at = kept.FindIndex(known => known.Column!.Source == column.Column!.Source && known.Column.Index == column.Column.Index);
            if (at < 0)
            {
                at = kept.Count;
                kept.Add(column with { Column = column.Column! with { LevelsUp = 0 } });
            }

            return Field("\"o:k\"", from + at, column.Type.Oid);
        };
        return Output(statement);
    });

    /// <summary>The rows to change, each once: the target's key and what else is wanted.</summary>
    private string Found(DmlStatement statement, IEnumerable<FromItem> others, Expr? where, string key, Func<IEnumerable<string>> values)
    {
        var alias = TargetName(statement);
        _scope!.Add(new Source(alias));
        var from = string.Join("", others.Select(item => ", " + From(item)));
        var row = string.Join(", ", values().Prepend($"{EmbeddedNames.Quote(alias)}.{key}"));
        return $"SELECT pg_first(pg_pack({row})) FROM {EmbeddedNames.Table(statement.Relation!)} AS {EmbeddedNames.Quote(alias)}{from}"
            + (where is null ? "" : " WHERE " + Expression(where)) + $" GROUP BY {EmbeddedNames.Quote(alias)}.{key}";
    }

    /// <summary>MERGE: one step decides for each row which WHEN applies and keeps it, then each kind of change is a step.</summary>
    private string? Merge(Merge merge, string with)
    {
        var relation = Target(merge);
        var (alias, key) = (TargetName(merge), RowKey(relation));
        var marker = Keep(() => InScope(() => with + Decided(merge, relation, alias, key)), aside: true);
        var changing = Numbers(when => when.Matched && when.Action is "update" or "delete");
        if (changing.Count > 0)
            Step(() => $"SELECT CASE WHEN count(*) > count(DISTINCT {Field("\"o:k\"", 1)}) THEN pg_raise('21000', 'MERGE command cannot affect row a second time') END FROM json_each({Marked(marker)}) AS \"o:k\" WHERE {Field("\"o:k\"", 0)} IN ({string.Join(", ", changing)})");
        foreach (var number in Numbers(when => when.Action == "delete"))
            Step(() => $"DELETE FROM {Changed(relation, ChangeKind.Delete)} WHERE {key} IN (SELECT {Field("\"o:k\"", 1)} FROM json_each({Marked(marker)}) AS \"o:k\" WHERE {Field("\"o:k\"", 0)} = {number})");
        foreach (var number in Numbers(when => when.Action == "update"))
        {
            var columns = merge.Whens[number].Set.Select(assignment => Single(assignment)).ToList();
            var set = string.Join(", ", columns.Select((column, i) => $"{EmbeddedNames.Quote(column)} = {Field("\"o:k\"", 2 + i, relation.FindColumn(column)!.Type.Oid)}"));
            Step(() => $"UPDATE {Changed(relation, ChangeKind.Update)} AS \"t\" SET {set} FROM json_each({Marked(marker)}) AS \"o:k\" WHERE {Field("\"o:k\"", 0)} = {number} AND \"t\".{key} = {Field("\"o:k\"", 1)}");
        }

        foreach (var number in Numbers(when => when.Action == "insert"))
        {
            var columns = Inserted(merge.Whens[number]).Select(pair => pair.Column).ToList();
            if (columns.Count == 0) throw Unsupported("MERGE … INSERT DEFAULT VALUES");
            Step(() => $"INSERT INTO {Changed(relation, ChangeKind.Insert)} ({Names(columns)}) SELECT {string.Join(", ", columns.Select((column, i) => Field("\"o:k\"", 2 + i, relation.FindColumn(column)!.Type.Oid)))} FROM json_each({Marked(marker)}) AS \"o:k\" WHERE {Field("\"o:k\"", 0)} = {number}");
        }

        return null;

        List<int> Numbers(Func<MergeWhen, bool> wanted) => [.. Enumerable.Range(0, merge.Whens.Length).Where(i => wanted(merge.Whens[i]))];
    }

    private static string Single(Assignment assignment) => assignment.Targets is [{ Subscripts.IsDefaultOrEmpty: true } target]
        ? target.Column
        : throw Unsupported("this assignment in MERGE");

    private static IEnumerable<(string Column, Expr Value)> Inserted(MergeWhen when) =>
        when.Columns.IsDefaultOrEmpty ? [] : when.Columns.Zip(when.Values, (column, value) => (column.Column, value)).Where(pair => pair.value is not DefaultValue);

    private string Decided(Merge merge, RelationInfo relation, string alias, string key)
    {
        _scope!.Add(new Source(alias));
        var target = EmbeddedNames.Quote(alias);
        var source = From(merge.Source);
        var present = $"{target}.{key} IS NOT NULL";
        var branches = new List<string>();
        foreach (var (when, number) in merge.Whens.Select((when, i) => (when, i)))
        {
            var test = when.Matched ? present : $"NOT ({present})";
            if (when.Condition is { } condition) test += " AND " + Expression(condition);
            var values = when.Action switch
            {
                "update" => when.Set.Select(assignment => Assigned(assignment.Value, Single(assignment), relation)),
                "insert" => Inserted(when).Select(pair => Expression(pair.Value)),
                _ => [],
            };
            var known = when.Matched ? $"{target}.{key}" : "NULL";
            branches.Add($"WHEN {test} THEN " + (when.Action is "update" or "insert" or "delete"
                ? $"pg_pack({string.Join(", ", values.Prepend(known).Prepend(number.ToString(CultureInfo.InvariantCulture)))})"
                : "NULL"));
        }

        var join = merge.Whens.Any(when => !when.Matched) ? "LEFT JOIN" : "JOIN";
        return $"SELECT \"v\" FROM (SELECT CASE {string.Join(' ', branches)} END AS \"v\" FROM {source} {join} {EmbeddedNames.Table(relation)} AS {target} ON {Expression(merge.On)}) WHERE \"v\" IS NOT NULL";
    }
}
