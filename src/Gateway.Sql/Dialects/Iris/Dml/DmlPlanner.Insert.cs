using System.Collections.Immutable;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    /// <summary>Rows that leave different columns to IRIS are written out as statements, up to this many.</summary>
    private const int MostCommands = 50;

    private ImmutableArray<PlanStep> Insert(Insert insert, TargetTable target)
    {
        RefuseParts(insert.Columns);
        var rows = insert.Source switch
        {
            null => [[]],
            Values { OrderBy.IsDefaultOrEmpty: true, Limit: null, Offset: null } values => values.Rows,
            _ => default(ImmutableArray<ImmutableArray<Expr>>),
        };
        if (rows.IsDefault) return InsertQuery(insert, target);
        var given = rows.Select(row => new NewRow(target, insert, row)).ToList();

        // One statement serves all rows of a loop, where they are alike.
        var alone = given.Count == 1 || (given.Count <= MostCommands && given.Exists(row => !row.Written().SequenceEqual(given[0].Written())));
        if (alone && insert is { OnConflict: null, Returning.IsEmpty: true, With: null, Source: null or Values { With: null } }
            && given.TrueForAll(row => row.IsConstant) && given.Sum(row => row.VolatileCount) <= 1)
            return [.. given.Select(row => Command(row, target))];
        return Drive(insert, target, NewRow.ToQuery(given, insert, target));
    }

    /// <summary>One row whose values are known before the statement runs.</summary>
    private CommandStep Command(NewRow row, TargetTable target)
    {
        if (row.Guard() is { } guard) hoisted.Add(guard);
        return InsertRow(target, [.. row.Written().Select(column => (column, row.Value(column.Name)))]);
    }

    private ImmutableArray<PlanStep> InsertQuery(Insert insert, TargetTable target)
    {
        var source = insert.Source!;
        var names = insert.Columns.Select(column => column.Column).ToList();
        var ignored = insert.Overriding == "user" ? names.Where(name => target.Column(name).Identity != '\0').ToHashSet() : [];
        var rows = new RowQuery(source, names);
        rows.Add(Supplied(target, names));
        if (ignored.Count == 0 && source.OrderBy.IsDefaultOrEmpty && insert is { OnConflict: null, Returning.IsEmpty: true, With: null }
            && !ReadsTarget(source, target) && InsertThere(insert, target, names) is { } command)
            return [command];
        return Drive(insert, target, rows, ignored);
    }

    /// <summary>INSERT … SELECT as IRIS can do it alone, or null.</summary>
    private CommandStep? InsertThere(Insert insert, TargetTable target, List<string> names)
    {
        if (!target.Checks.IsEmpty || !target.Generated.IsEmpty || names.Exists(name => NeedsGuard(target.Column(name), target.Relation))) return null;
        var supplied = Supplied(target, names);
        if (supplied.Any(column => !Uses.Of(column.Value).IsConstant)) return null;
        var source = insert.Source!;
        if (supplied.Count > 0)
        {
            if (source is Select { Distinct: false, DistinctOn.IsEmpty: true, GroupBy.IsEmpty: true, Having: null } select)
            {
                source = select with { Items = [.. select.Items, .. supplied.Select(column => Build.Item(column.Value, column.Name))] };
            }
            else
            {
                var wrapped = new RowQuery(source, names);
                wrapped.Add(supplied);
                source = wrapped.Query;
            }
        }

        var writer = new IrisWriter(options, hoisted);
        if (writer.Query(source, null) is not { } sql) return null;
        var columns = names.Concat(supplied.Select(column => column.Name)).Select(name => target.SqlOf(target.Column(name)));
        return new CommandStep($"INSERT INTO {target.Sql} ({string.Join(", ", columns)}) {sql}", [.. writer.Inputs]);
    }

    /// <summary>The defaults of columns that are not named and that IRIS does not fill.</summary>
    private static List<(string Name, Expr Value)> Supplied(TargetTable target, List<string> names) =>
    [
        .. from column in target.Relation.Columns
           where !names.Contains(column.Name) && column.Generated is null && !target.IsFilledThere(column)
           select (column.Name, TargetTable.Default(column)),
    ];

    /// <summary>What IRIS does with a value that PostgreSQL refuses: a number below 1 is "the next", NULL is the default.</summary>
    internal static bool NeedsGuard(ColumnInfo column, RelationInfo relation) =>
        IrisDefaults.IsNumbered(column) || (relation.Remote is { Foreign: true } && column.NotNull);

    /// <summary>Rows that drive one INSERT each.</summary>
    /// <param name="rows">Columns by their names in the table.</param>
    /// <param name="ignored">Columns that do not count: IRIS numbers them.</param>
    private ImmutableArray<PlanStep> Drive(Insert insert, TargetTable target, RowQuery rows, HashSet<string>? ignored = null)
    {
        bool Has(string name) => rows.Has(name) && ignored?.Contains(name) != true;
        Expr Value(string name) => Has(name) ? rows.Column(name) : target.DefaultOf(name, "a check or generated column over");

        rows.Add([.. target.Generated.Select(generated => (generated.Column.Name, target.Over(generated.Value, Value)))]);
        var numbers = target.Relation.Columns.Where(column => Has(column.Name) && IrisDefaults.IsNumbered(column) && !NewRow.IsMixed(column, insert)).ToList();
        var all = insert.OnConflict is not null || !target.Checks.IsEmpty;
        var required = target.Relation.Columns.Where(column => column.NotNull && (numbers.Contains(column)
            || (all && !IrisDefaults.IsNumbered(column) && (Has(column.Name) || target.Relation.Remote is not { Foreign: true })) || (Has(column.Name) && NeedsGuard(column, target.Relation) && !IrisDefaults.IsNumbered(column))));
        AddGuard(rows, target.Guard(Value, target.Checks, required), numbers);

        var written = target.Relation.Columns.Where(column => Has(column.Name)).Select(column => (column, rows.Row(column.Name))).ToList();
        var command = InsertRow(target, written);
        if (insert.OnConflict is { } conflict) return [Upsert(insert, conflict, target, rows, command, name => Has(name) ? rows.Row(name) : null)];
        var returning = ReturningOf(insert, target, rows);
        AttachWith(insert, rows);
        return [ForEach(rows, new ChangeAction(command, -1, returning))];
    }

    private static void AddGuard(RowQuery rows, Expr? guard, IEnumerable<ColumnInfo> numbers)
    {
        foreach (var column in numbers)
        {
            var number = new CaseWhen(Build.Compare(rows.Column(column.Name), "<", Build.Integer(1)), Raise.Number(column));
            guard = new Case(null, [.. (guard as Case)?.Whens ?? [], number], null) { Type = Build.Bool };
        }

        if (guard is not null) rows.Add([(GuardColumn, guard)]);
    }

    private static bool ReadsTarget(Query source, TargetTable target) => TableUse.Reads(source, target.Relation);

    private static void RefuseParts(ImmutableArray<AssignmentTarget> targets)
    {
        if (targets.IsDefaultOrEmpty) return;
        foreach (var target in targets)
            if (!target.Subscripts.IsDefaultOrEmpty || !target.Fields.IsDefaultOrEmpty)
                throw Unsupported($"assignment to a part of column \"{target.Column}\"");
    }
}
