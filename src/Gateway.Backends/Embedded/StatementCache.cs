using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>The prepared statements of one connection by their text; the least recently used go first.</summary>
internal sealed class StatementCache(sqlite3 database, int maxCount, int maxBytes) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<PreparedStatement>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<PreparedStatement> _byAge = new();

    public int Count => _byText.Count;

    /// <summary>UTF-16 bytes of the texts held; the compiled programs grow with them.</summary>
    public int Bytes { get; private set; }

    /// <summary>A statement marked as in use, or null and SQLite's error.</summary>
    public PreparedStatement? Take(string sql, out int error)
    {
        error = raw.SQLITE_OK;
        if (_byText.TryGetValue(sql, out var node))
        {
            if (node.Value.InUse) return PreparedStatement.TryPrepare(database, sql, persistent: false, out error);
            if (node != _byAge.First)
            {
                _byAge.Remove(node);
                _byAge.AddFirst(node);
            }

            node.Value.InUse = true;
            return node.Value;
        }

        var cacheable = sql.Length * 2 <= maxBytes / 4;
        var statement = PreparedStatement.TryPrepare(database, sql, cacheable, out error);
        if (statement is null || !cacheable) return statement;
        statement.InUse = true;
        _byText.Add(sql, _byAge.AddFirst(statement));
        Bytes += sql.Length * 2;
        Trim();
        return statement;
    }

    public void Return(PreparedStatement statement)
    {
        if (_byText.TryGetValue(statement.Sql, out var node) && node.Value == statement) statement.Release();
        else statement.Dispose();
    }

    public void Clear()
    {
        foreach (var statement in _byAge)
            if (!statement.InUse) statement.Dispose();
        _byAge.Clear();
        _byText.Clear();
        Bytes = 0;
    }

    public void Dispose()
    {
        foreach (var statement in _byAge) statement.Dispose();
        _byAge.Clear();
        _byText.Clear();
    }

    private void Trim()
    {
        var node = _byAge.Last;
        while (node is not null && (_byText.Count > maxCount || Bytes > maxBytes))
        {
            var previous = node.Previous;
            if (!node.Value.InUse)
            {
                _byAge.Remove(node);
                _byText.Remove(node.Value.Sql);
                Bytes -= node.Value.Sql.Length * 2;
                node.Value.Dispose();
            }

            node = previous;
        }
    }
}
