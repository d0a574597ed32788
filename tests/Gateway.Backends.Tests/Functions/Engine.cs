using System.Text;
using Gateway.Backends.Embedded.Functions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Tests.Functions;

/// <summary>Parser, analyzer, dialect and function library over a bare SQLite connection.</summary>
public sealed class Engine : IDisposable
{
    private readonly sqlite3 _db;
    private readonly ErrorSlot _errors = new();
    private readonly SqliteDialect _dialect = new(FunctionLibrary.Names);
    private readonly FakeSession _session = new();

    static Engine() => Batteries_V2.Init();

    public Engine()
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(":memory:", out _db));
        FunctionLibrary.Register(_db, () => _session, _errors);
    }

    public SchemaSnapshot Schema { get; set; } = SchemaSnapshot.Empty;

    public string Translate(string sql)
    {
        var bound = new Analyzer(Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        return ((SqlStep)_dialect.Render(bound).Steps[0]).Sql;
    }

    /// <summary>SQLite's own SQL, to set the stage.</summary>
    public void Native(string sql)
    {
        if (raw.sqlite3_exec(_db, sql) != raw.SQLITE_OK) throw _errors.Take() ?? (Exception)new InvalidOperationException(raw.sqlite3_errmsg(_db).utf8_to_string() + ": " + sql);
    }

    /// <summary>Null when the statement is refused with a SQLSTATE or SQLite accepts it; else SQLite's complaint.</summary>
    public string? Prepare(string sql)
    {
        string translated;
        try
        {
            var bound = new Analyzer(Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            if (_dialect.Render(bound).Steps[0] is not SqlStep step) return null;
            translated = step.Sql;
        }
        catch (PgException)
        {
            return null;
        }

        return PrepareText(translated);
    }

    /// <summary>SQLite's complaint about its own SQL, or null.</summary>
    public string? PrepareText(string text)
    {
        if (raw.sqlite3_prepare_v2(_db, text, out var statement) == raw.SQLITE_OK)
        {
            statement.Dispose();
            return null;
        }

        return $"{raw.sqlite3_errmsg(_db).utf8_to_string()}: {text}";
    }

    /// <summary>Rows as PostgreSQL prints them: values by comma, rows by bar.</summary>
    public string Run(string sql)
    {
        var bound = new Analyzer(Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        var step = (SqlStep)_dialect.Render(bound).Steps[0];
        if (raw.sqlite3_prepare_v2(_db, step.Sql, out var statement) != raw.SQLITE_OK)
            throw _errors.Take() ?? (Exception)new InvalidOperationException($"{raw.sqlite3_errmsg(_db).utf8_to_string()}: {step.Sql}");
        using (statement)
        {
            var rows = new List<string>();
            while (true)
            {
                var rc = raw.sqlite3_step(statement);
                if (rc == raw.SQLITE_DONE) break;
                if (rc != raw.SQLITE_ROW)
                    throw _errors.Take() ?? (Exception)new InvalidOperationException($"{raw.sqlite3_errmsg(_db).utf8_to_string()}: {step.Sql}");
                rows.Add(string.Join(",", bound.Columns.Select((column, i) => Value(statement, i, column.Type.Oid))));
            }

            return string.Join("|", rows);
        }
    }

    public void Dispose() => _db.Dispose();

    private string Value(sqlite3_stmt statement, int i, uint type)
    {
        var kind = raw.sqlite3_column_type(statement, i);
        if (kind == raw.SQLITE_NULL) return "NULL";
        using var output = new ByteWriter();
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                Assert.Equal(raw.SQLITE_INTEGER, kind);
                codec.EncodeText(raw.sqlite3_column_int64(statement, i), _session.Format, output);
                break;
            case Float64Codec codec:
                codec.EncodeText(kind == raw.SQLITE_TEXT ? double.NaN : raw.sqlite3_column_double(statement, i), _session.Format, output);
                break;
            case SpanCodec codec:
                Assert.Equal(codec is TextCodec ? raw.SQLITE_TEXT : raw.SQLITE_BLOB, kind);
                codec.EncodeText(raw.sqlite3_column_blob(statement, i), _session.Format, output);
                break;
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class FakeSession : ISessionContext
    {
        public FormatSettings Format => FormatSettings.Default;

        public string User => "postgres";

        public string Database => "postgres";

        public int ProcessId => 42;

        public IReadOnlyList<string> SearchPath => ["public"];

        public long TransactionStart => 800_000_000_000_000;

        public long StatementStart => TransactionStart;

        public TimeSpan LockTimeout => TimeSpan.Zero;

        public string? GetSetting(string name, bool missingOk) => name == "search_path" ? "public" : null;

        public string SetSetting(string name, string? value, bool local) => value ?? "";
    }
}
