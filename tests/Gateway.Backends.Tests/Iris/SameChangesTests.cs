using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Types;
using IrisSimulator.Provider;

namespace Gateway.Backends.Tests.Iris;

/// <summary>changes.sql: whatever changes rows or the schema does the same on IRIS as on the embedded engine.</summary>
public sealed class SameChangesTests
{
    [Fact]
    public void A_change_does_on_iris_what_it_does_here()
    {
        using var engine = new EngineFixture();
        using var embedded = engine.Open();
        using var backend = Simulated();
        using var iris = backend.Open();
        iris.Session = new TestSession();
        var different = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(Folder(), "changes.sql")))
        {
            if (line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal)) continue;
            count++;

            // "refused: …" is a statement that PostgreSQL knows and IRIS cannot do; it must change nothing.
            var refused = line.StartsWith("refused: ", StringComparison.Ordinal);
            var sql = refused ? line["refused: ".Length..] : line;
            if (refused)
            {
                var answer = Answer(iris, backend.Dialect, sql);
                if (!answer.StartsWith("0A000", StringComparison.Ordinal)) different.Add($"{sql}\n  not refused: {answer}");
                continue;
            }

            var expected = Answer(embedded, embedded.Database.Dialect, sql);
            var actual = Answer(iris, backend.Dialect, sql);
            if (expected != actual) different.Add($"{sql}\n  here: {expected}\n  iris: {actual}");
        }

        Assert.True(different.Count == 0, $"{different.Count} of {count}\n{string.Join('\n', different)}");
        Assert.True(count > 100, $"{count} statements");
    }

    [Fact]
    public void A_change_does_on_iris_what_it_does_in_postgres()
    {
        using var backend = Simulated();
        using var iris = backend.Open();
        iris.Session = new TestSession();
        var different = new List<string>();
        string? sql = null;
        foreach (var line in File.ReadLines(Path.Combine(Folder(), "changes-postgres.sql")))
        {
            if (line.StartsWith("--", StringComparison.Ordinal)) continue;
            if (!line.StartsWith("= ", StringComparison.Ordinal))
            {
                sql = line;
                continue;
            }

            var actual = Answer(iris, backend.Dialect, sql!);
            if (actual != line[2..]) different.Add($"{sql}\n  postgres: {line[2..]}\n  iris:     {actual}");
        }

        Assert.True(different.Count == 0, $"{different.Count}\n{string.Join('\n', different)}");
    }

    private static IrisBackend Simulated() => new(
        new IrisBackendOptions { Name = "iris", Instances = [new InstanceOptions { Name = "sim", ConnectionString = $"Server=sim;Port=1;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance={Guid.NewGuid()}" }] },
        IrisSimulatorFactory.Instance);

    internal static string Answer(IBackendConnection connection, Gateway.Sql.Dialects.Dialect dialect, string sql)
    {
        try
        {
            var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            var plan = dialect.Render(bound);
            using var none = new ValueList();
            using var execution = connection.Execute(plan, none);
            var rows = new List<string>();
            while (execution.Read()) rows.Add(string.Join('|', Enumerable.Range(0, bound.Columns.Length).Select(i => Text(execution, i, bound.Columns[i].Type.Oid))));
            return bound.Columns.IsEmpty ? $"{execution.RowsAffected} rows" : string.Join(" / ", rows);
        }
        catch (PgException error)
        {
            return $"{error.SqlState} {(error.SqlState is "23505" or "23503" or "23502" or "0A000" ? error.ConstraintName ?? error.ColumnName ?? error.Message : error.Message)}";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error.ToString();
        }
    }

    private static string Text(IExecution row, int i, uint type)
    {
        if (row.IsNull(i)) return "NULL";
        using var text = new ByteWriter();
        switch (Codecs.Get(type))
        {
            case Int64Codec codec: codec.EncodeText(row.GetInt64(i), FormatSettings.Default, text); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(i), FormatSettings.Default, text); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(i), FormatSettings.Default, text); break;
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
