using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>What DDL does to rows that are there.</summary>
public sealed partial class DmlPlanner
{
    /// <summary>Every row gets a new column's default, or its generated value.</summary>
    internal ImmutableArray<PlanStep> Fill(RelationInfo table, ColumnInfo column)
    {
        var target = new TargetTable(table);
        if (column.Generated is not null) return Rewrite(table, column, target.Generated.First(generated => generated.Column.Name == column.Name).Value);
        var value = TargetTable.Default(column);
        if (!Uses.Of(value).IsConstant) return Rewrite(table, column, value);
        var inputs = new List<Input>();
        var text = Marker(value, column.Type, inputs);
        return [new CommandStep($"UPDATE {target.Sql} SET {target.SqlOf(column)} = {text}", [.. inputs], Counts: false)];
    }

    /// <summary>Every row gets a value computed from it. The value's columns are the table's, under the table's name.</summary>
    internal ImmutableArray<PlanStep> Rewrite(RelationInfo table, ColumnInfo column, Expr value)
    {
        var target = new TargetTable(table with { Constraints = [], Columns = [.. table.Columns.Select(known => known with { Generated = null })] });
        List<(string, Expr)> items = [(IdColumn, target.RowId), ("value", value)];
        var rows = Matches(target, items, [], null);
        return [ForEach(rows, new ChangeAction(UpdateRow(target, [(column, rows.Row("value"))], rows.Row(IdColumn)) with { Counts = false }, 0, null))];
    }

    /// <summary>Fails when a row breaks a check.</summary>
    internal ImmutableArray<PlanStep> Verify(RelationInfo table, ConstraintInfo check)
    {
        var target = new TargetTable(table);
        var condition = target.Checks.First(known => known.Check.Name == check.Name).Condition;
        var error = Raise.Error(SqlStates.CheckViolation, $"check constraint \"{check.Name}\" of relation \"{table.Name}\" is violated by some row", table, constraint: check.Name);
        var broken = Matches(target, [("%broken", error)], [], Build.IsFalse(condition));
        return [ForEach(broken, new ChooseAction(0, []))];
    }

    /// <summary>Fails when a row has NULL in the column; when there is any row at all, for a column that is still to come.</summary>
    internal ImmutableArray<PlanStep> RefuseNull(RelationInfo table, ColumnInfo column, bool isNew)
    {
        var target = new TargetTable(table with { Constraints = [] });
        var error = Raise.Error(SqlStates.NotNullViolation, $"column \"{column.Name}\" of relation \"{table.Name}\" contains null values", table, column.Name);
        var broken = Matches(target, [("%broken", error)], [], isNew ? null : Build.IsNull(target.Reference(column)));
        return [ForEach(broken, new ChooseAction(0, []))];
    }
}
