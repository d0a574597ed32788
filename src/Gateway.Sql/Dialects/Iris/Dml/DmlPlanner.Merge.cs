using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    private const string BranchColumn = "%branch";

    /// <summary>The source beside the target's rows that match; each row says which branch it takes, with that branch's values.</summary>
    private ImmutableArray<PlanStep> Merge(Merge merge, TargetTable target)
    {
        var branches = merge.Whens.Where(when => when.Action != "nothing").ToList();
        var rows = Joined(merge, target, branches);
        var layer = new MergeLayer(rows.Count);
        ImmutableArray<RowAction> actions =
        [
            .. branches.Select((when, i) => Branch(when, i, Build.Equal(rows.Column(BranchColumn), Build.Integer(i)), target, rows, layer)),
        ];
        rows.Add([.. layer.Values, .. layer.Guards.Select((guard, i) => ($"{GuardColumn}{i}", guard))]);
        AttachWith(merge, rows);
        return [ForEach(rows, new ChooseAction(rows.IndexOf(BranchColumn), actions))];
    }

    /// <summary>The columns that the branches add to the joined rows.</summary>
    private sealed class MergeLayer(int first)
    {
        public List<(string Name, Expr Value)> Values { get; } = [];

        public List<Expr> Guards { get; } = [];

        /// <summary>The value as the branch's command takes it from the row.</summary>
        public InputRef Add(string name, Expr value)
        {
            Values.Add((name, value));
            return Build.Row(first + Values.Count - 1, value.Type);
        }
    }

    /// <summary>Branch number, row id, and every column of both sides that a branch uses.</summary>
    private static RowQuery Joined(Merge merge, TargetTable target, List<MergeWhen> branches)
    {
        var used = new List<ColumnRef>();
        void Use(Expr? expression)
        {
            if (expression is null) return;
            _ = new Substitution(column =>
            {
                if (!used.Exists(known => known.Column!.Source == column.Column!.Source && known.Name == column.Name))
                    used.Add(column with { Column = column.Column! with { LevelsUp = 0 } });
                return null;
            }).Expression(expression);
        }

        foreach (var when in branches)
        {
            foreach (var assignment in when.Set.IsDefault ? [] : when.Set) Use(assignment.Value is DefaultValue ? null : assignment.Value);
            foreach (var value in when.Values.IsDefault ? [] : when.Values) Use(value is DefaultValue ? null : value);
            if (!when.Matched || when.Action == "delete") continue;
            foreach (var column in new Effects(target, Assignments.Of(when.Set, target).Select(value => value.Column), when.Set).Read) Use(target.Reference(column));
        }

        var whens = ImmutableArray.CreateBuilder<CaseWhen>();
        var number = 0;
        foreach (var when in merge.Whens)
        {
            var side = Build.IsNull(target.RowId, negated: when.Matched);
            var condition = when.Condition is { } extra ? Build.And(side, extra) : side;
            whens.Add(new CaseWhen(condition, when.Action == "nothing" ? Build.Null(Build.Int4) : Build.Integer(number++)));
        }

        List<(string Name, Expr Value)> items =
        [
            (BranchColumn, new Case(null, whens.ToImmutable(), null) { Type = Build.Int4 }),
            (IdColumn, target.RowId),
            .. used.Select(column => (Name(column), (Expr)column)),
        ];
        var kind = merge.Whens.Any(when => !when.Matched) ? JoinKind.Left : JoinKind.Inner;
        var select = Build.Select([.. items.Select(item => Build.Item(item.Value, item.Name))], new Join(kind, merge.Source, target.From) { On = merge.On });
        return new RowQuery(select, items.Select(item => item.Name));
    }

    private static string Name(ColumnRef column) => $"{column.Column!.Source}.{column.Name}";

    /// <summary>What one branch does; its values are added to the loop's columns, computed only for rows that take it.</summary>
    private RowAction Branch(MergeWhen when, int number, Expr taken, TargetTable target, RowQuery rows, MergeLayer layer)
    {
        if (when.Action == "delete") return new ChangeAction(DeleteRow(target, rows.Row(IdColumn)), 1, null);
        var over = new Substitution(column => rows.Has(Name(column)) ? rows.Column(Name(column)) : null);
        if (when.Matched)
        {
            var set = Assignments.Of(when.Set, target).Select(value => (value.Column, Value: over.Expression(value.Value))).ToList();
            Assignments.RefuseNumbered(set);
            var effects = new Effects(target, set.Select(value => value.Column), when.Set);
            var all = set.ToDictionary(value => value.Column.Name, value => value.Value);
            Expr Value(string name) => all.TryGetValue(name, out var value) ? value : rows.Column($"{target.Alias}.{name}");
            foreach (var (column, value) in effects.Generated) all[column.Name] = target.Over(value, Value);
            if (!effects.IsEmpty && all.Values.Any(value => Uses.Of(value).IsVolatile)) throw VolatileTwice();
            return new ChangeAction(
                UpdateRow(target, Branched([.. set, .. effects.Generated.Select(generated => (generated.Column, all[generated.Column.Name]))], effects.Guard(Value)), rows.Row(IdColumn)), 1, null);
        }

        RefuseParts(when.Columns);
        var given = when.Values.IsDefaultOrEmpty ? [] : when.Values;
        var insert = new Insert { Table = target.Name, Relation = target.Relation, Columns = when.Columns, Overriding = when.Overriding };
        var row = new NewRow(target, insert, [.. given.Select(value => value is DefaultValue ? value : over.Expression(value))]);
        var written = row.Written().Select(column => (column, row.Value(column.Name))).ToList();
        var guard = row.Guard();
        if (row.RefusesVolatile()) throw VolatileTwice();
        return new ChangeAction(InsertRow(target, Branched(written, guard)), -1, null);

        List<(ColumnInfo, Expr)> Branched(List<(ColumnInfo Column, Expr Value)> columns, Expr? guard)
        {
            if (guard is not null) layer.Guards.Add(Build.When(taken, guard));
            var later = new List<(ColumnInfo, Expr)>();
            foreach (var (column, value) in columns)
            {
                var literal = Literals.Of(value, column.Type) is not null;
                later.Add((column, literal ? value : layer.Add($"%{number}.{column.Name}", Build.When(taken, value))));
            }

            return later;
        }
    }

    private static PgException VolatileTwice() => Unsupported("a volatile function beside a check or generated column in MERGE");
}
