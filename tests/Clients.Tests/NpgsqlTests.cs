using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Clients.Tests;

/// <summary>Npgsql with its default options: types are loaded from the catalog, connections are pooled and reset.</summary>
public abstract class NpgsqlTests(Target target)
{
    private const string LongQuery = "SELECT count(*) FROM generate_series(1, 1000000000)";
    private const string Table = "npgsql_things";

    public static TheoryData<string> Types => new(
        "bool", "int2", "int4", "int8", "float4", "float8", "numeric", "text", "varchar", "bytea", "date", "time", "timetz",
        "timestamp", "timestamptz", "interval", "uuid", "json", "jsonb", "int4[]", "text[]");

    [SkippableFact]
    public void Connecting_carries_the_application_name_and_options()
    {
        using var connection = Open("Options=-c statement_timeout=54321");
        Assert.Equal("checks of Npgsql", Scalar(connection, "SHOW application_name"));
        Assert.Equal("54321ms", Scalar(connection, "SHOW statement_timeout"));
        Assert.Equal(target.Database, Scalar(connection, "SELECT current_database()"));
    }

    [SkippableFact]
    public void The_server_version_is_visible()
    {
        using var connection = Open();
        Assert.True(connection.PostgreSqlVersion >= new Version(12, 0));
        Assert.Equal("UTF8", connection.PostgresParameters["server_encoding"]);
        Assert.StartsWith("PostgreSQL ", (string)Scalar(connection, "SELECT version()")!);
        Assert.NotEqual(0, connection.ProcessID);
    }

    [SkippableFact]
    public void A_simple_query_returns_its_row()
    {
        using var connection = Open();
        using var command = new NpgsqlCommand("SELECT 1 AS one, 'two' AS two, NULL AS three", connection);
        using var reader = command.ExecuteReader();
        Assert.Equal(["one", "two", "three"], Enumerable.Range(0, 3).Select(reader.GetName));
        Assert.Equal(["integer", "text", "text"], Enumerable.Range(0, 3).Select(reader.GetDataTypeName));
        Assert.True(reader.Read());
        Assert.Equal((1, "two", true), (reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2)));
        Assert.False(reader.Read());
    }

    [SkippableTheory]
    [MemberData(nameof(Types))]
    public void Parameters_come_back_as_they_were_sent(string type)
    {
        using var connection = Open();
        foreach (var value in Values(type))
        {
            using var command = new NpgsqlCommand($"SELECT $1::{type}", connection);
            command.Parameters.Add(Parameter(type, value));
            for (var execution = 0; execution < 2; execution++)
            {
                using var reader = command.ExecuteReader();
                Assert.True(reader.Read());
                Assert.Equal(value, Read(reader, value));
                reader.Close();
                command.Prepare();
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Types))]
    public void Null_parameters_are_null(string type)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand($"SELECT $1::{type}, $1::{type} IS NULL", connection);
        command.Parameters.Add(Parameter(type, DBNull.Value));
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.True(reader.IsDBNull(0));
        Assert.True(reader.GetBoolean(1));
    }

    [SkippableFact]
    public void A_table_keeps_exact_values_of_many_types()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection,
            "id int PRIMARY KEY, big bigint, name text NOT NULL, code varchar(8), price numeric(10,2), ratio double precision,"
            + " active boolean, born date, seen timestamptz, payload bytea, key uuid, tags text[], doc jsonb");
        object[] first = [1, 1L << 62, "zażółć", "abc", 12.50m, 0.1, true, new DateOnly(1999, 12, 31),
            new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc).AddTicks(1234560), new byte[] { 0, 255 },
            Guid.Parse("6f1d2c3b-4a59-4876-9abc-def012345678"), new[] { "x", null, "y z" }];
        const string Insert = $"INSERT INTO {Table} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        using (var command = Command(connection, Insert, first))
        {
            command.Parameters.Add(Parameter("jsonb", "{\"k\": [1, null]}"));
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using (var command = Command(connection, $"INSERT INTO {Table} (id, name, price) VALUES ($1, $2, $3) RETURNING id, name, price", 2, "", DBNull.Value))
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal((2, "", true), (reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2)));
        }

        using (var command = Command(connection, $"SELECT * FROM {Table} ORDER BY id"))
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], first[i] is DateOnly ? reader.GetFieldValue<DateOnly>(i) : reader.GetValue(i));
            Assert.Equal("{\"k\": [1, null]}", reader.GetString(12));
            Assert.Equal("numeric(10, 2)", reader.GetDataTypeName(4));
            Assert.True(reader.Read());
            Assert.Equal("", reader.GetString(2));
            foreach (var i in (int[])[1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) Assert.True(reader.IsDBNull(i));
            Assert.False(reader.Read());
        }
    }

    [SkippableFact]
    public void Statements_report_how_many_rows_they_changed()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        Assert.Equal(3, Execute(connection, $"INSERT INTO {Table} VALUES (1, 'a'), (2, 'b'), (3, 'c')"));
        Assert.Equal(2, Execute(connection, $"UPDATE {Table} SET name = $1 WHERE id >= $2", "x", 2));
        Assert.Equal(0, Execute(connection, $"DELETE FROM {Table} WHERE id = $1", 99));
        Assert.Equal(3, Execute(connection, $"DELETE FROM {Table}"));
    }

    [SkippableFact]
    public void A_thousand_rows_arrive_in_order()
    {
        using var connection = Open();
        using var command = Command(connection, "SELECT i, sum(i) OVER () FROM generate_series(1, $1) AS g(i)", 1000);
        using var reader = command.ExecuteReader();
        var expected = 0;
        while (reader.Read()) Assert.Equal((++expected, 500500L), (reader.GetInt32(0), reader.GetInt64(1)));
        Assert.Equal(1000, expected);
    }

    [SkippableFact]
    public void A_commit_is_seen_by_others_and_not_before()
    {
        using var writer = Open();
        using var reader = Open();
        using var table = new TemporaryTable(reader);
        using var transaction = writer.BeginTransaction();
        Execute(writer, $"INSERT INTO {Table} VALUES (1, 'a')");
        Assert.Equal(0L, Scalar(reader, $"SELECT count(*) FROM {Table}"));
        transaction.Commit();
        Assert.Equal(1L, Scalar(reader, $"SELECT count(*) FROM {Table}"));
    }

    [SkippableFact]
    public void A_rollback_undoes_and_so_does_dropping_the_transaction()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, $"INSERT INTO {Table} VALUES (1, 'a')");
            transaction.Rollback();
        }

        using (connection.BeginTransaction(IsolationLevel.Serializable))
        {
            Assert.Equal("serializable", Scalar(connection, "SHOW transaction_isolation"));
            Execute(connection, $"INSERT INTO {Table} VALUES (1, 'a')");
        }

        Assert.Equal(0L, Scalar(connection, $"SELECT count(*) FROM {Table}"));
    }

    [SkippableFact]
    public void After_a_failed_statement_a_transaction_refuses_more_until_rollback()
    {
        using var connection = Open();
        using (var transaction = connection.BeginTransaction())
        {
            Fails("22012", () => Scalar(connection, "SELECT 1 / $1", 0));
            Fails("25P02", () => Scalar(connection, "SELECT 1"));
            transaction.Rollback();
        }

        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_savepoint_brings_back_what_was_before_it()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, $"INSERT INTO {Table} VALUES (1, 'kept')");
            transaction.Save("My point");
            Fails("23505", () => Execute(connection, $"INSERT INTO {Table} VALUES (1, 'again')"));
            transaction.Rollback("My point");
            transaction.Release("My point");
            transaction.Commit();
        }

        Assert.Equal("kept", Scalar(connection, $"SELECT name FROM {Table}"));
    }

    [SkippableFact]
    public void Errors_carry_their_fields()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        Assert.Equal("division by zero", Fails("22012", () => Scalar(connection, "SELECT 1 / 0")).MessageText);
        var undefined = Fails("42P01", () => Scalar(connection, "SELECT * FROM no_such_table"));
        Assert.Equal(("relation \"no_such_table\" does not exist", 15, "ERROR"), (undefined.MessageText, undefined.Position, undefined.InvariantSeverity));
        var syntax = Fails("42601", () => Scalar(connection, "SELECT 1 FROM WHERE"));
        Assert.Equal(("syntax error at or near \"WHERE\"", 15), (syntax.MessageText, syntax.Position));
        Execute(connection, $"INSERT INTO {Table} VALUES (1, 'a')");
        var unique = Fails("23505", () => Execute(connection, $"INSERT INTO {Table} VALUES ($1, 'b')", 1));
        Assert.Equal(($"{Table}_pkey", Table, "public"), (unique.ConstraintName, unique.TableName, unique.SchemaName));
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_batch_gives_one_result_per_command()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < 50; i++)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"INSERT INTO {Table} VALUES ($1, 'x')") { Parameters = { new NpgsqlParameter { Value = i } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT count(*) FROM {Table}"));
        using var reader = batch.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(50L, reader.GetInt64(0));
        Assert.Equal(50, reader.RecordsAffected);
    }

    [SkippableFact]
    public void A_failing_batch_undoes_itself()
    {
        using var connection = Open();
        using var table = new TemporaryTable(connection);
        using var batch = new NpgsqlBatch(connection);
        foreach (var id in (int[])[1, 2, 1, 3]) batch.BatchCommands.Add(new NpgsqlBatchCommand($"INSERT INTO {Table} VALUES ({id.ToString(CultureInfo.InvariantCulture)}, 'x')"));
        Fails("23505", () => batch.ExecuteNonQuery());
        Assert.Equal(0L, Scalar(connection, $"SELECT count(*) FROM {Table}"));
    }

    [SkippableFact]
    public void Several_statements_in_one_command_give_several_results()
    {
        using var connection = Open();
        using var command = Command(connection, "SELECT 1; SELECT 'a' WHERE false; SELECT 3");
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
        Assert.True(reader.NextResult());
        Assert.False(reader.Read());
        Assert.True(reader.NextResult());
        Assert.True(reader.Read());
        Assert.Equal(3, reader.GetInt32(0));
        Assert.False(reader.NextResult());
    }

    [SkippableFact]
    public void An_empty_query_is_answered()
    {
        using var connection = Open();
        foreach (var nothing in (string[])[" ", ";", "-- nothing"]) Assert.Equal(-1, Execute(connection, nothing));
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_prepared_command_is_used_often_and_survives_an_error()
    {
        using var connection = Open();
        using var command = Command(connection, "SELECT 10 / $1", 1);
        command.Prepare();
        for (var i = 0; i < 20; i++)
        {
            command.Parameters[0].Value = i % 5;
            if (i % 5 == 0) Fails("22012", () => command.ExecuteScalar());
            else Assert.Equal(10 / (i % 5), command.ExecuteScalar());
        }

        Assert.True(command.IsPrepared);
    }

    [SkippableFact]
    public void Statements_prepare_themselves_when_used_often()
    {
        using var connection = Open("Max Auto Prepare=3;Auto Prepare Min Usages=2");
        for (var round = 0; round < 4; round++)
            for (var i = 0; i < 5; i++)
                Assert.Equal(round + i, Scalar(connection, $"SELECT $1 + {i.ToString(CultureInfo.InvariantCulture)}", round));
    }

    [SkippableFact]
    public async Task A_cancelled_query_is_57014_and_the_connection_lives_on()
    {
        using var connection = Open();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var clock = Stopwatch.StartNew();
        using var command = Command(connection, LongQuery);
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(limit.Token));
        Assert.Equal("57014", Assert.IsType<PostgresException>(error.InnerException).SqlState);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), clock.Elapsed.ToString());
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_statement_timeout_is_57014_and_the_connection_lives_on()
    {
        using var connection = Open();
        Execute(connection, "SET statement_timeout = 300");
        Assert.Equal("canceling statement due to statement timeout", Fails("57014", () => Scalar(connection, LongQuery)).MessageText);
        Execute(connection, "RESET statement_timeout");
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_command_timeout_of_the_driver_ends_the_query()
    {
        using var connection = Open();
        using var command = Command(connection, LongQuery);
        command.CommandTimeout = 1;
        var error = Assert.Throws<NpgsqlException>(command.ExecuteScalar);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_changed_time_zone_is_reported()
    {
        using var connection = Open();
        Execute(connection, "SET TimeZone = 'Asia/Tokyo'");
        Assert.Equal("Asia/Tokyo", connection.Timezone);
    }

    [SkippableFact]
    public void A_pooled_connection_is_reset()
    {
        int process;
        using (var connection = Open("Maximum Pool Size=1;Application Name=reset"))
        {
            process = connection.ProcessID;
            Execute(connection, "SET statement_timeout = 12345");
        }

        using (var connection = Open("Maximum Pool Size=1;Application Name=reset"))
        {
            Assert.Equal(process, connection.ProcessID);
            Assert.Equal("0", Scalar(connection, "SHOW statement_timeout"));
            Execute(connection, "DISCARD ALL");
        }
    }

    [SkippableFact]
    public void Notices_arrive()
    {
        using var connection = Open();
        var notices = new List<PostgresNotice>();
        connection.Notice += (_, e) => notices.Add(e.Notice);
        Execute(connection, "DROP TABLE IF EXISTS npgsql_never_there");
        Assert.Equal(("NOTICE", "00000", "table \"npgsql_never_there\" does not exist, skipping"), notices.Select(n => (n.InvariantSeverity, n.SqlState, n.MessageText)).Single());
    }

    [SkippableFact]
    public async Task Many_connections_work_at_once()
    {
        target.Start();
        await using var source = NpgsqlDataSource.Create(target.ConnectionString + ";Maximum Pool Size=20");
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            await using var command = source.CreateCommand("SELECT $1");
            command.Parameters.AddWithValue(i);
            return (int)(await command.ExecuteScalarAsync())!;
        }));
        Assert.Equal(Enumerable.Range(0, 300), answers);
    }

    [SkippableFact]
    public void A_large_value_passes_through_unharmed()
    {
        using var connection = Open();
        var text = new StringBuilder().Insert(0, "zażółć 漢字 ", 300_000).ToString();
        Assert.Equal(text, Scalar(connection, "SELECT $1", text));
        Assert.Equal(text.Length, Scalar(connection, "SELECT length($1)", text));
    }

    private NpgsqlConnection Open(string options = "")
    {
        target.Start();
        var connection = new NpgsqlConnection($"{target.ConnectionString};{options}");
        connection.Open();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static object? Scalar(NpgsqlConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar();
    }

    private static int Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    private static PostgresException Fails(string sqlState, Func<object?> action)
    {
        var error = Assert.Throws<PostgresException>(() => { action(); });
        Assert.Equal(sqlState, error.SqlState);
        return error;
    }

    private static NpgsqlParameter Parameter(string type, object value) => new() { Value = value, DataTypeName = type };

    private static object Read(NpgsqlDataReader reader, object sample) => sample switch
    {
        DateOnly => reader.GetFieldValue<DateOnly>(0),
        TimeOnly => reader.GetFieldValue<TimeOnly>(0),
        DateTimeOffset => reader.GetFieldValue<DateTimeOffset>(0),
        BigInteger => reader.GetFieldValue<BigInteger>(0),
        NpgsqlInterval => reader.GetFieldValue<NpgsqlInterval>(0),
        int?[] => reader.GetFieldValue<int?[]>(0),
        int[,] => reader.GetFieldValue<int[,]>(0),
        _ => reader.GetValue(0),
    };

    private static object[] Values(string type) => type switch
    {
        "bool" => [true, false],
        "int2" => [(short)0, short.MinValue, short.MaxValue],
        "int4" => [0, int.MinValue, int.MaxValue],
        "int8" => [0L, long.MinValue, long.MaxValue],
        "float4" => [0f, 1.5f, -0.1f, float.PositiveInfinity, float.NaN],
        "float8" => [0d, 0.1, -1e308, 5e-324, double.NegativeInfinity, double.NaN],
        "numeric" => [0m, 1.10m, -79228162514264337593543950335m, 0.0000000000000000000000000001m, BigInteger.Pow(10, 40)],
        "text" => ["", "plain", "it's", "back\\slash", "zażółć 漢字 🐘", "two\nlines"],
        "varchar" => ["", "plain", "漢字"],
        "bytea" => [Array.Empty<byte>(), new byte[] { 0, 1, 255 }],
        "date" => [new DateOnly(2024, 2, 29), new DateOnly(1900, 1, 1), new DateOnly(9999, 12, 30)],
        "time" => [TimeOnly.MinValue, new TimeOnly(23, 59, 59, 999, 999)],
        "timetz" => [new DateTimeOffset(1, 1, 2, 12, 30, 15, 250, TimeSpan.FromHours(2))],
        "timestamp" => [new DateTime(2024, 2, 29, 12, 30, 15, 123).AddTicks(4560), new DateTime(1969, 12, 31, 23, 59, 59)],
        "timestamptz" => [new DateTime(2024, 2, 29, 12, 30, 15, 123, DateTimeKind.Utc).AddTicks(4560), new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc)],
        "interval" => [TimeSpan.Zero, new TimeSpan(3, 4, 5, 6, 7), new NpgsqlInterval(14, 3, 123456), new NpgsqlInterval(-1, 0, 0)],
        "uuid" => [Guid.Empty, Guid.Parse("6f1d2c3b-4a59-4876-9abc-def012345678")],
        "json" => ["{\"a\": [1,  null]}", "1"],
        "jsonb" => ["{\"a\": [1, null], \"b\": {\"c\": true}}", "\"ż\""],
        "int4[]" => [new int?[] { 1, null, -3 }, Array.Empty<int?>(), new[,] { { 1, 2 }, { 3, 4 } }],
        "text[]" => [Array.Empty<string>(), new[] { "", null, "NULL", "quo\"te", "com,ma", "{brace}", "back\\slash", "漢" }],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>An empty table, dropped at the end of the test.</summary>
    private sealed class TemporaryTable : IDisposable
    {
        private readonly NpgsqlConnection _connection;

        public TemporaryTable(NpgsqlConnection connection, string columns = "id int PRIMARY KEY, name text")
        {
            _connection = connection;
            Execute(connection, $"DROP TABLE IF EXISTS {Table}");
            Execute(connection, $"CREATE TABLE {Table} ({columns})");
        }

        public void Dispose() => Execute(_connection, $"DROP TABLE IF EXISTS {Table}");
    }
}

[Collection("gateway")]
public sealed class NpgsqlOnTheGateway(GatewayTarget target) : NpgsqlTests(target);

[Collection("postgres")]
public sealed class NpgsqlOnPostgres(PostgresTarget target) : NpgsqlTests(target);
