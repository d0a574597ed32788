using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Schema;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Iris.Schema;

/// <summary>
/// The schema of a namespace without its rows, in memory: a statement is carried out here first, with PostgreSQL's rules
/// and errors, and the difference it makes is what IRIS is told.
/// </summary>
internal sealed class Shadow : IDisposable
{
    private readonly EmbeddedDatabase _database;
    private readonly EmbeddedConnection _connection;
    private SchemaModel _model;

    public Shadow(IrisCatalog catalog)
    {
        _database = new EmbeddedDatabase("shadow", ":memory:", new EmbeddedOptions { DataDirectory = "" });
        _database.StartOidsAt(catalog.NextOid);
        _connection = _database.Open();
        try
        {
            CatalogStore.CreateOrCheck(_connection);
            Restore(catalog);
        }
        catch
        {
            Dispose();
            throw;
        }

        _model = _database.Model;
        Before = RemoteNames.Choose(_connection.Schema, _connection.Schema);
    }

    /// <summary>The schema before the statement, with its names in IRIS.</summary>
    public SchemaSnapshot Before { get; private set; }

    /// <summary>Carries out the statement; the schema after it, with its names in IRIS.</summary>
    public SchemaSnapshot Apply(Statement statement, ValueList parameters, ISessionContext? session)
    {
        _connection.Session = session;
        _connection.Begin(null, readOnly: false);
        _connection.BeginAtomic("DDL");
        new SchemaChange(_connection).Apply(statement, parameters);
        return RemoteNames.Choose(Before, _connection.Schema);
    }

    /// <summary>What has changed since it was made: new descriptions, and OIDs of what is gone.</summary>
    public (IReadOnlyList<StoredRelation> Relations, IReadOnlyList<SchemaEntry> Schemas, IReadOnlyList<uint> Gone) Changes(SchemaSnapshot after)
    {
        var model = _connection.Model;
        var relations = model.Relations.Values
            .Where(relation => !_model.Relations.TryGetValue(relation.Info.Oid, out var old) || !ReferenceEquals(old, relation))
            .Select(relation => relation with { Info = after.Find(relation.Info.Schema, relation.Info.Name) ?? relation.Info })
            .ToList();
        var schemas = model.Schemas.Values.Where(schema => !_model.Schemas.TryGetValue(schema.Name, out var old) || old != schema).ToList();
        var gone = _model.Relations.Keys.Where(oid => !model.Relations.ContainsKey(oid))
            .Concat(_model.Schemas.Values.Where(schema => !model.Schemas.ContainsKey(schema.Name)).Select(schema => schema.Oid))
            .ToList();
        return (relations, schemas, gone);
    }

    /// <summary>The statement holds: the next one is carried out behind it.</summary>
    public void Accept(SchemaSnapshot after)
    {
        _connection.EndAtomic();
        _connection.Commit();
        _connection.Session = null;
        _model = _database.Model;
        Before = after;
    }

    /// <summary>The statement does not hold.</summary>
    public void Undo()
    {
        _connection.Rollback();
        _connection.Session = null;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private void Restore(IrisCatalog catalog)
    {
        _connection.Begin(null, readOnly: false);
        _connection.BeginAtomic("DDL");
        foreach (var schema in catalog.Schemas)
            if (schema.Name != "public") _connection.Save(schema);
        var change = new SchemaChange(_connection);
        foreach (var relation in catalog.Relations.OrderBy(Rank).ThenBy(relation => relation.Info.Oid)) change.Restore(relation);
        _connection.EndAtomic();
        _connection.Commit();
    }

    private static int Rank(StoredRelation relation) => relation.Info.Kind switch
    {
        RelationKind.Sequence => 0,
        RelationKind.View => 2,
        _ => 1,
    };
}
