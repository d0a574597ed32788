using System.Data;
using System.Data.Common;
using IrisSimulator.Provider;

namespace IrisSimulator.Tests.Back;

/// <summary>What the driver does around the statements.</summary>
public sealed class ProviderTests : IDisposable
{
    private readonly string _instance = Guid.NewGuid().ToString("N");

    private string Text(string more = "") => $"Server=h;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance={_instance};{more}";

    private SimConnection Open(string more = "")
    {
        var connection = new SimConnection(Text(more));
        connection.Open();
        return connection;
    }

    private static int Run(SimConnection connection, string sql, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command.ExecuteNonQuery();
    }

    private static object? Scalar(SimConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => SimServer.Drop(_instance);

    [Fact]
    public void The_factory_makes_every_part_through_the_common_bases()
    {
        DbProviderFactory factory = IrisSimulatorFactory.Instance;
        using var connection = factory.CreateConnection()!;
        connection.ConnectionString = Text();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ? + 1";
        var parameter = command.CreateParameter();
        parameter.Value = 4;
        command.Parameters.Add(parameter);
        Assert.Equal(5L, command.ExecuteScalar());
    }

    [Fact]
    public void Connection_keys_have_aliases_and_unknown_keys_are_refused()
    {
        using var connection = new SimConnection($"HOST = h; port=1; database=USER; uid=_SYSTEM; pwd=SYS; Instance={_instance}");
        connection.Open();
        Assert.Equal("USER", connection.Database);
        Assert.Throws<ArgumentException>(() => new SimConnection(Text("Colour=red")).Open());
        Assert.Throws<ArgumentException>(() => new SimConnection("Server=h;Port=1").Open());
    }

    [Theory]
    [InlineData("_SYSTEM", "sys")]
    [InlineData("nobody", "SYS")]
    public void A_wrong_user_or_password_is_402(string user, string password)
    {
        var connection = new SimConnection($"Server=h;Port=1;Namespace=USER;User ID={user};Password={password};Instance={_instance}");
        var error = Assert.Throws<SimException>(connection.Open);
        Assert.Equal(402, error.NativeError);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public void An_added_user_may_come_in()
    {
        SimServer.AddUser(_instance, "ann", "secret");
        using var connection = new SimConnection($"Server=h;Port=1;Namespace=USER;User ID=Ann;Password=secret;Instance={_instance}");
        connection.Open();
        Assert.Equal("Ann", Scalar(connection, "SELECT USER"));
    }

    [Fact]
    public void Connections_to_one_instance_and_namespace_share_their_tables()
    {
        using var one = Open();
        using var two = Open();
        Run(one, "CREATE TABLE t (a INT)");
        Run(two, "INSERT INTO t (a) VALUES (1)");
        Assert.Equal(1L, Scalar(one, "SELECT COUNT(*) FROM t"));
        Assert.NotEqual(one.IRISJobNumber, two.IRISJobNumber);
        using var other = new SimConnection(Text().Replace("Namespace=USER", "Namespace=APP"));
        other.Open();
        Assert.Equal(30, Assert.Throws<SimException>(() => Scalar(other, "SELECT COUNT(*) FROM t")).NativeError);
    }

    [Fact]
    public void A_dropped_instance_forgets_everything_and_its_connections_fail()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (a INT)");
        SimServer.Drop(_instance);
        Assert.Equal(461, Assert.Throws<SimException>(() => Scalar(connection, "SELECT 1")).NativeError);
        using var again = Open();
        Run(again, "CREATE TABLE t (a INT)");
    }

    [Fact]
    public void The_version_is_the_connection_strings()
    {
        using var connection = Open("Version=2024.1");
        Assert.Contains("2024.1", connection.ServerVersion);
        Assert.Throws<SimException>(() => Scalar(connection, "SELECT 1 LIMIT 1"));
        using var newer = Open();
        Assert.Equal(1, Scalar(newer, "SELECT 1 LIMIT 1"));
    }

    [Fact]
    public void One_reader_at_a_time()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        using (command.ExecuteReader())
            Assert.Throws<InvalidOperationException>(() => Scalar(connection, "SELECT 2"));
        Assert.Equal(2, Scalar(connection, "SELECT 2"));
    }

    [Fact]
    public void A_statement_that_begins_with_WITH_yields_no_rows()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "  with x AS (SELECT 1 AS a) SELECT a FROM x";
        using var reader = command.ExecuteReader();
        Assert.False(reader.Read());
        Assert.Equal(0, reader.FieldCount);
    }

    [Fact]
    public void A_pending_transaction_must_be_set_on_the_command()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (a INT)");
        using var transaction = connection.BeginTransaction();
        Assert.Throws<InvalidOperationException>(() => Run(connection, "INSERT INTO t (a) VALUES (1)"));
        Run(connection, "INSERT INTO t (a) VALUES (1)", transaction);
        Assert.True(connection.IsTransactionActive);
        transaction.Commit();
        Assert.False(connection.IsTransactionActive);
        Assert.Throws<InvalidOperationException>(() => transaction.Rollback());
        Assert.Equal(1L, Scalar(connection, "SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public void A_transaction_has_savepoints_and_rolls_back_when_disposed()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (a INT)");
        using (var transaction = (SimTransaction)connection.BeginTransaction(IsolationLevel.ReadCommitted))
        {
            Run(connection, "INSERT INTO t (a) VALUES (1)", transaction);
            transaction.Save("s");
            Run(connection, "INSERT INTO t (a) VALUES (2)", transaction);
            transaction.Rollback("s");
            using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = ("SELECT COUNT(*) FROM t", transaction);
            Assert.Equal(1L, command.ExecuteScalar());
        }
        Assert.Equal(0L, Scalar(connection, "SELECT COUNT(*) FROM t"));
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    [InlineData(IsolationLevel.Snapshot)]
    public void Isolation_levels_the_server_lacks_fail_in_the_client(IsolationLevel level)
    {
        using var connection = Open();
        Assert.Equal(460, Assert.Throws<SimException>(() => connection.BeginTransaction(level)).NativeError);
    }

    [Fact]
    public void Closing_takes_back_open_work()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (a INT)");
        using (var other = Open())
        {
            Run(other, "START TRANSACTION");
            Run(other, "INSERT INTO t (a) VALUES (1)");
        }
        Assert.Equal(0L, Scalar(connection, "SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public void An_error_carries_number_state_and_text()
    {
        using var connection = Open();
        var error = Assert.Throws<SimException>(() => Scalar(connection, "SELECT a FROM nowhere"));
        Assert.Equal(30, error.NativeError);
        Assert.StartsWith("[SQLCODE: <-30>:<", error.Message);
        Assert.Contains("[%msg: <Table 'SQLUSER.NOWHERE' not found>]", error.Message);
        Assert.NotEmpty(error.State);
        Assert.IsAssignableFrom<DbException>(error);
    }

    [Fact]
    public void Prepare_validates_and_execution_without_it_does_too()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT x FROM nowhere WHERE y = ?";
        Assert.Equal(30, Assert.Throws<SimException>(command.Prepare).NativeError);
        Run(connection, "CREATE TABLE nowhere (x INT, y INT)");
        command.Prepare();
        (string, int)[] wrong = [("INSERT INTO t2 (a) VALUES (?)", 30), ("INSERT INTO nowhere (z) VALUES (?)", 29), ("INSERT INTO nowhere VALUES (?)", 62),
            ("UPDATE nowhere SET x = z", 29), ("UPDATE nowhere SET z = ?", 29), ("DELETE FROM nowhere WHERE z = ?", 29)];
        foreach (var (sql, code) in wrong)
        {
            command.CommandText = sql;
            Assert.Equal(code, Assert.Throws<SimException>(command.Prepare).NativeError);
        }
        command.CommandText = "DELETE FROM nowhere";
        Run(connection, "INSERT INTO nowhere (x) VALUES (1)");
        command.Prepare();
        Assert.Equal(1L, Scalar(connection, "SELECT COUNT(*) FROM nowhere"));
    }

    [Fact]
    public void Long_statements()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (a INT)");
        Assert.Equal(1000, Run(connection, "INSERT INTO t (a) " + string.Join(" UNION ALL ", Enumerable.Range(0, 1000).Select(i => $"SELECT {i}"))));
        Assert.Equal(1000L, Scalar(connection, "SELECT COUNT(*) FROM t WHERE " + string.Join(" OR ", Enumerable.Range(0, 2000).Select(i => $"a = {i}"))));
        Assert.Equal(500L, Scalar(connection, $"SELECT COUNT(*) FROM t WHERE a IN ({string.Join(',', Enumerable.Range(0, 500))})"));
        Assert.Equal(40_000, ((string)Scalar(connection, $"SELECT '{new string('x', 40_000)}'")!).Length);
    }

    [Fact]
    public void Too_few_parameters_are_refused()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ?, ?";
        command.Parameters.AddWithValue("a", 1);
        Assert.Throws<SimException>(() => command.ExecuteScalar());
    }

    [Fact]
    public void The_readers_getters()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE t (b BIT, s SMALLINT, i INT, l BIGINT, n NUMERIC(9,2), f DOUBLE, v VARCHAR(9), d DATE, m TIMESTAMP, c TIME, x VARBINARY(3), g GUID, e VARCHAR(3), z INT)");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
            object?[] values = [true, (short)1, 2, 3L, 4.5m, 5.5, "six", new DateTime(2020, 1, 7), new DateTime(2020, 1, 8, 9, 10, 11).AddTicks(10),
                new TimeSpan(1, 2, 3), new byte[] { 1, 2 }, new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), "", null];
            foreach (var value in values) insert.Parameters.AddWithValue("", value ?? DBNull.Value);
            Assert.Equal(1, insert.ExecuteNonQuery());
        }
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM t";
        using var reader = command.ExecuteReader();
        Assert.True(reader.HasRows);
        Assert.True(reader.Read());
        Assert.Equal([typeof(bool), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(string), typeof(DateTime),
            typeof(DateTime), typeof(TimeSpan), typeof(byte[]), typeof(string), typeof(string), typeof(int)], Enumerable.Range(0, 14).Select(reader.GetFieldType));
        Assert.True(reader.GetBoolean(0));
        Assert.Equal(1, reader.GetInt16(1));
        Assert.Equal(2, reader.GetInt32(2));
        Assert.Equal(3L, reader.GetInt64(3));
        Assert.Equal(4.5m, reader.GetDecimal(4));
        Assert.Equal(5.5, reader.GetDouble(5));
        Assert.Equal("six", reader.GetString(6));
        Assert.Equal(new DateTime(2020, 1, 7), reader.GetDateTime(7));
        Assert.Equal(new DateTime(2020, 1, 8, 9, 10, 11).AddTicks(10), reader.GetDateTime(8));
        Assert.Equal(new TimeSpan(1, 2, 3), ((SimDataReader)reader).GetTime(9));
        Assert.Equal(2, reader.GetBytes(10, 0, null, 0, 0));
        Assert.Equal(new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), reader.GetGuid(11));
        Assert.Equal("", reader.GetString(12));
        Assert.True(reader.IsDBNull(13));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(13));
        Assert.Equal(14, reader.GetSchemaTable()!.Rows.Count);
        Assert.False(reader.Read());
        Assert.False(reader.NextResult());
    }

    [Fact]
    public void Parameter_types_the_driver_does_not_know_are_refused()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ?";
        command.Parameters.AddWithValue("", new DateOnly(2020, 1, 1));
        Assert.Throws<ArgumentException>(() => command.ExecuteScalar());
    }
}
