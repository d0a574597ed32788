using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>A simulated IRIS of its own, and one session with it: PostgreSQL's SQL goes through the dialect and the backend and back.</summary>
public abstract class SimulatedSession : IDisposable
{
    protected SimulatedSession()
    {
        Connection = Iris.Backend.Open();
        Connection.Session = Session;
    }

    protected SimulatedIris Iris { get; } = new();

    protected IrisConnection Connection { get; }

    internal TestSession Session { get; } = new();

    public void Dispose()
    {
        Connection.Dispose();
        Iris.Dispose();
        GC.SuppressFinalize(this);
    }

    protected List<string> Ask(string sql) => Ask(sql, out _);

    protected List<string> Ask(string sql, out long affected) => Ask(Connection, Iris, sql, out affected);

    protected static List<string> Ask(IrisConnection connection, SimulatedIris iris, string sql) => Ask(connection, iris, sql, out _);

    protected void Do(params string[] statements)
    {
        foreach (var statement in statements) Ask(statement);
    }

    private static List<string> Ask(IrisConnection connection, SimulatedIris iris, string sql, out long affected)
    {
        var bound = new Analyzer(connection.Schema, connection.Session!.SearchPath).Bind(Parser.ParseSingle(sql)!, []);
        using var none = new ValueList();
        using var execution = connection.Execute(iris.Backend.Dialect.Render(bound), none);
        var rows = new List<string>();
        while (execution.Read()) rows.Add(FakeIris.Show(execution, [.. bound.Columns.Select(column => column.Type)]));
        affected = execution.RowsAffected;
        return rows;
    }
}
