using System.Data.Common;

namespace Gateway.Backends.Iris;

/// <summary>The commands of one connection by their text, with their parameters; the least recently used go first.</summary>
internal sealed class IrisCommands(DbConnection connection, int max, int timeout) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = new();

    private sealed class Entry(string sql, DbCommand command)
    {
        public string Sql { get; } = sql;

        public DbCommand Command { get; } = command;

        public int Uses { get; set; }
    }

    /// <summary>A command with that many parameters, whose values are to be set.</summary>
    public DbCommand Get(string sql, int parameters, DbTransaction? transaction)
    {
        if (!_byText.TryGetValue(sql, out var node))
        {
            node = new LinkedListNode<Entry>(new Entry(sql, Create(sql, parameters)));
            _byText.Add(sql, node);
        }
        else
        {
            _byAge.Remove(node);
        }

        _byAge.AddFirst(node);
        var entry = node.Value;
        entry.Command.Transaction = transaction;
        entry.Uses++;
        Trim();
        return entry.Command;
    }

    /// <summary>Whether this is the second run of a text, from which it is worth preparing.</summary>
    public bool IsRepeated(string sql) => _byText.TryGetValue(sql, out var node) && node.Value.Uses == 2;

    public void Forget(DbCommand command)
    {
        if (!_byText.Remove(command.CommandText, out var node)) return;
        _byAge.Remove(node);
        node.Value.Command.Dispose();
    }

    /// <summary>After DDL nothing prepared is trusted.</summary>
    public void Clear()
    {
        foreach (var entry in _byAge) entry.Command.Dispose();
        _byAge.Clear();
        _byText.Clear();
    }

    public void Dispose() => Clear();

    public static string ParameterName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{index + 1}");

    /// <summary>One that is not kept here.</summary>
    public DbCommand Create(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = timeout;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = ParameterName(i);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private void Trim()
    {
        while (_byText.Count > max && _byAge.Last is { } oldest)
        {
            _byAge.Remove(oldest);
            _byText.Remove(oldest.Value.Sql);
            oldest.Value.Command.Dispose();
        }
    }
}
