namespace IrisSimulator.Engine.Storage;

/// <summary>Who holds which row, and which table whole. Conflicts are found here and waited for by the session.</summary>
internal sealed class Locks
{
    private readonly Dictionary<(TableDef Table, long Row), Session> _rows = [];
    private readonly List<(TableDef Table, Session Owner, bool Exclusive)> _tables = [];

    public Session? OwnerOf(TableDef table, long row, Session asking) =>
        _rows.TryGetValue((table, row), out var owner) && owner != asking ? owner : null;

    /// <summary>A session that another's write would have to wait for.</summary>
    public Session? TableOwner(TableDef table, Session asking) =>
        _tables.FirstOrDefault(l => l.Table == table && l.Owner != asking).Owner;

    public Session? ExclusiveOwner(TableDef table, Session asking) =>
        _tables.FirstOrDefault(l => l.Table == table && l.Owner != asking && l.Exclusive).Owner;

    public bool AnyRowOf(TableDef table, Session asking) => _rows.Any(l => l.Key.Table == table && l.Value != asking);

    public void Take(TableDef table, long row, Session owner) => _rows[(table, row)] = owner;
    public void TakeTable(TableDef table, Session owner, bool exclusive) => _tables.Add((table, owner, exclusive));

    public void ReleaseTable(TableDef table, Session owner, bool exclusive)
    {
        var at = _tables.FindIndex(l => l.Table == table && l.Owner == owner && l.Exclusive == exclusive);
        if (at >= 0) _tables.RemoveAt(at);
    }

    public void ReleaseRows(Session owner)
    {
        foreach (var key in _rows.Where(l => l.Value == owner).Select(l => l.Key).ToList()) _rows.Remove(key);
    }

    public void ReleaseAll(Session owner)
    {
        ReleaseRows(owner);
        _tables.RemoveAll(l => l.Owner == owner);
    }
}

/// <summary>Another session holds what the statement needs; it is undone, waited for and run again.</summary>
internal sealed class LockConflict(string what, bool reading = false) : Exception(what)
{
    public bool Reading => reading;
}
