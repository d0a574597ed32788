using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Sql.Tree;

namespace Gateway.Backends.Ado;

/// <summary>The commands of one connection by their text, with their parameters; the least recently used go first.</summary>
internal sealed class AdoCommands(DbConnection connection, ProviderAdapter adapter, int max) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<AdoCommand>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<AdoCommand> _byAge = new();

    /// <summary>A command whose values are to be set. One that a reader is still open on must not be asked for again.</summary>
    public AdoCommand Get(string sql, int parameters, ImmutableArray<TypeRef> types, DbTransaction? transaction)
    {
        if (!_byText.TryGetValue(sql, out var node))
        {
            node = new LinkedListNode<AdoCommand>(Create(sql, parameters, types));
            _byText.Add(sql, node);
        }
        else
        {
            _byAge.Remove(node);
        }

        _byAge.AddFirst(node);
        node.Value.Command.Transaction = transaction;
        node.Value.Uses++;
        Trim();
        return node.Value;
    }

    public void Forget(AdoCommand command)
    {
        if (!_byText.Remove(command.Sql, out var node)) return;
        _byAge.Remove(node);
        End(node.Value);
    }

    /// <summary>After DDL nothing prepared is trusted.</summary>
    public void Clear()
    {
        if (_byAge.Any(entry => entry.IsPrepared)) adapter.UnprepareAll(connection);
        Dispose();
    }

    public void Dispose()
    {
        foreach (var entry in _byAge) entry.Command.Dispose();
        _byAge.Clear();
        _byText.Clear();
    }

    private void End(AdoCommand command)
    {
        if (command.IsPrepared) adapter.Unprepare(command.Command);
        command.Command.Dispose();
    }

    private AdoCommand Create(string sql, int parameters, ImmutableArray<TypeRef> types)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            if (!adapter.IsPositional) parameter.ParameterName = $"p{i + 1}";
            adapter.IsText(parameter);
            command.Parameters.Add(parameter);
        }

        var columns = ImmutableArray.CreateBuilder<AdoColumn>(types.Length);
        for (var i = 0; i < types.Length; i++) columns.Add(new AdoColumn(i, types[i]));
        if (types.Length > 0) adapter.ReadAsText(command, [.. columns.Select(column => column.IsText)]);
        return new AdoCommand(sql, command, columns.MoveToImmutable());
    }

    private void Trim()
    {
        while (_byText.Count > max && _byAge.Last is { } oldest)
        {
            _byAge.Remove(oldest);
            _byText.Remove(oldest.Value.Sql);
            End(oldest.Value);
        }
    }
}

internal sealed class AdoCommand(string sql, DbCommand command, ImmutableArray<AdoColumn> columns)
{
    public string Sql { get; } = sql;

    public DbCommand Command { get; } = command;

    public ImmutableArray<AdoColumn> Columns { get; } = columns;

    public int Uses { get; set; }

    public bool IsPrepared { get; set; }
}
