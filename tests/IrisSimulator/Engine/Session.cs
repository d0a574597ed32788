using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine;

/// <summary>A server process: what one connection has for itself.</summary>
internal sealed partial class Session(Instance instance, Database database, string user, IrisVersion version, int job)
{
    public Instance Instance => instance;
    public Database Database { get; private set; } = database;
    public string Namespace => Database.Name;
    public string User => user;
    public IrisVersion Version => version;
    public long Job => job;
    public string Banner => $"IRIS for UNIX (Ubuntu Server LTS for x86-64 Containers) {version} (Build 100U)";

    /// <summary>RowID of the last row that an INSERT, UPDATE or DELETE of this process touched.</summary>
    public long? LastIdentity { get; set; }

    /// <summary>Seconds to wait for a lock.</summary>
    public int LockTimeout { get; set; } = 10;
    public bool IdentityInsert { get; set; }

    /// <summary>The instance is gone; nothing works any more.</summary>
    public bool Lost { get; set; }

    /// <summary>The statement at work, for CURRENT_STATEMENTS.</summary>
    public string? Running { get; private set; }
    public DateTime RunningSince { get; private set; }
    private ExecutionControl? _control;
    private readonly ManualResetEventSlim _ended = new();

    /// <summary>Stops what the process is doing; false when it is idle.</summary>
    public bool Interrupt()
    {
        var control = _control;
        if (!instance.Behaviour.IgnoresCancelQuery) control?.Cancel();
        return control is not null;
    }

    public void Prepare(string sql)
    {
        instance.Behaviour.Note("PREPARE " + sql);
        var statement = IrisParser.Parse(sql, version);
        Locked(null, () =>
        {
            switch (statement)
            {
                case QueryStatement query: new QueryRunner(this, null).Describe(query.Query); break;
                case Insert insert: new InsertRunner(this, null).Describe(insert); break;
                case Update update: new UpdateRunner(this, null).Describe(update); break;
                case Delete delete: new UpdateRunner(this, null).Describe(delete); break;
            }
            return Outcome.Done;
        });
    }

    public Outcome Execute(string sql, IReadOnlyList<Argument> arguments, ExecutionControl control)
    {
        if (Lost) throw Fail.With(-461, "Communication link failure");
        instance.Behaviour.Note(sql);
        var statement = IrisParser.Parse(sql, version);
        if (arguments.Count < statement.ParameterCount)
            throw Fail.With(-466, $"{statement.ParameterCount} parameters expected, {arguments.Count} bound");
        (Running, RunningSince, _control) = (sql, DateTime.Now, control);
        try
        {
            Hang(sql, control);
            return OutsideTheGate(statement, arguments)
                ?? Locked(control, () => Atomic(() => new StatementRunner(this, arguments).Run(statement)));
        }
        finally
        {
            (Running, _control) = (null, null);
        }
    }

    /// <summary>The driver begins a transaction: no statement, but it may hang as one.</summary>
    public void BeginAtServer(bool readCommitted)
    {
        const string Begin = "START TRANSACTION";
        if (Lost) throw Fail.With(-461, "Communication link failure");
        using var control = new ExecutionControl(0);
        if (instance.Behaviour.HangsOn is { } text && Begin.Contains(text, StringComparison.Ordinal)) instance.Behaviour.Note(Begin);
        Hang(Begin, control);
        this.Begin(readCommitted);
    }

    private void Hang(string sql, ExecutionControl control)
    {
        while (instance.Behaviour.HangsOn is { } text && sql.Contains(text, StringComparison.Ordinal))
        {
            if (_ended.Wait(20)) throw Fail.With(-461, "Communication link failure");
            control.Check();
        }
    }

    /// <summary>What looks at running statements or stops one must not wait for them.</summary>
    private Outcome? OutsideTheGate(Statement statement, IReadOnlyList<Argument> arguments)
    {
        if (statement is CancelQuery) return new ServerRunner(this, arguments).Run(statement);
        if (statement is UseDatabase use)
        {
            Use(use.Database.Text);
            return Outcome.Done;
        }
        if (statement is not QueryStatement query) return null;
        var tables = Walk.All(query.Query).OfType<NamedTable>().Select(t => t.Table).ToList();
        if (tables.Count == 0 || tables.Any(t => t.Object.Key != "CURRENT_STATEMENTS" || t.Schema?.Key != "INFORMATION_SCHEMA")) return null;
        using var scratch = new Database(Namespace);
        return new QueryRunner(new Session(instance, scratch, user, version, job), arguments).Run(query.Query);
    }

    public void Use(string name)
    {
        if (InTransaction) throw Fail.With(-95, "The namespace cannot change inside a transaction");
        var next = instance.HasNamespace(name) ? instance.Namespace(name) : throw Fail.With(-340, $"No such namespace '{name}'");
        lock (Database.Gate) Database.Sessions.Remove(this);
        Database = next;
    }

    /// <summary>The connection closes: open work is undone, private rows go.</summary>
    public void End()
    {
        instance.Processes.TryRemove(job, out _);
        _ended.Set();
        lock (Database.Gate)
        {
            if (Lost) return;
            RollbackAll();
            foreach (var table in Database.Catalog.Tables.Where(t => t.Temporary))
                Database.Sqlite.Run($"DELETE FROM {table.Physical} WHERE owner={job}");
            Database.Locks.ReleaseAll(this);
            Monitor.PulseAll(Database.Gate);
        }
    }

    public void FillSystemTable(TableDef table)
    {
        Database.Sqlite.Run($"DELETE FROM {table.Physical}");
        var places = string.Join(',', table.Columns.Select((_, i) => ":p" + (i + 1)));
        foreach (var row in table.System!(this)) Database.Sqlite.Run($"INSERT INTO {table.Physical} VALUES ({places})", row);
    }
}
