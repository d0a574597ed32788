using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    private ImmutableArray<PlanStep> Update(Update update, TargetTable target)
    {
        var set = Assignments.Of(update.Set, target);
        Assignments.RefuseNumbered(set);
        var effects = new Effects(target, set.Select(value => value.Column), update.Set);
        if (update.Where is CurrentOf) throw Unsupported("WHERE CURRENT OF");
        if (update is { From.IsEmpty: true, Returning.IsEmpty: true, With: null } && effects.IsEmpty && UpdateThere(update, set, target) is { } command) return [command];

        var parts = new ReturningParts(target, name => effects.Changed.Contains(name));
        var returned = parts.Rewrite(update.Returning);
        RefuseCommonTables(update, parts);
        var items = new List<(string Name, Expr Value)> { (IdColumn, target.RowId) };
        items.AddRange(set.Select(value => (value.Column.Name, value.Value)));
        items.AddRange(effects.Read.Select(column => (column.Name, (Expr)target.Reference(column))));
        items.AddRange(parts.Needed);
        var rows = Matches(target, items, update.From, update.Where, once: !effects.IsEmpty);
        effects.Apply(rows, rows.Column);
        AttachWith(update, rows);

        var written = set.Select(value => value.Column).Concat(effects.Generated.Select(generated => generated.Column)).Select(column => (column, rows.Row(column.Name))).ToList();
        if (written.Count == 0) throw Unsupported("an UPDATE that only sets generated columns");
        var returning = update.Returning.IsDefaultOrEmpty ? null : Read(parts.Finish(returned, rows), target);
        return [ForEach(rows, new ChangeAction(UpdateRow(target, written, rows.Row(IdColumn)), rows.IndexOf(IdColumn), returning))];
    }

    /// <summary>The rows of the target that the condition picks, joined with FROM. The loop takes the first of several for one row.</summary>
    /// <param name="once">They are one for each row here already: what comes of the others could fail.</param>
    private static RowQuery Matches(TargetTable target, List<(string Name, Expr Value)> items, ImmutableArray<FromItem> from, Expr? where, bool once = false)
    {
        var select = new Select
        {
            DistinctOn = from.IsDefaultOrEmpty || !once ? [] : [target.RowId],
            Items = [.. items.Select(item => Build.Item(item.Value, item.Name))],
            From = from.IsDefaultOrEmpty ? [target.From] : [target.From, .. from],
            Where = where,
        };
        return new RowQuery(select, items.Select(item => item.Name));
    }

    /// <summary>UPDATE as IRIS can do it alone, or null.</summary>
    private CommandStep? UpdateThere(Update update, List<(ColumnInfo Column, Expr Value)> set, TargetTable target)
    {
        if (TableUse.Reads(update.Where, target.Relation) || set.Exists(value => TableUse.Reads(value.Value, target.Relation))) return null;
        var count = hoisted.Count;
        var writer = new IrisWriter(options, hoisted);
        var alias = writer.Declare(target.Alias, target.Relation);
        var assignments = new List<string>();
        foreach (var (column, value) in set)
        {
            if ((Uses.Of(value).IsConstant ? Marker(value, column.Type, writer.Inputs) : writer.Scalar(value)) is not { } text) return Forget();
            assignments.Add($"{target.SqlOf(column)} = {text}");
        }

        var condition = "";
        if (update.Where is not null)
        {
            if (writer.Predicate(update.Where) is not { } text) return Forget();
            condition = " WHERE " + text;
        }

        return new CommandStep($"UPDATE {target.Sql} AS {alias} SET {string.Join(", ", assignments)}{condition}", [.. writer.Inputs]);

        CommandStep? Forget()
        {
            hoisted.Truncate(count);
            return null;
        }
    }
}

/// <summary>What follows from new values of some columns: generated columns that change with them, checks to be made again.</summary>
internal sealed class Effects
{
    private readonly TargetTable _target;
    private readonly HashSet<string> _set;

    public Effects(TargetTable target, IEnumerable<ColumnInfo> set, ImmutableArray<Assignment> assignments = default)
    {
        _target = target;
        _set = [.. set.Select(column => column.Name)];
        var asked = assignments.IsDefault ? [] : assignments.SelectMany(assignment => assignment.Targets).Select(part => part.Column).ToHashSet();
        Generated = [.. target.Generated.Where(generated => asked.Contains(generated.Column.Name) || TargetTable.ColumnsOf(generated.Value).Overlaps(_set))];
        Changed = [.. _set, .. Generated.Select(generated => generated.Column.Name)];
        Checks = [.. target.Checks.Where(check => TargetTable.ColumnsOf(check.Condition).Overlaps(Changed))];
        var used = Generated.SelectMany(generated => TargetTable.ColumnsOf(generated.Value))
            .Concat(Checks.SelectMany(check => TargetTable.ColumnsOf(check.Condition))).ToHashSet();
        Read = [.. target.Relation.Columns.Where(column => used.Contains(column.Name) && !Changed.Contains(column.Name))];
    }

    public bool IsEmpty => Generated.IsEmpty && Checks.IsEmpty;

    public HashSet<string> Changed { get; }

    public ImmutableArray<(ColumnInfo Column, Expr Value)> Generated { get; }

    public ImmutableArray<(ConstraintInfo Check, Expr Condition)> Checks { get; }

    /// <summary>Columns that keep their value but are needed.</summary>
    public ImmutableArray<ColumnInfo> Read { get; }

    /// <summary>Adds the generated columns, then what fails for a row that must not be.</summary>
    public void Apply(RowQuery rows, Func<string, Expr> value)
    {
        rows.Add([.. Generated.Select(generated => (generated.Column.Name, _target.Over(generated.Value, value)))]);
        if (Guard(value) is { } guard) rows.Add([("%guard", guard)]);
    }

    public Expr? Guard(Func<string, Expr> value) => Checks.IsEmpty
        ? null
        : _target.Guard(value, Checks, _target.Relation.Columns.Where(column => column.NotNull && _set.Contains(column.Name)));
}
