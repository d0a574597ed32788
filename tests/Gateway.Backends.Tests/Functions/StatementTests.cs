using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tests.Analysis;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Functions;

/// <summary>Statements over tables: the schema of the analyzer's tests, in PostgreSQL and in SQLite.</summary>
public sealed class StatementTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public void What_the_analyzer_accepts_is_either_refused_by_name_or_valid_SQLite()
    {
        using var engine = WithTables();
        var invalid = new List<string>();
        foreach (var line in Lines("statements.txt"))
        {
            if (line.StartsWith('#')) continue;
            var problem = engine.Prepare(line);
            if (problem is not null) invalid.Add($"{line}\n    {problem}");
        }

        Assert.True(invalid.Count == 0, $"{invalid.Count} are neither:\n{string.Join('\n', invalid)}");
    }

    [SkippableFact]
    public void Rows_and_changes_agree_with_PostgreSQL()
    {
        using var postgres = server.Open();
        ExpressionTests.Postgres(postgres, string.Concat(Lines("schema.ddl").Where(line => !line.StartsWith("create sequence", StringComparison.Ordinal))));
        using var engine = WithTables();
        var different = new List<string>();
        foreach (var sql in Lines("tables.statements"))
        {
            if (sql.StartsWith("--", StringComparison.Ordinal)) continue;
            var (expected, actual) = (ExpressionTests.Postgres(postgres, sql), ExpressionTests.Ours(engine, sql));
            if (expected != actual) different.Add($"{sql}\n    PostgreSQL {expected}\n    embedded   {actual}");
        }

        Assert.True(different.Count == 0, $"{different.Count} differ:\n{string.Join('\n', different)}");
    }

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Functions", file)).Where(line => line.Trim().Length > 0);

    private static Engine WithTables()
    {
        var engine = new Engine { Schema = TestSchema.Snapshot };
        foreach (var table in TestSchema.Snapshot.Relations)
        {
            if (table.Kind == RelationKind.View) continue;
            var key = table.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey);
            var columns = table.Columns.Select(column => EmbeddedNames.Quote(column.Name) + " BLOB"
                + (column.Type.Oid == Oids.Numeric ? " COLLATE pg_numeric" : "")
                + (column.Generated is { } generated ? $" GENERATED ALWAYS AS {generated}" : ""));
            engine.Native($"CREATE TABLE {EmbeddedNames.Table(table)} ({string.Join(", ", columns)}"
                + (key is null ? ")" : $", PRIMARY KEY ({string.Join(", ", key.Columns)}))"));
        }

        engine.Native("CREATE VIEW main.active_users AS SELECT id, name FROM users WHERE active");
        return engine;
    }
}
