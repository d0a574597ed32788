using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>UPDATE [FROM] and DELETE [FROM] (sections 3.3 and 3.4): the rows are found first and changed one by one.</summary>
internal sealed class UpdateRunner(Session session, IReadOnlyList<Argument>? arguments)
{
    private readonly RowWriter _writer = new(session);
    private readonly Translator _translator = new(session, arguments);

    private bool _onlyDescribe;

    /// <summary>Finds what Prepare finds.</summary>
    public void Describe(Update update) { _onlyDescribe = true; Run(update); }
    public void Describe(Delete delete) { _onlyDescribe = true; Run(delete); }

    public Outcome Run(Update update)
    {
        var view = Views.Open(session, update.Table);
        var table = view.Table;
        var scope = new Scope(null);
        var from = From(table, update.Table, update.Alias, update.From, scope, view);
        var columns = update.Columns.Count > 0 ? update.Columns.Select(view.Base).Select(n => Find(table, n)).ToList()
            : table.Columns.Where(c => !c.Identity && !c.RowVersion && !c.Private).ToList();
        if (columns.Distinct().Count() != columns.Count) throw Fail.With(-377, "A field appears more than once in the list");
        if (update.Values.Count < columns.Count) throw Fail.With(-62, $"{update.Values.Count} values for {columns.Count} fields");
        if (update.Values.Count > columns.Count) throw Fail.With(-116, $"{update.Values.Count} values for {columns.Count} fields");
        foreach (var column in columns) Writable(table, column);

        scope.Clause = Clause.Where;
        var terms = update.Values.Select(v => _translator.Translate(v, scope)).ToList();
        var rows = Find(from, update.Where, scope, view, terms);
        var stored = RowWriter.Stored(table);
        foreach (var row in rows)
        {
            var id = (long)row[0]!;
            if (_writer.Read(table, id) is not { } before) continue;
            var after = (object?[])before.Clone();
            for (var i = 0; i < columns.Count; i++)
                after[stored.IndexOf(columns[i])] = Value(table, columns[i], row[i + 1], terms[i].Type);
            for (var at = 0; at < after.Length; at++)
                if (stored[at].RowVersion) after[at] = ++session.Database.RowVersion;
                else if (stored[at].OnUpdate is { } spec && !columns.Contains(stored[at])) after[at] = new Defaults(session).Evaluate(table, stored[at], spec);
            InsertRunner.Required(table, after);
            _writer.Update(table, id, before, after, !update.Keywords.Contains("%NOCHECK"));
            view.CheckWritten(session, id, -137);
        }
        return Outcome.Count(rows.Count);
    }

    private static object? Value(TableDef table, ColumnDef column, object? value, IrisType type)
    {
        if (column.Serial && value is not null)
            throw Fail.With(-105, $"Field '{table.FullName}.{column.Name}' (value '{Conversions.Odbc(value, type)}') failed validation");
        return Validation.Stored(table, column, value, type, -105);
    }

    private static ColumnDef Find(TableDef table, Name name) => table.Find(name)
        ?? throw (name.Text.Equals(table.RowIdName, StringComparison.OrdinalIgnoreCase)
            ? Fail.With(-107, $"The RowID of table '{table.FullName}' cannot be updated")
            : Fail.With(-29, $"Field '{name}' not found in the applicable tables"));

    private static void Writable(TableDef table, ColumnDef column)
    {
        if (column.Identity) throw Fail.With(-107, $"Cannot UPDATE the RowID or IDENTITY field '{table.FullName}.{column.Name}'");
        if (column.RowVersion) throw Fail.With(-138, $"Field '{table.FullName}.{column.Name}' is read-only");
    }

    public Outcome Run(Delete delete)
    {
        var view = Views.Open(session, delete.Table);
        var table = view.Table;
        var scope = new Scope(null);
        var from = From(table, delete.Table, delete.Alias, delete.From, scope, view);
        scope.Clause = Clause.Where;
        var count = 0;
        foreach (var row in Find(from, delete.Where, scope, view, []))
        {
            // A cascade of an earlier row may have taken this one.
            if (_writer.Read(table, (long)row[0]!) is not { } values) continue;
            _writer.Delete(table, (long)row[0]!, values, !delete.Keywords.Contains("%NOCHECK"));
            count++;
        }
        return Outcome.Count(count);
    }

    /// <summary>
    /// The target without an alias and the same table once in FROM are one instance; else they are two. The target's RowID
    /// is the first column of what <see cref="Find(string, Predicate?, Scope, Views, List{Term})"/> reads.
    /// </summary>
    private string From(TableDef table, QualifiedName name, Name? alias, FromClause? from, Scope scope, Views view)
    {
        var catalog = session.Database.Catalog;
        var same = alias is not null || view.IsView || from is null ? []
            : from.Tables.SelectMany(Named).Where(t => catalog.Find(t.Table) == table).ToList();
        var clause = from is null ? null : _translator.FromItems(from, scope, same.Count == 1 ? null : Target);
        if (same.Count == 1)
        {
            _target = scope.Sources.First(s => s.Table == table).Alias;
            return clause!;
        }
        clause ??= Target();
        _target = scope.Sources[0].Alias;
        return clause;

        string Target() => view.IsView ? _translator.Renamed(table, alias?.Text ?? name.Object.Text, scope, view.Names)
            : _translator.Base(table, alias?.Text, scope);
    }

    private static IEnumerable<NamedTable> Named(TableReference reference) => reference switch
    {
        NamedTable named => [named],
        Join join => Named(join.Left).Concat(Named(join.Right)),
        _ => [],
    };

    private string _target = "";

    private List<object?[]> Find(string from, Predicate? where, Scope scope, Views view, List<Term> terms)
    {
        List<string> conditions = [];
        if (where is not null) conditions.Add(_translator.Translate(where, scope).Sql);
        if (view.Filter is { } filter) conditions.Add(_translator.Translate(filter, Translator.ScopeOf(view.Table, _target)).Sql);
        var list = string.Concat(terms.Select(t => "," + t.Sql));
        var sql = $"SELECT {_target}.id{list} FROM {from}" + (conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions));
        if (_onlyDescribe) return [];
        var seen = new HashSet<long>();
        // A row that joins several times is changed once.
        return session.Database.Sqlite.Query(sql, _translator.Bindings).Where(r => r[0] is long id && seen.Add(id)).ToList();
    }
}
