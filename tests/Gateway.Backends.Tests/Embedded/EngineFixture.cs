using Gateway.Backends.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>A data directory with one database, removed at the end.</summary>
public sealed class EngineFixture : IDisposable
{
    public EngineFixture(Func<EmbeddedOptions, EmbeddedOptions>? configure = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("engine-").FullName;
        Options = new EmbeddedOptions { DataDirectory = Directory, Synchronous = Synchronous.Normal };
        if (configure is not null) Options = configure(Options);
        Databases = new EmbeddedDatabases(Options);
        Databases.Create("db");
    }

    public string Directory { get; }

    public EmbeddedOptions Options { get; }

    public EmbeddedDatabases Databases { get; private set; }

    public EmbeddedDatabase Database => Databases.Find("db")!;

    public EmbeddedConnection Open(TestSession? session = null)
    {
        var connection = Database.Open();
        connection.Session = session ?? new TestSession();
        return connection;
    }

    public void Restart()
    {
        Databases.Dispose();
        Databases = new EmbeddedDatabases(Options);
    }

    public void Dispose()
    {
        Databases.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

public sealed class TestSession : ISessionContext
{
    public List<Notice> Notices { get; } = [];

    public FormatSettings Format => FormatSettings.Default;

    public string User => "tester";

    public string Database => "db";

    public int ProcessId { get; init; } = 1;

    public IReadOnlyList<string> SearchPath { get; init; } = ["public"];

    public long TransactionStart => 0;

    public long StatementStart => 0;

    public TimeSpan LockTimeout { get; set; }

    public string? GetSetting(string name, bool missingOk) => null;

    public string SetSetting(string name, string? value, bool local) => value ?? "";

    public void Notify(Notice notice) => Notices.Add(notice);
}

internal static class Engine
{
    public static Plan Steps(string sql, bool rows = false) =>
        new([new SqlStep(sql, [.. Enumerable.Range(1, sql.Count(c => c == '?'))], rows)]);

    public static Plan Ddl(string sql) => new([new SchemaStep(Parser.ParseSingle(sql)!)]);

    /// <summary>Runs DDL text, or a statement of the engine's own SQL.</summary>
    public static long Do(this EmbeddedConnection connection, string sql, params object?[] values)
    {
        var isDdl = sql.Split(' ')[0].ToUpperInvariant() is "CREATE" or "DROP" or "ALTER" or "TRUNCATE" or "COMMENT";
        using var list = Values(values);
        using var execution = connection.Execute(isDdl ? Ddl(sql) : Steps(sql), list);
        while (execution.Read())
        {
        }

        return execution.RowsAffected;
    }

    public static List<string?> Ask(this EmbeddedConnection connection, string sql, params object?[] values)
    {
        using var list = Values(values);
        using var execution = connection.Execute(Steps(sql, rows: true), list);
        var rows = new List<string?>();
        while (execution.Read())
            rows.Add(execution.IsNull(0) ? null : Try(() => execution.GetInt64(0).ToString(), () => System.Text.Encoding.UTF8.GetString(execution.GetSpan(0))));
        return rows;

        static string Try(Func<string> first, Func<string> second)
        {
            try
            {
                return first();
            }
            catch (PgException)
            {
                return second();
            }
        }
    }

    /// <summary>PostgreSQL SQL through the parser, the analyzer and the dialect.</summary>
    public static List<string> Pg(this EmbeddedConnection connection, string sql)
    {
        using var types = TypeScope.Enter(connection.Schema.Types, connection.Session!.SearchPath);
        var bound = new Analyzer(connection.Schema, connection.Session!.SearchPath).Bind(Parser.ParseSingle(sql)!, []);
        using var none = new ValueList();
        using var execution = connection.Execute(connection.Database.Dialect.Render(bound), none);
        var rows = new List<string>();
        using var text = new ByteWriter();
        while (execution.Read())
        {
            text.Clear();
            for (var i = 0; i < bound.Columns.Length; i++)
            {
                if (i > 0) text.Utf8("|");
                if (execution.IsNull(i)) continue;
                switch (Codecs.Get(bound.Columns[i].Type.Oid))
                {
                    case Int64Codec codec: codec.EncodeText(execution.GetInt64(i), FormatSettings.Default, text); break;
                    case Float64Codec codec: codec.EncodeText(execution.GetFloat64(i), FormatSettings.Default, text); break;
                    case SpanCodec codec: codec.EncodeText(execution.GetSpan(i), FormatSettings.Default, text); break;
                }
            }

            rows.Add(System.Text.Encoding.UTF8.GetString(text.WrittenSpan));
        }

        return rows;
    }

    public static PgException Fails(string sqlState, Action action)
    {
        var error = Assert.Throws<PgException>(action);
        Assert.True(error.SqlState == sqlState, $"{error.SqlState}: {error.Message}\n{error.StackTrace}");
        return error;
    }

    public static ValueList Values(params object?[] values)
    {
        var list = new ValueList();
        foreach (var value in values)
            switch (value)
            {
                case null: list.AddNull(Carrier.Text); break;
                case int number: list.Add(number); break;
                case long number: list.Add(number); break;
                case double number: list.Add(number); break;
                case string text: list.Add(Carrier.Text, System.Text.Encoding.UTF8.GetBytes(text)); break;
                case byte[] bytes: list.Add(Carrier.Bytes, bytes); break;
                default: throw new ArgumentException(value.GetType().Name);
            }

        return list;
    }
}
