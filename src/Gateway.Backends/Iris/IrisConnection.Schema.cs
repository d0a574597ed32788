using System.Globalization;
using Gateway.Backends.Embedded.Schema;
using Gateway.Backends.Iris.Schema;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>Metadata, and statements that change it.</remarks>
public sealed partial class IrisConnection : InformationSchema.ISource
{
    /// <summary>Reads the metadata, all of it.</summary>
    internal KnownCatalog ReadCatalog()
    {
        InformationSchema.ISource source = this;
        var documents = source.Query(CatalogTable.Exists.Sql, _ => true).Count > 0 ? ReadDocuments() : Documents.None;
        return KnownCatalog.Of(InformationSchema.Read(this), documents);
    }

    private Documents ReadDocuments()
    {
        InformationSchema.ISource source = this;
        return new Documents(true, [.. source.Query(
            CatalogTable.Read.Sql,
            row => new Document(uint.Parse(row.Text(0), CultureInfo.InvariantCulture), row.Text(3) is [var kind, ..] ? kind : ' ', row.Text(4)))]);
    }

    /// <summary>What is known, if no other node has written documents since; else everything is read again.</summary>
    private KnownCatalog CurrentCatalog()
    {
        if (_backend.KnownCatalog is { Documents.HasTable: true } known)
        {
            try
            {
                if (ReadDocuments() == known.Documents) return known;
            }
            catch (PgException error) when (error.SqlState == SqlStates.UndefinedTable)
            {
                // Somebody has taken the table away.
            }
        }

        return ReadCatalog();
    }

    long IRemoteLink.ChangeSchema(Statement statement, ValueList parameters)
    {
        var path = Session?.SearchPath ?? ["public"];
        if (statement is TruncateStatement)
        {
            var schema = Schema;
            return RunSteps(IrisDdl.Plan(schema, schema, statement, path, _backend.Server, _backend.Local), parameters, null, out _);
        }

        lock (_backend.ChangingSchema)
        {
            PutReaderAside();
            var known = CurrentCatalog();
            var change = Change(known, statement, parameters, path, isLast: false);
            return change ?? Change(ReadCatalog(), statement, parameters, path, isLast: true)!.Value;
        }
    }

    /// <param name="isLast">What is known is what is there.</param>
    /// <returns>Null when the statement does not go with what is known, which may be out of date.</returns>
    private long? Change(KnownCatalog known, Statement statement, ValueList parameters, IReadOnlyList<string> path, bool isLast)
    {
        var shadow = _backend.Shadow.Take(known.Catalog);
        (SchemaSnapshot After, IrisCatalog Catalog)? changed = null;
        try
        {
            return Change(known, shadow, statement, parameters, path, isLast, out changed);
        }
        finally
        {
            _backend.Shadow.Give(shadow, changed?.After, changed?.Catalog ?? known.Catalog);
        }
    }

    /// <param name="changed">What is there now; null when nothing has changed.</param>
    private long? Change(
        KnownCatalog known, Shadow shadow, Statement statement, ValueList parameters, IReadOnlyList<string> path, bool isLast,
        out (SchemaSnapshot After, IrisCatalog Catalog)? changed)
    {
        changed = null;
        var catalog = known.Catalog;
        SchemaSnapshot after;
        Plan plan;
        try
        {
            after = shadow.Apply(statement, parameters, Session);
            RequireDistinctSchemas(after);
            plan = IrisDdl.Plan(shadow.Before, after, statement, path, _backend.Server, _backend.Local);
        }
        catch (PgException) when (!isLast)
        {
            return null;
        }

        var (relations, schemas, gone) = shadow.Changes(after);
        if (plan.Steps.IsEmpty && relations.Count + schemas.Count + gone.Count == 0) return 0;
        WarnOfDeferrable(shadow.Before, relations);
        var affected = RunSteps(plan, parameters, () => Keep(catalog, relations, schemas, gone), out var undo);
        var now = catalog.With(relations, schemas, gone);
        _backend.Publish(after.With(_backend.NextVersion()), new KnownCatalog(now, known.Documents.With(DocumentsOf(relations, schemas), gone), null));
        _commands.Clear();
        if (InTransaction) Remember(catalog, relations, schemas, undo);
        changed = (after, now);
        return affected;
    }

    private void WarnOfDeferrable(SchemaSnapshot before, IReadOnlyList<StoredRelation> relations)
    {
        foreach (var relation in relations)
        {
            var old = before.Find(relation.Info.Schema, relation.Info.Name)?.Constraints ?? [];
            foreach (var constraint in relation.Info.Constraints)
                if (constraint.Deferrable && !old.Any(one => one.Oid == constraint.Oid && one.Deferrable))
                    Session?.Notify(new Notice("WARNING", "01000", $"constraint \"{constraint.Name}\" is checked at once: IRIS does not defer constraints"));
        }
    }

    private static IEnumerable<Document> DocumentsOf(IReadOnlyList<StoredRelation> relations, IReadOnlyList<SchemaEntry> schemas) =>
    [
        .. schemas.Select(schema => new Document(schema.Oid, 'n', RelationDocument.Write(schema))),
        .. relations.Select(relation => new Document(relation.Info.Oid, (char)relation.Info.Kind, RelationDocument.Write(relation))),
    ];

    private static void RequireDistinctSchemas(SchemaSnapshot schema)
    {
        var names = new HashSet<string>(IrisNames.Comparer);
        foreach (var name in schema.Schemas.Order(StringComparer.Ordinal))
            if (!names.Add(IrisNames.Schema(name))) throw PgException.Unsupported($"schema \"{name}\", whose name is another's but for case, is not supported by IRIS");
    }

    /// <summary>One step after the other, each for itself: IRIS does not undo DDL, so the rest is undone here.</summary>
    /// <param name="keep">Writes down what has changed, as the last step.</param>
    /// <param name="undo">What takes it all back, the last step first; null when that cannot be had.</param>
    private long RunSteps(Plan plan, ValueList parameters, Action? keep, out IReadOnlyCollection<string>? undo)
    {
        var taken = new Stack<string>();
        var whole = true;
        var affected = 0L;
        try
        {
            foreach (var step in plan.Steps)
            {
                using var run = new PlanRun(this, parameters, isPart: true);
                run.Start(plan with { Steps = [step] });
                affected += run.RowsAffected;
                if (step is CommandStep command && DdlUndo.Of(command.Sql) is { } undone) taken.Push(undone);
                else whole &= step is not CommandStep { Sql: var sql } || ChangesRows(sql);
            }

            keep?.Invoke();
            undo = whole ? taken : null;
            return affected;
        }
        catch
        {
            foreach (var sql in taken) TryControl(sql);
            _commands.Clear();
            throw;
        }
    }

    // The transaction's own rollback undoes those.
    private static bool ChangesRows(string sql) =>
        sql.StartsWith("INSERT", StringComparison.Ordinal) || sql.StartsWith("UPDATE", StringComparison.Ordinal) || sql.StartsWith("DELETE", StringComparison.Ordinal);

    /// <summary>Inside the client's transaction: a rollback has to take away what was added.</summary>
    private void Remember(IrisCatalog before, IReadOnlyList<StoredRelation> relations, IReadOnlyList<SchemaEntry> schemas, IReadOnlyCollection<string>? undo)
    {
        if (undo is null)
        {
            Session?.Notify(new Notice("WARNING", "01000", "IRIS carries out this change of the schema at once: a rollback does not undo it"));
            return;
        }

        var old = before.Relations.ToDictionary(relation => relation.Info.Oid);
        _schemaChanges.Add(new SchemaUndo(
            _savepoints.Count,
            undo,
            [.. relations.Where(relation => old.ContainsKey(relation.Info.Oid)).Select(relation => old[relation.Info.Oid])],
            [.. relations.Where(relation => !old.ContainsKey(relation.Info.Oid)).Select(relation => relation.Info.Oid), .. schemas.Select(schema => schema.Oid)]));
    }

    /// <param name="Behind">The savepoints it was done behind.</param>
    /// <param name="Statements">What takes it back.</param>
    /// <param name="Changed">Descriptions as they were.</param>
    /// <param name="Made">OIDs of what was not there.</param>
    private sealed record SchemaUndo(int Behind, IReadOnlyCollection<string> Statements, IReadOnlyList<StoredRelation> Changed, IReadOnlyList<uint> Made);

    private readonly List<SchemaUndo> _schemaChanges = [];

    /// <summary>After a rollback: takes away what the transaction's DDL had added behind that many savepoints.</summary>
    private void UndoSchema(int behind)
    {
        var first = _schemaChanges.FindIndex(change => change.Behind >= behind);
        if (first < 0) return;
        lock (_backend.ChangingSchema)
        {
            for (var i = _schemaChanges.Count - 1; i >= first; i--)
            {
                var change = _schemaChanges[i];
                foreach (var sql in change.Statements) TryControl(sql);
                Keep(null, change.Changed, [], change.Made);
            }

            _schemaChanges.RemoveRange(first, _schemaChanges.Count - first);
            var version = _backend.NextVersion();
            var known = ReadCatalog();
            _backend.Publish(known.Catalog.ToSnapshot(version), known);
            _commands.Clear();
        }
    }

    /// <summary>Writes the documents, past the client's transaction: its rollback leaves the tables where they are.</summary>
    /// <param name="catalog">Null when the table is known to be there.</param>
    private void Keep(IrisCatalog? catalog, IReadOnlyList<StoredRelation> relations, IReadOnlyList<SchemaEntry> schemas, IReadOnlyList<uint> gone)
    {
        if (InTransaction)
        {
            using var other = _backend.Open(_instance, _login);
            other.Keep(catalog, relations, schemas, gone);
            return;
        }

        if (catalog is { HasTable: false })
            foreach (var step in CatalogTable.Create(_backend.Server.HasCreateSchema)) RunControl(step.Sql);
        using var values = new ValueList();
        using var run = new PlanValues(values);
        IRemoteLink link = this;
        link.BeginAtomic();
        try
        {
            foreach (var oid in gone)
            {
                values.Clear();
                values.Add((long)oid);
                link.Execute(CatalogTable.Delete, run);
            }

            foreach (var schema in schemas) Save(schema.Oid, "", schema.Name, 'n', RelationDocument.Write(schema));
            foreach (var relation in relations)
                Save(relation.Info.Oid, relation.Info.Schema, relation.Info.Name, (char)relation.Info.Kind, RelationDocument.Write(relation));
            link.EndAtomic();
        }
        catch
        {
            link.AbortAtomic();
            throw;
        }

        void Save(uint oid, string schema, string name, char kind, string document)
        {
            values.Clear();
            values.Add((long)oid);
            foreach (var text in (ReadOnlySpan<string>)[schema, name, kind.ToString(), document])
                values.Add(Carrier.Text, System.Text.Encoding.UTF8.GetBytes(text));
            foreach (var step in CatalogTable.Save) link.Execute(step, run);
        }
    }

    List<T> InformationSchema.ISource.Query<T>(string sql, Func<Fields, T> read)
    {
        PutReaderAside();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = _backend.Options.CatalogTimeout;
            command.Transaction = _transaction;
            WaitsFrom();
            Begin(command);
            try
            {
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                var fields = new Fields(reader);
                while (reader.Read()) rows.Add(read(fields));
                return rows;
            }
            finally
            {
                End();
            }
        }
        catch (Exception error) when (error is not PgException)
        {
            throw Failed(error, null);
        }
    }

    private void TryControl(string sql)
    {
        try
        {
            RunControl(sql);
        }
        catch (PgException)
        {
            // As far as it can be undone.
        }
    }
}
