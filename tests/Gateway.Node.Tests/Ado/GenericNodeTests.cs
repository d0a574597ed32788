using System.Data.Common;
using System.Globalization;
using Gateway.Backends.Drivers;
using Gateway.Node.Configuration;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>A node whose configuration names a provider and two databases of it; beside it a PostgreSQL with the same rows.</summary>
public abstract class GenericFixture : IDisposable
{
    private readonly PostgresServer _referee = new();
    private readonly Lazy<Gateway.Node.GatewayNode> _node;

    protected GenericFixture() => _node = new Lazy<Gateway.Node.GatewayNode>(Start);

    /// <summary>As in a configuration.</summary>
    protected abstract string Driver { get; }

    /// <summary>Statements for the provider's server, and for PostgreSQL.</summary>
    protected abstract IEnumerable<(string There, string Postgres)> Tables { get; }

    public NpgsqlConnection Open(string database = "shop")
    {
        var connection = new NpgsqlConnection(string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_node.Value.EndPoint.Port};Database={database};Username=anyone;Timeout=10;Pooling=false;Server Compatibility Mode=NoTypeLoading"));
        connection.Open();
        return connection;
    }

    /// <summary>PostgreSQL with the same rows.</summary>
    public NpgsqlConnection OpenReferee(string database = "shop")
    {
        _ = _node.Value;
        return Connect(database);
    }

    /// <summary>Past the gateway.</summary>
    public DbConnection OpenThere(string database = "shop")
    {
        var connection = ProviderBinding.Load(Driver).CreateConnection()!;
        connection.ConnectionString = $"{ConnectionString(database)};Pooling=False";
        connection.Open();
        return connection;
    }

    public virtual void Dispose()
    {
        if (_node.IsValueCreated) _node.Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _referee.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract string ConnectionString(string database);

    /// <summary>Makes a database, where connecting does not.</summary>
    protected virtual void Create(string database)
    {
    }

    private Gateway.Node.GatewayNode Start()
    {
        foreach (var database in (string[])["shop", "changed"])
        {
            using (var admin = _referee.Open()) admin.Do($"CREATE DATABASE {database}");
            Create(database);
            using var postgres = Connect(database);
            using var there = OpenThere(database);
            foreach (var (sql, other) in Tables)
            {
                postgres.Do(other);
                using var command = there.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }

        string Instance(string name) => $"{name} {{ kind = ado, driver = \"{Driver}\", connection-string = \"{ConnectionString(name)}\" }}";
        return Gateway.Node.GatewayNode.Start(NodeOptions.Read(ConfigurationFiles.Load(null, $$"""
            gateway {
              listen.port = 0
              sample-data = off
              embedded.enabled = off
              instances {
                {{Instance("shop")}}
                {{Instance("changed")}}
              }
              routes {
                shop { instances = [shop], catalog-age = 1s }
                changed { instances = [changed] }
              }
            }
            """))).GetAwaiter().GetResult();
    }

    private NpgsqlConnection Connect(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_referee.ConnectionString) { Database = database }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Rows that every server reads.</summary>
    protected static readonly string[] Rows =
    [
        "CREATE VIEW customer_names AS SELECT id, name FROM customer",
        "INSERT INTO customer VALUES (1, 'Ann', 'Paris', '1980-01-31', true, 10.5), (2, 'Bob', 'Rome', '1990-12-24', false, 250), (3, 'cleo', NULL, '1985-06-15', true, NULL), "
            + "(4, 'Ótto', 'Paris', NULL, NULL, 0.25), (5, 'ann', 'rome', '2000-02-29', false, 250), (6, 'Dora', 'Paris', '1970-07-07', true, -3)",
        "INSERT INTO orders VALUES (10, 1, '2024-01-01 10:00:00', 99.75, 'first'), (11, 1, '2024-01-01 23:59:59.5', 15, NULL), (12, 2, '2024-02-29 00:00:00', 120.5, 'Bob'), "
            + "(13, 5, '2024-03-31 12:30:00', 45, 'x%y'), (14, NULL, NULL, NULL, 'nobody'), (15, 6, '2023-12-31 08:15:00', 300, NULL)",
        "INSERT INTO item VALUES (10, 1, 'pen', 3, 1.5, 0.1), (10, 2, 'pad', 1, 4.25, 0.5), (11, 1, 'ink', 2, 7.5, 1.25), (12, 1, 'desk', 1, 110, 30), "
            + "(12, 2, 'pen', 7, 1.5, 0.1), (13, 1, 'lamp', 3, 15, 2.75), (15, 1, 'chair', 2, 150, 7.5)",
        "INSERT INTO keyless VALUES (1, 'a')",
    ];
}

/// <summary>Microsoft.Data.Sqlite on files.</summary>
public sealed class SqliteFixture : GenericFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("generic-").FullName;

    protected override string Driver => "Microsoft.Data.Sqlite";

    protected override IEnumerable<(string There, string Postgres)> Tables =>
    [
        ("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT, born DATE, vip BOOLEAN, balance NUMERIC)",
            "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, city text, born date, vip boolean, balance numeric)"),
        ("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id BIGINT, placed TIMESTAMP, total DECIMAL(10,2), note VARCHAR(40))",
            "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamp, total numeric, note text)"),
        ("CREATE TABLE item (order_id INTEGER, line INTEGER, product TEXT, quantity INT, price NUMERIC, weight REAL, PRIMARY KEY (order_id, line))",
            "CREATE TABLE item (order_id bigint, line bigint, product text, quantity bigint, price numeric, weight double precision, PRIMARY KEY (order_id, line))"),
        ("CREATE TABLE tagged (id INTEGER PRIMARY KEY, tag UUID, raw BLOB, at TIMESTAMPTZ, clock TIME)",
            "CREATE TABLE tagged (id bigint PRIMARY KEY, tag uuid, raw bytea, at timestamptz, clock time)"),
        ("CREATE TABLE \"Odd \"\"Table\" (\"Mixed Case\" INTEGER PRIMARY KEY, \"select\" TEXT)",
            "CREATE TABLE \"Odd \"\"Table\" (\"Mixed Case\" bigint PRIMARY KEY, \"select\" text)"),
        ("CREATE TABLE keyless (a INTEGER, b TEXT)", "CREATE TABLE keyless (a bigint, b text)"),
        .. Rows.Select(sql => (sql, sql)),
        ("INSERT INTO tagged VALUES (1, '6f9619ff-8b86-d011-b42d-00c04fc964ff', x'00ff10', '2024-06-01 12:00:00+02', '08:30:00'), (2, NULL, NULL, NULL, NULL)",
            @"INSERT INTO tagged VALUES (1, '6f9619ff-8b86-d011-b42d-00c04fc964ff', '\x00ff10', '2024-06-01 12:00:00+02', '08:30:00'), (2, NULL, NULL, NULL, NULL)"),
        ("INSERT INTO \"Odd \"\"Table\" VALUES (1, 'a'), (2, NULL)", "INSERT INTO \"Odd \"\"Table\" VALUES (1, 'a'), (2, NULL)"),
    ];

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override string ConnectionString(string database) => $"Data Source={Path.Combine(_folder, database + ".db")}";
}

/// <summary>MySqlConnector and a MariaDB of its own.</summary>
public sealed class MariaFixture : GenericFixture
{
    private readonly MariaServer _server = new();

    protected override string Driver => "MySqlConnector";

    protected override IEnumerable<(string There, string Postgres)> Tables =>
    [
        ("CREATE TABLE customer (id BIGINT PRIMARY KEY, name TEXT NOT NULL, city VARCHAR(20), born DATE, vip BOOLEAN, balance DECIMAL(20,2))",
            "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, city text, born date, vip boolean, balance numeric(20,2))"),
        ("CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT, placed DATETIME(6), total DECIMAL(20,2), note VARCHAR(40))",
            "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamp, total numeric(20,2), note text)"),
        ("CREATE TABLE item (order_id BIGINT, line BIGINT, product TEXT, quantity BIGINT, price DECIMAL(20,2), weight DOUBLE, PRIMARY KEY (order_id, line))",
            "CREATE TABLE item (order_id bigint, line bigint, product text, quantity bigint, price numeric(20,2), weight double precision, PRIMARY KEY (order_id, line))"),
        ("CREATE TABLE tagged (id BIGINT PRIMARY KEY, tag CHAR(36), raw VARBINARY(20), at DATETIME(6), clock TIME(6))",
            "CREATE TABLE tagged (id bigint PRIMARY KEY, tag uuid, raw bytea, at timestamp, clock interval)"),
        ("CREATE TABLE `Odd \"Table` (`Mixed Case` BIGINT PRIMARY KEY, `select` TEXT)",
            "CREATE TABLE \"Odd \"\"Table\" (\"Mixed Case\" bigint PRIMARY KEY, \"select\" text)"),
        ("CREATE TABLE keyless (a BIGINT, b TEXT)", "CREATE TABLE keyless (a bigint, b text)"),
        .. Rows.Select(sql => (sql, sql)),
        ("INSERT INTO tagged VALUES (1, '6f9619ff-8b86-d011-b42d-00c04fc964ff', x'00ff10', '2024-06-01 12:00:00', '08:30:00'), (2, NULL, NULL, NULL, NULL)",
            @"INSERT INTO tagged VALUES (1, '6f9619ff-8b86-d011-b42d-00c04fc964ff', '\x00ff10', '2024-06-01 12:00:00', '08:30:00'), (2, NULL, NULL, NULL, NULL)"),
        ("INSERT INTO `Odd \"Table` VALUES (1, 'a'), (2, NULL)", "INSERT INTO \"Odd \"\"Table\" VALUES (1, 'a'), (2, NULL)"),
    ];

    public override void Dispose()
    {
        base.Dispose();
        _server.Dispose();
    }

    protected override string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={_server.Port};User ID=root;Database={database}");

    protected override void Create(string database)
    {
        using var connection = ProviderBinding.Load(Driver).CreateConnection()!;
        connection.ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={_server.Port};User ID=root;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {database} CHARACTER SET utf8mb4";
        command.ExecuteNonQuery();
    }
}

/// <summary>A provider that nothing is known of but System.Data.Common: what its server holds is answered as PostgreSQL would.</summary>
public abstract class GenericNodeTests(GenericFixture fixture)
{
    public static TheoryData<string> Statements => [.. Lines("generic.statements")];

    [SkippableTheory]
    [MemberData(nameof(Statements))]
    public void A_query_is_answered_as_by_PostgreSQL(string sql)
    {
        using var referee = fixture.OpenReferee();
        using var gateway = fixture.Open();
        Assert.Equal(Answer(referee, sql), Answer(gateway, sql));
    }

    [SkippableFact]
    public void Changes_leave_the_same_rows_as_in_PostgreSQL_and_tell_the_same_counts()
    {
        using var referee = fixture.OpenReferee("changed");
        using var gateway = fixture.Open("changed");
        foreach (var sql in Lines("generic.changes"))
        {
            Assert.Equal($"{sql}: {Count(referee, sql)}", $"{sql}: {Count(gateway, sql)}");

            // SQLite keeps no zeros behind a number.
            foreach (var rows in (string[])
            [
                "SELECT id, name, city, born, vip, trim_scale(balance) FROM customer ORDER BY id",
                "SELECT id, customer_id, placed, trim_scale(total), note FROM orders ORDER BY id",
                "SELECT order_id, line, product, quantity, trim_scale(price), weight FROM item ORDER BY 1, 2",
            ]) Assert.Equal(Answer(referee, rows), Answer(gateway, rows));
        }
    }

    [SkippableTheory]
    [InlineData("SELECT name FROM customer WHERE id = $1 OR id = $2 ORDER BY id", 2L, 5L)]
    [InlineData("SELECT name FROM customer WHERE name = $1 AND id > $2", "ann", 1L)]
    [InlineData("SELECT $2::text || name, $1::int FROM customer WHERE id < $1::bigint ORDER BY id", 4, "x")]
    [InlineData("SELECT id FROM orders WHERE total BETWEEN $1 AND $2 ORDER BY id", 40.0, 120.5)]
    [InlineData("SELECT c.name, o.total FROM customer c JOIN orders o ON o.customer_id = c.id WHERE c.id = $1 AND o.id >= $2 ORDER BY o.id LIMIT 1", 1L, 10L)]
    public void Parameters_mean_the_same_wherever_they_are_used(string sql, object first, object second)
    {
        using var referee = fixture.OpenReferee();
        using var gateway = fixture.Open();
        for (var i = 0; i < 3; i++) Assert.Equal(referee.Ask(sql, first, second), gateway.Ask(sql, first, second));
    }

    [SkippableFact]
    public void A_condition_of_integers_is_the_server_s_and_one_of_texts_the_gateway_s()
    {
        using var gateway = fixture.Open();
        var plan = string.Join('\n', gateway.Ask("EXPLAIN (TRANSLATE) SELECT name FROM customer WHERE id = 3 AND city IS NULL"));
        Assert.Contains("SELECT \"name\" AS \"c0\" FROM \"customer\" WHERE (\"id\" = 3 AND \"city\" IS NULL)", plan.Replace('`', '"'), StringComparison.Ordinal);
        plan = string.Join('\n', gateway.Ask("EXPLAIN (TRANSLATE) SELECT name FROM customer WHERE id > 2 AND name > 'x'"));
        Assert.Contains("FROM \"customer\" WHERE \"id\" > 2", plan.Replace('`', '"'), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("INSERT INTO customer (id, name) VALUES (900, 'x') RETURNING id", "RETURNING")]
    [InlineData("INSERT INTO customer (id, name) VALUES (1, 'x') ON CONFLICT DO NOTHING", "ON CONFLICT")]
    [InlineData("MERGE INTO customer USING orders ON orders.id = customer.id WHEN MATCHED THEN DELETE", "MERGE")]
    [InlineData("UPDATE keyless SET a = 2", "no primary key")]
    [InlineData("DELETE FROM keyless", "no primary key")]
    [InlineData("CREATE TABLE made (a int)", "CREATE TABLE")]
    [InlineData("DROP TABLE customer", "DROP TABLE")]
    [InlineData("TRUNCATE customer", "TRUNCATE")]
    [InlineData("SELECT * INTO made FROM customer", "SELECT INTO")]
    [InlineData("SELECT * FROM customer FOR UPDATE", "FOR UPDATE")]
    [InlineData("INSERT INTO customer (id, name) VALUES (901, 'a'), (902, DEFAULT)", "DEFAULT")]
    [InlineData("UPDATE customer_names SET name = 'x'", "not a table")]
    public void What_cannot_be_done_is_refused_by_name(string sql, string what)
    {
        using var gateway = fixture.Open();
        var answer = gateway.Answer(sql);
        Assert.StartsWith("0A000", answer, StringComparison.Ordinal);
        Assert.Contains(what, answer, StringComparison.Ordinal);
        Assert.Equal(["6"], gateway.Ask("SELECT count(*) FROM customer"));
    }

    [SkippableFact]
    public void Transactions_and_savepoints_are_the_server_s()
    {
        using var gateway = fixture.Open();
        gateway.Do("BEGIN");
        gateway.Do("INSERT INTO \"Odd \"\"Table\" VALUES (50, 'kept')");
        gateway.Do("SAVEPOINT \"a b\"");
        gateway.Do("INSERT INTO \"Odd \"\"Table\" VALUES (51, 'undone')");
        Assert.StartsWith("23505", gateway.Answer("INSERT INTO \"Odd \"\"Table\" VALUES (52, 'x'), (1, 'again')"), StringComparison.Ordinal);
        Assert.StartsWith("25P02", gateway.Answer("SELECT 1"), StringComparison.Ordinal);
        gateway.Do("ROLLBACK TO \"a b\"");
        Assert.Equal(["1", "2", "50"], gateway.Ask("SELECT \"Mixed Case\" FROM \"Odd \"\"Table\" ORDER BY 1"));
        gateway.Do("COMMIT");
        gateway.Do("BEGIN");
        gateway.Do("DELETE FROM \"Odd \"\"Table\"");
        gateway.Do("ROLLBACK");
        using (var other = fixture.Open())
        {
            Assert.Equal(["1", "2", "50"], other.Ask("SELECT \"Mixed Case\" FROM \"Odd \"\"Table\" ORDER BY 1"));
            Assert.Equal(1, other.Do("DELETE FROM \"Odd \"\"Table\" WHERE \"Mixed Case\" = 50"));
        }
    }

    [SkippableFact]
    public void A_statement_that_fails_half_way_changes_nothing()
    {
        using var gateway = fixture.Open();
        Assert.StartsWith("23505", gateway.Answer("INSERT INTO item (order_id, line) VALUES (77, 1), (77, 2), (10, 1)"), StringComparison.Ordinal);
        Assert.Equal(["0"], gateway.Ask("SELECT count(*) FROM item WHERE order_id = 77"));
    }

    [SkippableFact]
    public void Rows_are_copied_in_and_out()
    {
        using var gateway = fixture.Open();
        using (var writer = gateway.BeginTextImport("COPY keyless (b, a) FROM STDIN"))
            for (var i = 2; i <= 200; i++) writer.Write($"row {i}\t{i}\n");
        Assert.Equal(["200|20100"], gateway.Ask("SELECT count(*), sum(a) FROM keyless"));
        using (var reader = gateway.BeginTextExport("COPY (SELECT a, b FROM keyless WHERE a = 7) TO STDOUT"))
            Assert.Equal("7\trow 7\n", reader.ReadToEnd());
    }

    private static string[] Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Ado", file)).Where(line => line.Length > 0)];

    /// <summary>Rows, in any order where the query asks for none; of an error its code.</summary>
    private static string Answer(NpgsqlConnection connection, string sql)
    {
        try
        {
            var rows = connection.Ask(sql);
            if (!sql.Contains("ORDER BY", StringComparison.Ordinal)) rows.Sort(StringComparer.Ordinal);
            return string.Join('\n', rows);
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
    }

    private static string Count(NpgsqlConnection connection, string sql)
    {
        try
        {
            return connection.Do(sql).ToString(CultureInfo.InvariantCulture);
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
    }
}

public sealed class SqliteNodeTests(SqliteFixture fixture) : GenericNodeTests(fixture), IClassFixture<SqliteFixture>
{
    [SkippableFact]
    public void A_number_that_the_server_would_round_is_refused()
    {
        using var gateway = fixture.Open();
        Assert.StartsWith("22003", gateway.Answer("UPDATE customer SET balance = 12345678901234567.25 WHERE id = 1"), StringComparison.Ordinal);
        Assert.Equal(["10.5"], gateway.Ask("SELECT balance FROM customer WHERE id = 1"));
    }

    [SkippableFact]
    public void A_value_that_is_none_of_the_column_s_type_is_an_error_and_no_other_value()
    {
        using (var file = fixture.OpenThere())
        using (var command = file.CreateCommand())
        {
            command.CommandText = "CREATE TABLE IF NOT EXISTS loose (id INTEGER PRIMARY KEY, n INTEGER, d DATE); INSERT OR IGNORE INTO loose VALUES (1, 'abc', '2024-01-01'), (2, 5, 'today'), (3, 7.5, NULL)";
            command.ExecuteNonQuery();
        }

        using var gateway = fixture.Open();
        for (var i = 0; i < 300 && gateway.Answer("SELECT id FROM loose").StartsWith("42P01", StringComparison.Ordinal); i++) Thread.Sleep(100);
        Assert.StartsWith("22000", gateway.Answer("SELECT n FROM loose WHERE id = 1"), StringComparison.Ordinal);
        Assert.StartsWith("22000", gateway.Answer("SELECT d FROM loose WHERE id = 2"), StringComparison.Ordinal);
        Assert.StartsWith("22000", gateway.Answer("SELECT n FROM loose WHERE id = 3"), StringComparison.Ordinal);
        Assert.Equal(["5"], gateway.Ask("SELECT n FROM loose WHERE id = 2"));
    }
}

public sealed class MariaNodeTests(MariaFixture fixture) : GenericNodeTests(fixture), IClassFixture<MariaFixture>
{
    [SkippableFact]
    public void A_statement_that_waits_for_a_lock_is_cancelled()
    {
        using var there = fixture.OpenThere();
        using var transaction = there.BeginTransaction();
        using (var command = there.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "UPDATE keyless SET a = a";
            command.ExecuteNonQuery();
        }

        using var gateway = fixture.Open();
        gateway.Do("SET statement_timeout = '1s'");
        Assert.StartsWith("57014", gateway.Answer("INSERT INTO keyless SELECT a + 1, b FROM keyless"), StringComparison.Ordinal);
    }
}
