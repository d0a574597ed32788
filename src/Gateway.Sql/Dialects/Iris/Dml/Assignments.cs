using System.Collections.Immutable;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>SET as one new value per column.</summary>
internal static class Assignments
{
    public static List<(ColumnInfo Column, Expr Value)> Of(ImmutableArray<Assignment> set, TargetTable target)
    {
        var values = new List<(ColumnInfo, Expr)>();
        foreach (var assignment in set)
        {
            foreach (var part in assignment.Targets)
                if (!part.Subscripts.IsDefaultOrEmpty || !part.Fields.IsDefaultOrEmpty)
                    throw PgException.Unsupported($"assignment to a part of column \"{part.Column}\" is not supported on IRIS");
            for (var i = 0; i < assignment.Targets.Length; i++)
            {
                var column = target.Column(assignment.Targets[i].Column);

                // Generated columns are computed again whenever something they depend on changes.
                if (column.Generated is not null) continue;
                values.Add((column, Value(assignment, i, column, target)));
            }
        }

        return values;
    }

    public static void RefuseNumbered(IEnumerable<(ColumnInfo Column, Expr Value)> set)
    {
        foreach (var (column, _) in set)
            if (IrisDefaults.IsNumbered(column))
                throw PgException.Unsupported($"changing serial column \"{column.Name}\" is not supported on IRIS");
    }

    private static Expr Value(Assignment assignment, int i, ColumnInfo column, TargetTable target)
    {
        var value = assignment.Value switch
        {
            RowConstructor row when row.Items.Length == assignment.Targets.Length && (assignment.Targets.Length > 1 || !row.Explicit) => row.Items[i],
            ScalarSubquery subquery when assignment.Targets.Length > 1 => Pick(subquery, i, column),
            _ => assignment.Value,
        };
        if (value is not DefaultValue) return value;
        return IrisDefaults.IsNumbered(column) ? value : target.DefaultOf(column.Name, "DEFAULT for");
    }

    /// <summary>One column of a subquery of several.</summary>
    private static ScalarSubquery Pick(ScalarSubquery subquery, int i, ColumnInfo column)
    {
        if (subquery.Query is Select { Distinct: false, DistinctOn.IsEmpty: true, OrderBy.IsEmpty: true } select)
            return subquery with { Query = select with { Items = [select.Items[i]] }, Type = column.Type };
        var names = ImmutableArray.CreateRange(QueryTypes.Names(subquery.Query).Select((_, n) => $"c{n}"));
        var picked = Build.Select(
            [Build.Item(Build.Column("*set*", names[i], column.Type), names[i])],
            new SubqueryRef(new Deeper().Query(subquery.Query), false) { Alias = new Alias("*set*", names) });
        return subquery with { Query = picked, Type = column.Type };
    }
}
