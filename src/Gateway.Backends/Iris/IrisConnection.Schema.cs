using Gateway.Backends.Embedded.Schema;
using Gateway.Backends.Iris.Schema;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>Metadata, and statements that change it.</remarks>
public sealed partial class IrisConnection : InformationSchema.ISource
{
    /// <summary>Reads the metadata.</summary>
    internal IrisCatalog ReadCatalog()
    {
        InformationSchema.ISource source = this;
        var hasTable = source.Query(CatalogTable.Exists.Sql, _ => true).Count > 0;
        var documents = hasTable
            ? source.Query(CatalogTable.Read.Sql, row => (row.Text(3) is [var kind, ..] ? kind : ' ', row.Text(4)))
            : [];
        return IrisCatalog.Of(InformationSchema.Read(this), documents, hasTable);
    }

    long IRemoteLink.ChangeSchema(Statement statement, ValueList parameters)
    {
        var path = Session?.SearchPath ?? ["public"];
        if (statement is TruncateStatement)
        {
            var schema = Schema;
            return RunSteps(IrisDdl.Plan(schema, schema, statement, path, _backend.Server, _backend.Local), parameters, null);
        }

        lock (_backend.ChangingSchema)
        {
            PutReaderAside();
            var catalog = ReadCatalog();
            using var shadow = new Shadow(catalog);
            var after = shadow.Apply(statement, parameters, Session);
            var plan = IrisDdl.Plan(shadow.Before, after, statement, path, _backend.Server, _backend.Local);
            var (relations, schemas, gone) = shadow.Changes(after);
            if (plan.Steps.IsEmpty && relations.Count + schemas.Count + gone.Count == 0) return 0;
            var affected = RunSteps(plan, parameters, () => Keep(catalog, relations, schemas, gone));
            _backend.Publish(after.With(_backend.NextVersion()));
            _commands.Clear();
            if (InTransaction)
                Session?.Notify(new Notice("WARNING", "01000", "IRIS carries out changes of the schema at once: a rollback does not undo them"));
            return affected;
        }
    }

    /// <summary>One step after the other, each for itself: IRIS does not undo DDL, so the rest is undone here.</summary>
    /// <param name="keep">Writes down what has changed, as the last step.</param>
    private long RunSteps(Plan plan, ValueList parameters, Action? keep)
    {
        var undo = new Stack<string>();
        var affected = 0L;
        try
        {
            foreach (var step in plan.Steps)
            {
                using var run = new PlanRun(this, parameters, isPart: true);
                run.Start(plan with { Steps = [step] });
                affected += run.RowsAffected;
                if (step is CommandStep command && DdlUndo.Of(command.Sql) is { } undone) undo.Push(undone);
            }

            keep?.Invoke();
            return affected;
        }
        catch
        {
            foreach (var sql in undo) TryControl(sql);
            _commands.Clear();
            throw;
        }
    }

    /// <summary>Writes the documents, past the client's transaction: its rollback leaves the tables where they are.</summary>
    private void Keep(IrisCatalog catalog, IReadOnlyList<StoredRelation> relations, IReadOnlyList<SchemaEntry> schemas, IReadOnlyList<uint> gone)
    {
        if (InTransaction)
        {
            using var other = _backend.Open();
            other.Keep(catalog, relations, schemas, gone);
            return;
        }

        if (!catalog.HasTable)
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
            command.Transaction = _transaction;
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            var fields = new Fields(reader);
            while (reader.Read()) rows.Add(read(fields));
            return rows;
        }
        catch (Exception error) when (error is not PgException)
        {
            throw IrisErrors.Map(error, null, null);
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
