using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>Runs one plan: what writes has run when <see cref="Start"/> returns, a query is read as the client reads.</summary>
/// <param name="isPart">It is part of another run, which a cancel is meant for.</param>
internal sealed class PlanRun(IRemoteLink link, ValueList parameters, bool isPart = false) : IExecution
{
    private readonly PlanValues _values = new(parameters);
    private RowReader? _rows;
    private RowStore? _store;
    private bool _ended;

    public long RowsAffected { get; private set; }

    public void Start(Plan plan)
    {
        if (!isPart) link.Enter(this);
        var atomic = false;
        try
        {
            link.ThrowIfCanceled();
            if (plan.Computed is { } computed) Compute(computed);
            if (IsAtomic(plan))
            {
                link.BeginAtomic();
                atomic = true;
            }

            for (var i = 0; i < plan.Steps.Length; i++)
            {
                link.ThrowIfCanceled();
                Run(plan.Steps[i], streamed: !atomic && i == plan.Steps.Length - 1);
            }

            if (atomic)
            {
                // A failing commit has been rolled back by the connection.
                atomic = false;
                link.EndAtomic();
            }
        }
        catch
        {
            Quietly(Release);
            if (atomic) Quietly(link.AbortAtomic);
            Quietly(End);
            throw;
        }

        if (_store is { } store) _rows = store.Read();
        if (_rows is null) End();
    }

    public bool Read()
    {
        if (_rows is null) return false;
        if (!isPart) link.Enter(this);
        try
        {
            link.ThrowIfCanceled();
            if (_rows.Read()) return true;
            End();
            return false;
        }
        catch
        {
            Quietly(End);
            throw;
        }
    }

    public bool IsNull(int column) => Current.IsNull(column);

    public long GetInt64(int column) => Current.GetInt64(column);

    public double GetFloat64(int column) => Current.GetFloat64(column);

    public ReadOnlySpan<byte> GetSpan(int column) => Current.GetSpan(column);

    public void Dispose() => End();

    /// <summary>A plan of one statement that the backend carries out as a whole needs no transaction.</summary>
    private static bool IsAtomic(Plan plan) => plan.Steps is not [QueryStep or CommandStep or SchemaStep];

    private RowReader Current => _rows ?? throw new InvalidOperationException("there is no current row");

    private void Compute(LocalQuery query)
    {
        using var row = link.Local.Query(query, _values, link);
        if (!row.Read()) throw new PgException(SqlStates.InternalError, "the plan's values came to no row");
        row.CopyTo(_values.Computed, query.Types.Length);
    }

    private void Run(PlanStep step, bool streamed)
    {
        switch (step)
        {
            case QueryStep query:
                var rows = link.Open(query.Rows, _values);
                if (streamed) _rows = rows;
                else Keep(rows, query.Rows);
                break;
            case CommandStep command:
                Execute(command);
                break;
            case ForEachStep each:
                ForEach(each);
                break;
            case SchemaStep schema:
                RowsAffected = link.ChangeSchema(schema.Statement, _values.Parameters);
                break;
            default:
                throw PgException.Unsupported($"plan step {step.GetType().Name}");
        }
    }

    private void ForEach(ForEachStep step)
    {
        var width = step.Rows.Types.Length;
        using var driving = new RowStore(width, link.Limits);
        using (var rows = link.Open(step.Rows, _values)) driving.AddAll(rows);
        var actions = new RowActions(link, _values, driving.Count > 1, Execute, source => Keep(link.Open(source, _values), source));
        using var each = driving.Read();
        while (each.Read())
        {
            link.ThrowIfCanceled();
            _values.Row.Clear();
            each.CopyTo(_values.Row, width);
            actions.Run(step.Action);
        }
    }

    private long Execute(CommandStep command)
    {
        // TRUNCATE reports -1.
        var affected = Math.Max(0, link.Execute(command, _values));
        if (command.Counts) RowsAffected += affected;
        return affected;
    }

    /// <summary>Rows for the client that come before the plan has ended.</summary>
    private void Keep(RowReader rows, RowSource source)
    {
        using (rows)
        {
            _store ??= new RowStore(source.Types.Length, link.Limits);
            _store.AddAll(rows);
        }
    }

    private void End()
    {
        if (_ended) return;
        _ended = true;
        try
        {
            Release();
        }
        finally
        {
            _values.Dispose();
            if (!isPart) link.Leave(this);
        }
    }

    private void Release()
    {
        var (rows, store) = (_rows, _store);
        (_rows, _store) = (null, null);
        rows?.Dispose();
        store?.Dispose();
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // The first error is the cause; the connection knows that it is broken.
        }
    }
}
