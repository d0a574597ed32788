using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

internal sealed partial class SchemaDifference
{
    /// <summary>Returns the numbers of the columns that were made anew under their name, for their type.</summary>
    private HashSet<short> AlterColumns(RelationInfo old, RelationInfo relation)
    {
        var table = IrisNames.Table(relation);
        var rewritten = new HashSet<short>();
        foreach (var column in old.Columns)
            if (relation.Columns.All(kept => kept.Number != column.Number))
                Add(Phase.Columns, $"ALTER TABLE {table} DROP COLUMN {IrisNames.Column(column)}");
        foreach (var column in relation.Columns)
        {
            var known = old.Columns.FirstOrDefault(candidate => candidate.Number == column.Number);
            if (known is null)
            {
                AddColumn(relation, column);
                continue;
            }

            if (IrisNames.Column(known) != IrisNames.Column(column))
                Add(Phase.Columns, $"ALTER TABLE {table} ALTER COLUMN {IrisNames.Column(known)} RENAME {IrisNames.Column(column)}");
            if (IrisDefaults.IsNumbered(known) != IrisDefaults.IsNumbered(column))
                throw DdlRefusals.Unsupported($"making column \"{column.Name}\" serial or no longer so");
            var from = known;
            if (!IrisDefaults.IsNumbered(column) && (known.Type != column.Type || Using(relation, column) is not null) && AlterType(old, relation, known, column))
            {
                rewritten.Add(column.Number);
                from = known with { NotNull = false, Default = null };
            }

            if (!from.NotNull && column.NotNull && ReferenceEquals(from, known) && context.Rows is { } rows) Add(Phase.Columns, rows.RefuseNull(relation, column, isNew: false));
            AlterRest(table, from, column);
        }

        return rewritten;
    }

    private void AddColumn(RelationInfo relation, ColumnInfo column)
    {
        if (IrisDefaults.IsNumbered(column)) throw DdlRefusals.Unsupported("adding a serial or identity column to a table");
        var table = IrisNames.Table(relation);
        var bare = column with { NotNull = false, Default = null, Generated = null };
        var filled = column.Default is not null || column.Generated is not null;
        if (!filled && !column.NotNull)
        {
            Add(Phase.Columns, $"ALTER TABLE {table} ADD COLUMN ({TableText.Column(column, context)})");
            return;
        }

        if (!filled && context.Rows is { } there) Add(Phase.Columns, there.RefuseNull(relation with { Columns = relation.Columns.Remove(column) }, column, isNew: true));

        // Rows that are there already get the default, computed here, before the column may refuse NULL.
        Add(Phase.Columns, $"ALTER TABLE {table} ADD COLUMN ({TableText.Column(bare, context)})");
        if (filled && context.Rows is { } rows) Add(Phase.Columns, rows.Fill(relation, column));
        AlterRest(table, bare, column);
    }

    private void AlterRest(string table, ColumnInfo from, ColumnInfo to)
    {
        var name = IrisNames.Column(to);
        var (was, @is) = (IrisDefaults.Clause(from), IrisDefaults.Clause(to));
        if (was is not null && @is is null) Add(Phase.Columns, $"ALTER TABLE {table} ALTER COLUMN {name} DROP DEFAULT");
        if (from.NotNull != to.NotNull && !IrisDefaults.IsNumbered(to)) Add(Phase.Columns, $"ALTER TABLE {table} ALTER COLUMN {name} {(to.NotNull ? "NOT NULL" : "NULL")}");
        if (@is is not null && was != @is) Add(Phase.Columns, $"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT ({@is})");
    }

    /// <summary>Returns whether the column had to be made anew.</summary>
    private bool AlterType(RelationInfo old, RelationInfo relation, ColumnInfo from, ColumnInfo to)
    {
        var conversion = Using(relation, to);
        if (conversion is null && StoredForms.IsSame(from.Type, to.Type))
        {
            if (DdlNames.Type(from) != DdlNames.Type(to))
            {
                // The collation may go with the old type, and is an action of its own.
                var type = DdlNames.Type(to).Split(" COLLATE ");
                var column = $"ALTER TABLE {IrisNames.Table(relation)} ALTER COLUMN {IrisNames.Column(to)} ";
                Add(Phase.Columns, column + type[0]);
                if (type.Length > 1) Add(Phase.Columns, $"{column}COLLATE {type[1]}");
            }

            return false;
        }

        // IRIS would change the declaration and leave the values as they are.
        var table = IrisNames.Table(relation);
        var made = to with { Remote = new RemoteColumn(FreeName(relation, old)), NotNull = false, Default = null, Generated = null, Comment = null };
        Add(Phase.Columns, $"ALTER TABLE {table} ADD COLUMN ({TableText.Column(made, context)})");
        if (context.Rows is { } rows) Add(Phase.Columns, rows.Convert(relation, from, made, conversion));
        Add(Phase.Columns, $"ALTER TABLE {table} DROP COLUMN {IrisNames.Column(to)}");
        Add(Phase.Columns, $"ALTER TABLE {table} ALTER COLUMN {IrisNames.Column(made)} RENAME {IrisNames.Column(to)}");
        return true;
    }

    private Expr? Using(RelationInfo table, ColumnInfo column) =>
        Actions(table).OfType<AlterColumnType>().FirstOrDefault(action => action.Column == column.Name)?.Using;

    /// <summary>What the statement does to this table.</summary>
    private IEnumerable<AlterAction> Actions(RelationInfo table) =>
        context.Statement is AlterTable alter && context.Before.Resolve(alter.Name.Schema, alter.Name.Last, context.SearchPath)?.Oid == table.Oid ? alter.Actions : [];

    private static string FreeName(RelationInfo table, RelationInfo old)
    {
        var taken = table.Columns.Concat(old.Columns).Select(IrisNames.Column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, int.MaxValue).Select(i => $"new{i}").First(name => !taken.Contains($"\"{name}\""));
    }
}
