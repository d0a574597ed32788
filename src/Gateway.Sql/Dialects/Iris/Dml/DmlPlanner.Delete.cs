using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    private ImmutableArray<PlanStep> Delete(Delete delete, TargetTable target)
    {
        if (delete.Where is CurrentOf) throw Unsupported("WHERE CURRENT OF");
        if (delete is { Returning.IsEmpty: true, With: null } && DeleteThere(delete, target) is { } command) return [command];

        // The rows are gone when RETURNING is due: its values come with the ids.
        var items = new List<(string Name, Expr Value)> { (IdColumn, target.RowId) };
        items.AddRange(delete.Returning.Select((item, i) => ($"%r{i}", item.Value)));
        var rows = Matches(target, items, delete.Using, delete.Where);
        AttachWith(delete, rows);
        var returning = delete.Returning.IsDefaultOrEmpty
            ? null
            : query(new Select { Items = [.. delete.Returning.Select((item, i) => item with { Value = rows.Row($"%r{i}") })] });
        return [ForEach(rows, new ChangeAction(DeleteRow(target, rows.Row(IdColumn)), rows.IndexOf(IdColumn), returning))];
    }

    /// <summary>DELETE as IRIS can do it alone, or null.</summary>
    private CommandStep? DeleteThere(Delete delete, TargetTable target)
    {
        var where = delete.Where;
        if (!delete.Using.IsDefaultOrEmpty)
        {
            var matches = new Select
            {
                Items = [Build.Item(Build.Integer(1), "c0")],
                From = delete.Using,
                Where = where is null ? null : new Outward(target.Alias).Expression(where),
            };
            where = new Exists(matches) { Type = Build.Bool };
        }

        if (TableUse.Reads(where, target.Relation)) return null;
        var writer = new IrisWriter(options, hoisted);
        var alias = writer.Declare(target.Alias, target.Relation);
        if (where is null) return new CommandStep($"DELETE FROM {target.Sql}", []);
        return writer.Predicate(where) is { } condition
            ? new CommandStep($"DELETE FROM {target.Sql} AS {alias} WHERE {condition}", [.. writer.Inputs])
            : null;
    }

    /// <summary>A condition that moves into a subquery over the other tables: the target is one level further out then.</summary>
    private sealed class Outward(string alias) : TreeRewriter
    {
        protected override Expr? Replace(Expr expression) => expression is ColumnRef { Column: { } column } reference && column.LevelsUp == Depth && column.Source == alias
            ? reference with { Column = column with { LevelsUp = column.LevelsUp + 1 } }
            : null;
    }
}
