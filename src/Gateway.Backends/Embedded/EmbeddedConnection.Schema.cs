using System.Collections.Immutable;
using Gateway.Backends.Embedded.Schema;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <remarks>Metadata as this connection sees it: its uncommitted DDL and its temporary tables over the database's own.</remarks>
public sealed partial class EmbeddedConnection
{
    private SchemaModel? _ownModel;
    private ImmutableDictionary<uint, StoredRelation> _temporary = ImmutableDictionary<uint, StoredRelation>.Empty;
    private ImmutableDictionary<uint, StoredRelation> _committedTemporary = ImmutableDictionary<uint, StoredRelation>.Empty;
    private SchemaSnapshot? _ownSnapshot;
    private SchemaModel? _ownSnapshotOf;
    private readonly List<Action> _sequenceUndo = [];

    public SchemaSnapshot Schema
    {
        get
        {
            if (RemoteSchema is { } remote) return remote();
            if (_ownModel is null && _temporary.IsEmpty) return Database.Schema;
            var model = Model;
            if (_ownSnapshot is null || !ReferenceEquals(_ownSnapshotOf, model))
            {
                var others = _temporary.Values.Select(relation => relation.Public).Concat(Database.Options.SystemRelations);
                _ownSnapshot = model.ToSnapshot(Database.Name, Database.NextVersion(), others);
                _ownSnapshotOf = model;
            }

            return _ownSnapshot;
        }
    }

    /// <summary>The new form of a table that is just being copied.</summary>
    internal RelationInfo? Rebuilding { get; set; }

    /// <summary>The metadata of another database, for which this connection only computes.</summary>
    internal Func<SchemaSnapshot>? RemoteSchema { get; set; }

    /// <summary>The permanent relations.</summary>
    internal SchemaModel Model => _ownModel ?? Database.Model;

    internal bool HasTemporary => !_temporary.IsEmpty;

    internal ModelState CurrentModelState => new(_ownModel, _temporary, _sequenceUndo.Count);

    internal StoredRelation? FindStored(uint oid) => Model.Relations.GetValueOrDefault(oid) ?? _temporary.GetValueOrDefault(oid);

    /// <summary>The relation behind a table of the file, for errors that name it.</summary>
    internal RelationInfo? FindByStorageName(string name)
    {
        if (name == SchemaChange.RebuildName) return Rebuilding;
        foreach (var relation in _temporary.Values)
            if (StorageNames.Of(relation.Info) == name) return relation.Info;
        foreach (var relation in Model.Relations.Values)
            if (StorageNames.Of(relation.Info) == name) return relation.Info;
        return null;
    }

    internal void Save(StoredRelation relation)
    {
        if (relation.Info.Temporary)
        {
            _temporary = _temporary.SetItem(relation.Info.Oid, relation);
        }
        else
        {
            CatalogStore.Save(this, relation);
            _ownModel = Model.With(relation);
        }

        _ownSnapshot = null;
    }

    internal void Remove(StoredRelation relation)
    {
        if (relation.Info.Temporary)
        {
            _temporary = _temporary.Remove(relation.Info.Oid);
        }
        else
        {
            CatalogStore.Delete(this, relation.Info.Oid);
            _ownModel = Model.Without(relation.Info.Oid);
        }

        _ownSnapshot = null;
    }

    internal void Save(UserType type)
    {
        CatalogStore.Save(this, type);
        _ownModel = Model with { Types = Model.Types.SetItem(type.Oid, type) };
        _ownSnapshot = null;
    }

    internal void Remove(UserType type)
    {
        CatalogStore.DeleteType(this, type.Oid);
        _ownModel = Model with { Types = Model.Types.Remove(type.Oid) };
        _ownSnapshot = null;
    }

    /// <summary>For code that works for this connection from here on, on this thread.</summary>
    /// <remarks>At every step: no snapshot is made for it. Where it computes for a remote database there are no types of its own.</remarks>
    internal TypeScope EnterTypes() => TypeScope.Enter(RemoteSchema is null ? Model.UserTypes : UserTypes.Empty, Session?.SearchPath);

    internal void Save(SchemaEntry schema)
    {
        CatalogStore.Save(this, schema);
        _ownModel = Model with { Schemas = Model.Schemas.SetItem(schema.Name, schema) };
        _ownSnapshot = null;
    }

    internal void Remove(SchemaEntry schema)
    {
        CatalogStore.DeleteSchema(this, schema.Oid);
        _ownModel = Model with { Schemas = Model.Schemas.Remove(schema.Name) };
        _ownSnapshot = null;
    }

    /// <summary>Unlike the PRAGMA this works inside a transaction.</summary>
    internal void EnforceForeignKeys(bool on) => raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_ENABLE_FKEY, on ? 1 : 0, out _);

    /// <summary>On: renaming a table leaves the references of other tables and views to it as they are.</summary>
    internal void LegacyAlterTable(bool on) => raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, on ? 1 : 0, out _);

    private void RestoreModel(ModelState state)
    {
        _ownModel = state.Own;
        _temporary = state.Temporary;
        _ownSnapshot = null;
        UndoSequences(state.SequenceUndo);
    }

    private void EndModel(bool committed)
    {
        if (committed)
        {
            // Still inside the gate, so this is the newest model there is.
            if (_ownModel is not null) Database.Publish(_ownModel);
            _committedTemporary = _temporary;
            _sequenceUndo.Clear();
        }
        else
        {
            _temporary = _committedTemporary;
            UndoSequences(0);
        }

        _ownModel = null;
        _ownSnapshot = null;
    }

    private void UndoSequences(int keep)
    {
        for (var i = _sequenceUndo.Count - 1; i >= keep; i--) _sequenceUndo[i]();
        _sequenceUndo.RemoveRange(keep, _sequenceUndo.Count - keep);
    }

    /// <summary>What ON COMMIT asks for. A transaction that did not write has nothing to drop and left nothing to delete.</summary>
    private void EndTemporary()
    {
        if (_temporary.IsEmpty) return;
        // Keys that wait for the commit are checked before their rows go.
        using var scope = EnterTypes();
        if (HasBrokenKeys && ConstraintErrors.FindBroken(this, "") is { } broken) throw broken;
        new SchemaChange(this).EndTransaction([.. _temporary.Values]);
    }

    private void DropTemporary()
    {
        foreach (var relation in _temporary.Values.OrderByDescending(relation => relation.Info.Oid))
        {
            var kind = relation.Info.Kind == RelationKind.Table ? "TABLE" : "VIEW";
            if (relation.Info.Kind == RelationKind.Sequence)
            {
                Database.Sequences.Forget(relation.Info.Oid);
                continue;
            }

            Run($"DROP {kind} IF EXISTS temp.{StorageNames.Quote(StorageNames.Of(relation.Info))}");
        }

        _temporary = _committedTemporary = ImmutableDictionary<uint, StoredRelation>.Empty;
        _ownSnapshot = null;
    }
}
