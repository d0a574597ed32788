using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>Translates a query, and runs it.</summary>
internal sealed class QueryRunner(Session session, IReadOnlyList<Argument>? arguments)
{
    public Relation Describe(Query query) => Translate(query).Relation;

    private (Translator Translator, Relation Relation) Translate(Query query)
    {
        var translator = new Translator(session, arguments);
        var relation = translator.TranslateQuery(query, null);
        if (!translator.WantsCountedRows) return (translator, relation);
        translator = new Translator(session, arguments) { CountsRows = true };
        return (translator, translator.TranslateQuery(query, null));
    }

    public Outcome Run(Query query)
    {
        var (rows, relation) = Rows(query);
        var columns = relation.Columns.Select(c => new ResultColumn(c.Label, c.Shown, c.Nullable, c.Origin?.Table?.Schema, c.Origin?.Table?.Name,
            c.Origin?.Name, c.Origin?.Definition?.Identity == true)).ToList();
        return new Outcome(columns, rows, -1, rows.Count == 0 ? 100 : 0);
    }

    public (List<object?[]> Rows, Relation Relation) Rows(Query query)
    {
        var (translator, relation) = Translate(query);
        CheckReadable(session, translator, relation.Condenses || NoLock(query.Body));
        return (session.Database.Sqlite.Query(relation.Sql, translator.Bindings), relation);
    }

    private static bool NoLock(QueryBody body) => body is Select select && select.Keywords.Contains("%NOLOCK");

    /// <summary>READ COMMITTED waits for writers of the tables it reads, but not where it condenses rows.</summary>
    private static void CheckReadable(Session session, Translator translator, bool condenses)
    {
        foreach (var table in translator.Tables.Where(t => t.System is null))
        {
            var locked = session.Database.Locks.ExclusiveOwner(table, session) is not null;
            if (session.ReadCommitted && !condenses && (locked || session.Database.Locks.AnyRowOf(table, session)))
                throw new LockConflict($"Unable to acquire shared lock for SELECT of table '{table.FullName}'", reading: true);
        }
    }
}
