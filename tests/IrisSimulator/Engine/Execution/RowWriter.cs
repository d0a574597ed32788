using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>One row in, changed or out: locks, uniqueness, references, and the way back.</summary>
internal sealed class RowWriter(Session session)
{
    private Database Database => session.Database;

    /// <summary>Rows hold the values of the stored columns in this order; the RowID is apart.</summary>
    public static List<ColumnDef> Stored(TableDef table) => table.Columns.Where(c => !c.Identity).ToList();

    private static string[] Physicals(TableDef table) =>
        table.Temporary ? ["owner", .. Stored(table).Select(c => c.Physical)] : [.. Stored(table).Select(c => c.Physical)];

    private object?[] Physical(TableDef table, object?[] values) => table.Temporary ? [session.Job, .. values] : values;

    public object?[]? Read(TableDef table, long id)
    {
        var columns = Stored(table);
        var list = columns.Count == 0 ? "1" : string.Join(',', columns.Select(c => c.Physical));
        var row = Database.Sqlite.Query($"SELECT {list} FROM {table.Physical} WHERE id={id}", []).FirstOrDefault();
        return columns.Count == 0 && row is not null ? [] : row;
    }

    public void Insert(TableDef table, long id, object?[] values, bool check = true)
    {
        LockWhole(table);
        if (check) Unique(table, id, values, -119);
        var columns = Physicals(table);
        Database.Sqlite.Run(RowText.Insert(table, id, columns), Physical(table, values));
        session.Record(new Undo(table, id, columns, null, false));
        Database.Locks.Take(table, id, session);
        if (check) References(table, id, values, null, -121);
        session.LastIdentity = id;
    }

    public void Update(TableDef table, long id, object?[] before, object?[] after, bool check = true)
    {
        Lock(table, id, "UPDATE");
        if (check) Unique(table, id, after, -120);
        var columns = Physicals(table);
        if (columns.Length > 0)
            Database.Sqlite.Run(RowText.Update(table, id, columns), Physical(table, after));
        session.Record(new Undo(table, id, columns, Physical(table, before), false));
        if (check)
        {
            References(table, id, after, before, -122);
            Referenced(table, id, before, after);
        }
        session.LastIdentity = id;
    }

    public void Delete(TableDef table, long id, object?[] row, bool check = true)
    {
        Lock(table, id, "DELETE");
        Database.Sqlite.Run($"DELETE FROM {table.Physical} WHERE id={id}");
        session.Record(new Undo(table, id, Physicals(table), Physical(table, row), true));
        if (check) Referenced(table, id, row, null);
        session.LastIdentity = id;
    }

    private void LockWhole(TableDef table)
    {
        if (Database.Locks.TableOwner(table, session) is not null)
            throw new LockConflict($"Unable to acquire lock for INSERT of table '{table.FullName}'");
    }

    private void Lock(TableDef table, long id, string what)
    {
        if (Database.Locks.OwnerOf(table, id, session) is not null || Database.Locks.TableOwner(table, session) is not null)
            throw new LockConflict($"Unable to acquire lock for {what} of table '{table.FullName}' on row with RowID = '{id}'");
        Database.Locks.Take(table, id, session);
    }

    private static object? ValueOf(TableDef table, ColumnDef column, long id, object?[] values) =>
        column.Identity ? id : values[Stored(table).IndexOf(column)];

    /// <summary>Rows of <paramref name="table"/> whose columns equal the values, by the columns' collations.</summary>
    private List<long> Find(TableDef table, IReadOnlyList<ColumnDef> columns, IReadOnlyList<object?> values)
    {
        var where = columns.Select((c, i) => $"{RowText.Collated(c)}=:p{i + 1}");
        var owner = table.Temporary ? $" AND owner={session.Job}" : "";
        return Database.Sqlite.Query($"SELECT id FROM {table.Physical} WHERE {string.Join(" AND ", where)}{owner}", values).Select(r => (long)r[0]!).ToList();
    }

    /// <summary>Values of one key in the types of the key they are compared with. What does not fit there matches nothing.</summary>
    private static List<object?> Carried(IReadOnlyList<ColumnDef> from, IReadOnlyList<ColumnDef> to, IEnumerable<object?> values) =>
        [.. values.Select((v, i) => from[i].Type.Kind == to[i].Type.Kind ? v : Assignment.TryStore(v, from[i].Type, to[i].Type, out var stored) ? stored : "\0")];

    /// <summary>A row with the same key, or null. A key with a NULL in it collides with none.</summary>
    public (KeyDef Key, long Id)? Collision(TableDef table, long id, object?[] values)
    {
        foreach (var key in table.Keys)
        {
            var wanted = key.Columns.Select(c => ValueOf(table, c, id, values)).ToList();
            if (wanted.Contains(null)) continue;
            var other = Find(table, key.Columns, wanted).FirstOrDefault(found => found != id);
            if (other != 0) return (key, other);
        }
        return null;
    }

    private void Unique(TableDef table, long id, object?[] values, int code)
    {
        if (Collision(table, id, values) is not { } collision) return;
        if (Database.Locks.OwnerOf(table, collision.Id, session) is not null)
            throw new LockConflict($"Unable to acquire lock for unique check of table '{table.FullName}' on row with RowID = '{collision.Id}'");
        throw Fail.With(code, $"{table.FullName}:{collision.Key.Name} not unique");
    }

    private void References(TableDef table, long id, object?[] values, object?[]? before, int code)
    {
        foreach (var key in table.ForeignKeys.Where(f => !f.NoCheck))
        {
            var wanted = Carried(key.Columns, key.TargetColumns, key.Columns.Select(c => ValueOf(table, c, id, values)));
            if (wanted.Contains(null)) continue;
            if (before is not null && key.Columns.All(c => Equals(ValueOf(table, c, id, values), ValueOf(table, c, id, before)))) continue;
            if (Find(key.Target, key.TargetColumns, wanted).Count == 0)
                throw Fail.With(code, $"At least one foreign key of '{table.FullName}' failed: constraint '{key.Name}', field(s) "
                    + $"'{string.Join(',', key.Columns.Select(c => c.Name))}' failed referential integrity check");
        }
    }

    /// <summary>Rows that refer to one that goes (after is null) or changes its key.</summary>
    private void Referenced(TableDef table, long id, object?[] before, object?[]? after)
    {
        foreach (var key in Database.Catalog.ReferencesTo(table).Where(f => !f.NoCheck).ToList())
        {
            var old = key.TargetColumns.Select(c => ValueOf(table, c, id, before)).ToList();
            if (old.Contains(null)) continue;
            var next = after is null ? null : key.TargetColumns.Select(c => ValueOf(table, c, id, after)).ToList();
            if (next is not null && old.SequenceEqual(next)) continue;
            var action = next is null ? key.OnDelete : key.OnUpdate;
            foreach (var child in Find(key.Table, key.Columns, Carried(key.TargetColumns, key.Columns, old)))
            {
                if (action == ReferentialAction.NoAction)
                    throw Fail.With(next is null ? -124 : -123, $"At least 1 Row exists in table '{key.Table.FullName}' which references key {key.Name}"
                        + $" - Foreign Key Constraint '{key.Name}' (Field '{key.Columns[0].Name}') failed on referential action of NO ACTION");
                Follow(key, child, action, next);
            }
        }
    }

    private void Follow(ForeignKeyDef key, long child, ReferentialAction action, IReadOnlyList<object?>? next)
    {
        if (Read(key.Table, child) is not { } row) return;
        if (action == ReferentialAction.Cascade && next is null)
        {
            Delete(key.Table, child, row);
            return;
        }
        var changed = (object?[])row.Clone();
        for (var i = 0; i < key.Columns.Count; i++)
        {
            var column = key.Columns[i];
            var value = action switch
            {
                ReferentialAction.Cascade => Validation.Stored(key.Table, column, next![i], key.TargetColumns[i].Type, -105),
                ReferentialAction.SetDefault => new Defaults(session).ValueOf(key.Table, column),
                _ => null,
            };
            if (value is null && column.NotNull) throw Fail.With(-108, $"'{column.Name}' in table '{key.Table.FullName}' is required");
            changed[Stored(key.Table).IndexOf(column)] = value;
        }
        Update(key.Table, child, row, changed);
    }
}
