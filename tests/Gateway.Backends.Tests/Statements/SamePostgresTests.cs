using Gateway.Backends.Tests.Embedded;
using Gateway.Backends.Tests.Functions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Tests.Shared;
using Gateway.Types;
using Npgsql;

namespace Gateway.Backends.Tests.Statements;

/// <summary>
/// Every line of Statements/*.statements, definitions and changes included, does the same in a database of the embedded
/// engine and in PostgreSQL: rows, column types, number of changed rows, SQLSTATE and message.
/// </summary>
public sealed class SamePostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Statements"), "*.statements").Select(path => Path.GetFileName(path)).Order());

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Does_what_PostgreSQL_does(string file)
    {
        using var postgres = server.Open();
        var schema = Path.GetFileNameWithoutExtension(file);
        ExpressionTests.Postgres(postgres, $"create schema {schema}; set search_path to {schema}");
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        var different = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Statements", file)))
        {
            if (line.Trim().Length == 0 || line.StartsWith("--", StringComparison.Ordinal)) continue;
            var (expected, actual) = (Postgres(postgres, line), Ours(connection, line));
            if (expected != actual) different.Add($"{line}\n    PostgreSQL {expected}\n    embedded   {actual}");
        }

        Assert.True(different.Count == 0, $"{different.Count} differ:\n{string.Join('\n', different)}");
    }

    private static string Ours(Gateway.Backends.Embedded.EmbeddedConnection connection, string sql)
    {
        try
        {
            var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            using var none = new ValueList();
            using var execution = connection.Execute(connection.Database.Dialect.Render(bound), none);
            var rows = new List<string>();
            while (execution.Read())
                rows.Add(string.Join(",", bound.Columns.Select((column, i) => Text(execution, i, column.Type.Oid))));
            if (bound.Columns.IsEmpty) return bound.Tree is DmlStatement ? $"{execution.RowsAffected} rows" : "done";
            return $"({string.Join(", ", bound.Columns.Select(column => $"{column.Name} {column.Type.Oid}"))}) {string.Join("|", rows)}";
        }
        catch (PgException error)
        {
            return $"!{error.SqlState} {error.Message}";
        }
    }

    private static string Text(IExecution row, int column, uint type)
    {
        if (row.IsNull(column)) return "NULL";
        using var text = new ByteWriter();
        switch (Codecs.Get(type))
        {
            case Int64Codec codec: codec.EncodeText(row.GetInt64(column), FormatSettings.Default, text); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(column), FormatSettings.Default, text); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(column), FormatSettings.Default, text); break;
        }

        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Postgres(NpgsqlConnection connection, string sql)
    {
        try
        {
            using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
                rows.Add(string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetString(i))));
            if (reader.FieldCount > 0)
                return $"({string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)} {reader.GetDataTypeOID(i)}"))}) {string.Join("|", rows)}";
            reader.Close();
            return reader.RecordsAffected >= 0 ? $"{reader.RecordsAffected} rows" : "done";
        }
        catch (PostgresException error)
        {
            return $"!{error.SqlState} {error.MessageText}";
        }
    }
}
