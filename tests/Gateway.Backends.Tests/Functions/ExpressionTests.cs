using Gateway.Tests.Shared;
using Gateway.Types;
using Npgsql;

namespace Gateway.Backends.Tests.Functions;

/// <summary>Every line of Functions/*.sql gives the same rows, or the same error, as PostgreSQL.</summary>
public sealed class ExpressionTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Functions"), "*.sql").Select(path => Path.GetFileName(path)).Order());

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Agrees_with_PostgreSQL(string file)
    {
        using var postgres = server.Open();
        using var engine = new Engine();
        var different = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Functions", file)))
        {
            var sql = line.Trim();
            if (sql.Length == 0 || sql.StartsWith("--", StringComparison.Ordinal)) continue;
            if (!sql.StartsWith("SELECT ", StringComparison.Ordinal) && !sql.StartsWith("WITH ", StringComparison.Ordinal)
                && !sql.StartsWith("VALUES ", StringComparison.Ordinal)) sql = "SELECT " + sql;
            count++;
            var (expected, actual) = (Postgres(postgres, sql), Ours(engine, sql));
            if (expected != actual) different.Add($"{sql}\n    PostgreSQL {expected}\n    embedded   {actual}");
        }

        Assert.True(different.Count == 0, $"{different.Count} of {count} differ:\n{string.Join('\n', different)}");
    }

    internal static string Ours(Engine engine, string sql)
    {
        try
        {
            return engine.Run(sql);
        }
        catch (PgException error)
        {
            return $"!{error.SqlState} {error.Message}";
        }
        catch (Exception error)
        {
            return "!!" + error.Message;
        }
    }

    internal static string Postgres(NpgsqlConnection connection, string sql)
    {
        try
        {
            using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
                rows.Add(string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetString(i))));
            return string.Join("|", rows);
        }
        catch (PostgresException error)
        {
            return $"!{error.SqlState} {error.MessageText}";
        }
    }
}
