using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>ALTER TABLE (section 4.2).</summary>
internal sealed class AlterRunner(Session session)
{
    private Catalog Catalog => session.Database.Catalog;
    private SqliteHost Sqlite => session.Database.Sqlite;

    public Outcome Run(AlterTable alter)
    {
        if (Catalog.Find(alter.Table) is ViewDef) throw Catalog.Missing(alter.Table);
        var table = Catalog.Table(alter.Table);
        if (table.System is not null) throw Fail.With(-300, $"DDL is not allowed on '{table.FullName}'");
        if (session.Database.Locks.AnyRowOf(table, session)) throw new LockConflict($"Unable to acquire lock for ALTER of table '{table.FullName}'");
        switch (alter.Action)
        {
            case AddColumns add: Add(table, add.Columns); break;
            case AddConstraint add: Add(table, add.Constraint); break;
            case SetDefault set: Column(table, set.Column).Default = set.Default; break;
            case SetType set: SetType(table, Column(table, set.Column), set.Type); break;
            case SetNullability set: SetNotNull(table, Column(table, set.Column), set.NotNull); break;
            case SetCollation set:
                var collated = Column(table, set.Column);
                collated.Order = TableRunner.OrderOf(set.Collation, collated.Type, collated.Order);
                break;
            case RenameColumn rename:
                var renamed = Column(table, rename.Column);
                if (table.Find(rename.NewName) is { } other && other != renamed)
                    throw Fail.With(-306, $"Column '{rename.NewName}' already exists in table '{table.FullName}'");
                renamed.Name = rename.NewName.Text;
                break;
            case ModifyColumns modify:
                foreach (var change in modify.Changes) Modify(table, change);
                break;
            case DropColumns drop: Drop(table, drop); break;
            case DropConstraint drop: Drop(table, drop); break;
            case RenameTable rename:
                if (Catalog.Find(new QualifiedName(new Name(table.Schema), rename.NewName)) is not null)
                    throw Fail.With(-201, $"Table or view '{table.Schema}.{rename.NewName}' already exists");
                Catalog.Rename(table, rename.NewName.Text);
                break;
            default: throw Fail.NotSimulated(alter.Action.GetType().Name);
        }
        return Outcome.Done;
    }

    private static ColumnDef Column(TableDef table, Name name) => table.Find(name)
        ?? throw Fail.With(-31, $"Field '{name}' not found in table '{table.FullName}'");

    private bool HasRows(TableDef table) => Sqlite.Query($"SELECT 1 FROM {table.Physical} LIMIT 1", []).Count > 0;

    private void Add(TableDef table, IReadOnlyList<ColumnDefinition> definitions)
    {
        if (HasRows(table) && definitions.FirstOrDefault(d => (d.NotNull == true || d.PrimaryKey) && d.Default is null) is { } required)
            throw Fail.With(-304, $"NOT NULL field '{required.Name}' without a default cannot be added to '{table.FullName}', which has rows");
        var (before, keys, foreign) = (table.Columns.Count, table.Keys.Count, table.ForeignKeys.Count);
        try
        {
            foreach (var definition in definitions)
            {
                if (definition.Identity && HasRows(table)) throw Fail.NotSimulated("an IDENTITY field added to rows");
                TableRunner.AddColumn(table, definition);
            }
            foreach (var definition in definitions) new Constraints(session, table).Of(definition);
        }
        catch
        {
            table.Columns.RemoveRange(before, table.Columns.Count - before);
            table.Keys.RemoveRange(keys, table.Keys.Count - keys);
            table.ForeignKeys.RemoveRange(foreign, table.ForeignKeys.Count - foreign);
            throw;
        }
        foreach (var column in table.Columns[before..].Where(c => !c.Identity))
        {
            Sqlite.Run($"ALTER TABLE {table.Physical} ADD COLUMN {column.Physical}");
            if (column.Default is not null) Sqlite.Run($"UPDATE {table.Physical} SET {column.Physical}=:p1", new Defaults(session).ValueOf(table, column));
        }
    }

    private void Add(TableDef table, TableConstraint constraint)
    {
        new Constraints(session, table).Add(constraint);
        try
        {
            if (constraint is ForeignKeyConstraint) CheckReferences(table, table.ForeignKeys[^1]);
            else CheckKey(table, table.Keys[^1]);
        }
        catch
        {
            if (constraint is ForeignKeyConstraint) table.ForeignKeys.RemoveAt(table.ForeignKeys.Count - 1);
            else table.Keys.RemoveAt(table.Keys.Count - 1);
            throw;
        }
        if (constraint is PrimaryKeyConstraint) foreach (var column in table.Keys[^1].Columns) column.NotNull = true;
    }

    public void CheckKey(TableDef table, KeyDef key)
    {
        if (key.Primary && key.Columns.Any(c => Sqlite.Query($"SELECT 1 FROM {table.Physical} WHERE {c.Physical} IS NULL LIMIT 1", []).Count > 0))
            throw Fail.With(-305, $"Rows of '{table.FullName}' have NULL in the primary key");
        var list = string.Join(',', key.Columns.Select(RowText.Collated));
        var present = string.Join(" AND ", key.Columns.Select(c => c.Physical + " IS NOT NULL"));
        if (Sqlite.Query($"SELECT 1 FROM {table.Physical} WHERE {present} GROUP BY {list} HAVING count(*)>1 LIMIT 1", []).Count > 0)
            throw Fail.With(-125, $"Rows of '{table.FullName}' violate the uniqueness of '{key.Name}'");
    }

    private void CheckReferences(TableDef table, ForeignKeyDef key)
    {
        if (key.NoCheck) return;
        var match = string.Join(" AND ", key.Columns.Zip(key.TargetColumns, (c, t) => $"q.{RowText.Collated(t)}=p.{c.Physical}"));
        var present = string.Join(" AND ", key.Columns.Select(c => $"p.{c.Physical} IS NOT NULL"));
        var found = $"EXISTS (SELECT 1 FROM {key.Target.Physical} q WHERE {match})";
        if (Sqlite.Query($"SELECT 1 FROM {table.Physical} p WHERE {present} AND NOT {found} LIMIT 1", []).Count > 0)
            throw Fail.With(-127, $"Rows of '{table.FullName}' violate the foreign key '{key.Name}'");
    }

    private void SetType(TableDef table, ColumnDef column, DataType spelled)
    {
        var (type, order) = TypeNames.Column(spelled);
        if (column.Identity) throw Fail.With(-300, $"The type of the RowID '{column.Name}' cannot change");
        if (type.IsStream != column.Type.IsStream && HasRows(table))
            throw Fail.With(-374, $"Field '{column.Name}' cannot become or cease to be a stream while there are rows");
        var changed = new ColumnDef { Name = column.Name, Physical = column.Physical, Type = type };
        var rows = Sqlite.Query($"SELECT id, {column.Physical} FROM {table.Physical} WHERE {column.Physical} IS NOT NULL", []);
        var stored = rows.Select(r => (Id: r[0], Value: Validation.Stored(table, changed, r[1], column.Type, -104))).ToList();
        foreach (var (id, value) in stored) Sqlite.Run($"UPDATE {table.Physical} SET {column.Physical}=:p1 WHERE id=:p2", value, id);
        if (column.Type.Kind != type.Kind) column.Order = order;
        column.Type = type;
    }

    private void SetNotNull(TableDef table, ColumnDef column, bool notNull)
    {
        if (notNull && Sqlite.Query($"SELECT 1 FROM {table.Physical} WHERE {column.Physical} IS NULL LIMIT 1", []).Count > 0)
            throw Fail.With(-305, $"Field '{column.Name}' of '{table.FullName}' has NULL in some rows");
        if (!notNull && table.PrimaryKey?.Columns.Contains(column) == true)
            throw Fail.With(-300, $"Field '{column.Name}' belongs to the primary key");
        column.NotNull = notNull;
    }

    private void Modify(TableDef table, ColumnChange change)
    {
        var column = Column(table, change.Column);
        if (change.Type is not null) SetType(table, column, change.Type);
        if (change.Default is not null) column.Default = change.Default;
        if (change.NotNull is { } notNull) SetNotNull(table, column, notNull);
    }

    private void Drop(TableDef table, DropColumns drop)
    {
        var columns = drop.Columns.Select(n => Column(table, n)).ToList();
        foreach (var column in columns)
        {
            if (column.Identity) throw Fail.With(-300, $"The RowID '{column.Name}' cannot be dropped");
            if (Catalog.ReferencesTo(table).Any(f => f.TargetColumns.Contains(column)) || table.ForeignKeys.Any(f => f.Columns.Contains(column)))
                throw Fail.With(-317, $"Field '{column.Name}' is used by a foreign key");
            if (table.Indexes.Any(i => i.Columns.Contains(column) || i.Data.Contains(column)) || table.Keys.Any(k => k.Columns.Contains(column)))
                throw Fail.With(-322, $"Field '{column.Name}' is used by an index");
        }
        // The place in SQLite stays, unnamed: undoing an older change still finds it.
        table.Columns.RemoveAll(columns.Contains);
    }

    private void Drop(TableDef table, DropConstraint drop)
    {
        if (drop.Kind != DroppedConstraint.PrimaryKey && table.ForeignKeys.FirstOrDefault(f => Same(f.Name, drop.Name)) is { } foreign)
        {
            table.ForeignKeys.Remove(foreign);
            return;
        }
        var key = drop.Kind switch
        {
            DroppedConstraint.PrimaryKey => table.PrimaryKey,
            DroppedConstraint.Named => table.Keys.FirstOrDefault(k => Same(k.Name, drop.Name)),
            _ => null,
        };
        if (key is null) throw Fail.With(-315, $"Constraint or key '{drop.Name}' not found on table '{table.FullName}'");
        if (Catalog.ReferencesTo(table).Any(f => f.TargetColumns.Count == key.Columns.Count && f.TargetColumns.All(key.Columns.Contains)))
            throw Fail.With(-317, $"Constraint '{key.Name}' is used by a foreign key");
        table.Keys.Remove(key);

        static bool Same(string a, Name? b) => string.Equals(a, b?.Text, StringComparison.OrdinalIgnoreCase);
    }
}
