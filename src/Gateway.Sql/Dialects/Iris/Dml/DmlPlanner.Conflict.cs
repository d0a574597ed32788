using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    private const string Excluded = "excluded";

    /// <summary>For each new row: the row in conflict is looked up by its key; then it is inserted, or that one changed.</summary>
    /// <param name="given">A column's value in the new row; null where the INSERT leaves it out.</param>
    private ForEachStep Upsert(Insert insert, OnConflict conflict, TargetTable target, RowQuery rows, CommandStep command, Func<string, Expr?> given)
    {
        Expr? match = null;
        var keys = ConflictKeys.Of(conflict, target.Relation);
        foreach (var key in keys)
        {
            // A number that IRIS chooses is new, and NULL is like nothing.
            if (key.Any(name => given(name) is null && (IrisDefaults.IsNumbered(target.Column(name)) || (target.Column(name).Default is null && target.Relation.Remote is not { Foreign: true })))) continue;
            Expr? same = null;
            foreach (var name in key)
            {
                var equal = Build.Equal(target.Reference(target.Column(name)), given(name) ?? target.DefaultOf(name, "ON CONFLICT on"));
                same = same is null ? equal : Build.And(same, equal);
            }

            match = match is null ? same : Build.Or(match, same!);
        }

        var returning = ReturningOf(insert, target, rows);
        AttachWith(insert, rows);
        if (match is null) return ForEach(rows, new ChangeAction(command, -1, returning));
        if (!conflict.DoUpdate)
        {
            var found = Build.Select([Build.Item(target.RowId, IdColumn), Build.Item(new BooleanLiteral(false) { Type = Build.Bool }, "%do")], target.From, match);
            return ForEach(rows, new UpsertAction(query(keys.Length > 1 ? found with { Limit = One } : found), command, null, returning));
        }

        var (existing, update) = Existing(conflict, target, match, given);
        return ForEach(rows, new UpsertAction(existing, command, update, returning));
    }

    private static Expr One { get; } = new NumberLiteral("1") { Type = RowId.Type };

    /// <summary>The row in conflict with its new values, and the command that writes them.</summary>
    private (RowSource Rows, CommandStep Update) Existing(OnConflict conflict, TargetTable target, Expr match, Func<string, Expr?> given)
    {
        var excluded = new Substitution(column => column.Column!.Source == Excluded
            ? given(column.Name) ?? target.DefaultOf(column.Name, "EXCLUDED of")
            : null);
        var set = Assignments.Of(conflict.Set, target)
            .Where(value => !(value.Value is ColumnRef { Column: { Source: Excluded } same } && same.Name == value.Column.Name && IrisDefaults.IsNumbered(value.Column) && IsKey(value.Column)))
            .Select(value => (value.Column, Value: excluded.Expression(value.Value))).ToList();
        Assignments.RefuseNumbered(set);
        var effects = new Effects(target, set.Select(value => value.Column), conflict.Set);
        foreach (var (_, value) in set)
            if (TableUse.Reads(value, target.Relation)) throw Unsupported("a subquery in DO UPDATE that reads the same table");

        var items = new List<(string Name, Expr Value)> { (IdColumn, target.RowId) };
        items.AddRange(set.Select(value => (value.Column.Name, value.Value)));
        items.AddRange(effects.Read.Select(column => (column.Name, (Expr)target.Reference(column))));
        items.Add(("%do", conflict.Where is { } where ? Build.IsTrue(excluded.Expression(where)) : Build.True));
        var found = new RowQuery(Build.Select([.. items.Select(item => Build.Item(item.Value, item.Name))], target.From, match), items.Select(item => item.Name));
        found.Add([.. effects.Generated.Select(generated => (generated.Column.Name, target.Over(generated.Value, found.Column)))]);

        // Checks apply only to a row that is written.
        var doUpdate = effects.Guard(found.Column) is Case guard
            ? Build.When(found.Column("%do"), guard with { Else = Build.True }, new BooleanLiteral(false) { Type = Build.Bool })
            : found.Column("%do");
        var written = set.Select(value => value.Column).Concat(effects.Generated.Select(generated => generated.Column)).ToList();
        List<(string Name, Expr Value)> result = [(IdColumn, found.Column(IdColumn)), .. written.Select(column => (column.Name, found.Column(column.Name))), ("%do", doUpdate)];
        var source = effects.IsEmpty && effects.Read.IsEmpty ? found.Query : found.Layer(result);
        if (written.Count == 0) throw Unsupported("ON CONFLICT DO UPDATE that sets nothing but the key");

        var inputs = written.Select((column, i) => (column, (Expr)new InputRef(new Input(InputKind.Existing, i + 1, column.Type)) { Type = column.Type })).ToList();
        return (query(source), UpdateRow(target, inputs, new InputRef(new Input(InputKind.Existing, 0, RowId.Type)) { Type = RowId.Type }));

        bool IsKey(ColumnInfo column) => ConflictKeys.Of(conflict, target.Relation).Any(key => key.Contains(column.Name));
    }
}
