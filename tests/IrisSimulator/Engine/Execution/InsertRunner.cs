using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>INSERT and INSERT OR UPDATE (sections 3.1 and 3.2).</summary>
internal sealed class InsertRunner(Session session, IReadOnlyList<Argument>? arguments)
{
    private readonly RowWriter _writer = new(session);
    private readonly Defaults _defaults = new(session);
    private bool _check = true;
    private Views? _view;

    /// <summary>Finds what Prepare finds: names, and how many values there are.</summary>
    public void Describe(Insert insert)
    {
        var (table, columns) = Columns(insert);
        if (insert.Source is QuerySource query) new QueryRunner(session, arguments).Describe(query.Query);
        else if (insert.Source is ValuesSource values) Terms(values, columns, table);
    }

    private (TableDef Table, List<ColumnDef> Columns) Columns(Insert insert)
    {
        if (insert.Target is not TableTarget target) throw Fail.NotSimulated("INSERT into a subquery");
        _view = Views.Open(session, target.Table);
        var (table, names) = (_view.Table, _view.Targets(insert.Columns));
        return (table, names.Count > 0 ? Named(table, names)
            : insert.Source is DefaultValuesSource ? [] : table.Columns.Where(c => !c.Identity && !c.RowVersion && !c.Private).ToList());
    }

    public Outcome Run(Insert insert)
    {
        var (table, columns) = Columns(insert);
        _check = !insert.Keywords.Contains("%NOCHECK");
        var count = 0;
        foreach (var (values, types) in Rows(insert.Source, columns, table))
        {
            Store(table, columns, values, types, insert.OrUpdate);
            count++;
        }
        return Outcome.Count(count);
    }

    private List<ColumnDef> Named(TableDef table, IReadOnlyList<Name> names)
    {
        var columns = new List<ColumnDef>();
        foreach (var name in names)
        {
            if (table.Find(name) is not { } column)
                throw name.Text.Equals(table.RowIdName, StringComparison.OrdinalIgnoreCase)
                    ? Fail.With(-111, $"The RowID '{name}' of table '{table.FullName}' cannot be inserted")
                    : Fail.With(-29, $"Field '{name}' not found in the applicable tables");
            if (columns.Contains(column)) throw Fail.With(-377, $"Field '{name}' appears more than once in the list");
            if (column.RowVersion) throw Fail.With(-138, $"Field '{table.FullName}.{column.Name}' is read-only");
            if (column.Identity && !table.IdentityInsert && !session.IdentityInsert)
                throw Fail.With(-111, $"Cannot INSERT the system-generated field '{table.FullName}.{column.Name}'");
            columns.Add(column);
        }
        return columns;
    }

    private IEnumerable<(object?[] Values, IrisType[] Types)> Rows(InsertSource source, List<ColumnDef> columns, TableDef table)
    {
        switch (source)
        {
            case DefaultValuesSource:
                return [([], [])];
            case ValuesSource values:
                var (translator, terms) = Terms(values, columns, table);
                IrisType[] types = [.. terms.Select(t => t.Type)];
                if (terms.All(t => t.Constant)) return [([.. terms.Select(t => t.Value)], types)];
                return [(session.Database.Sqlite.Query("SELECT " + string.Join(',', terms.Select(t => t.Sql)), translator.Bindings)[0], types)];
            case QuerySource query:
                var (rows, relation) = new QueryRunner(session, arguments).Rows(query.Query);
                if (relation.Columns.Count != columns.Count)
                    throw Fail.With(-64, $"INSERT into '{table.FullName}': {relation.Columns.Count} selected columns for {columns.Count} fields");
                return rows.Select(r => (r, relation.Columns.Select(c => c.Type).ToArray()));
            default: throw Fail.NotSimulated(source.GetType().Name);
        }
    }

    private (Translator, List<Term>) Terms(ValuesSource values, List<ColumnDef> columns, TableDef table)
    {
        var (given, wanted) = (values.Values.Count, columns.Count);
        if (given < wanted) throw Fail.With(-62, $"INSERT into '{table.FullName}': {given} values for {wanted} fields");
        if (given > wanted) throw Fail.With(-116, $"INSERT into '{table.FullName}': {given} values for {wanted} fields");
        if (values.Values.Any(v => v is ScalarSubquery)) throw Fail.With(-144, "A subquery is not allowed as a value");
        var translator = new Translator(session, arguments);
        var scope = new Scope(null) { Clause = Clause.Values };
        return (translator, values.Values.Select(v => translator.Translate(v, scope)).ToList());
    }

    private void Store(TableDef table, List<ColumnDef> columns, object?[] values, IrisType[] types, bool orUpdate)
    {
        var stored = RowWriter.Stored(table);
        var row = new object?[stored.Count];
        var given = new bool[stored.Count];
        long? identity = null;
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            if (column.Identity)
            {
                identity = (long?)Validation.Stored(table, column, values[i], types[i], -104);
                continue;
            }
            var at = stored.IndexOf(column);
            given[at] = true;
            row[at] = column.Serial || column.AutoIncrement ? Next(column, values[i], types[i])
                : Validation.Stored(table, column, values[i], types[i], -104);
        }
        for (var at = 0; at < row.Length; at++)
        {
            var column = stored[at];
            if (column.RowVersion) row[at] = ++session.Database.RowVersion;
            else if (!given[at] && (column.Serial || column.AutoIncrement)) row[at] = Next(column, null, IrisType.Null);
            else if (!given[at] || row[at] is null && column.NotNull && column.Default is not null) row[at] = _defaults.ValueOf(table, column);
        }
        if (orUpdate && _check && _writer.Collision(table, identity ?? 0, row) is { } collision)
        {
            var before = _writer.Read(table, collision.Id)!;
            var after = (object?[])before.Clone();
            for (var at = 0; at < row.Length; at++)
                if (given[at] || stored[at].RowVersion) after[at] = row[at];
            Required(table, after);
            _writer.Update(table, collision.Id, before, after);
            return;
        }
        Required(table, row);
        // The counter moves even when the row is refused or taken back.
        var id = identity ?? table.NextRowId;
        table.NextRowId = Math.Max(table.NextRowId, id + 1);
        if (identity is not null && _writer.Read(table, id) is not null)
            throw Fail.With(-119, $"{table.FullName}:IDKEY not unique");
        _writer.Insert(table, id, row, _check);
        _view!.CheckWritten(session, id, -136);
    }

    public static void Required(TableDef table, object?[] row)
    {
        var stored = RowWriter.Stored(table);
        for (var at = 0; at < row.Length; at++)
            if (row[at] is null && stored[at].NotNull)
                throw Fail.With(-108, $"'{stored[at].Name}' in table '{table.FullName}' is required");
    }

    /// <summary>0, NULL and what is no number ask for the next value; a positive number is taken and moves the counter.</summary>
    private static object Next(ColumnDef column, object? value, IrisType type)
    {
        var number = value is null ? 0 : type.IsNumber ? Conversions.Number(value, type) : Numbers.Whole(Conversions.Text(value, type)) ?? 0;
        if (number <= 0) return column.Counter++;
        var wanted = Numbers.Whole64(number);
        column.Counter = Math.Max(column.Counter, wanted + 1);
        return wanted;
    }
}
