using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>One node for the tests of this folder that leave nothing behind.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresNode> _node = new(() => new PostgresNode());

    public PostgresNode Node
    {
        get
        {
            Skip.If(_node.Value.Missing is not null, _node.Value.Missing);
            return _node.Value;
        }
    }

    public void Dispose()
    {
        if (_node.IsValueCreated) _node.Value.Dispose();
    }
}

[CollectionDefinition("postgres node")]
public sealed class PostgresNodeCollection : ICollectionFixture<PostgresFixture>;

[Collection("postgres node")]
public sealed class PostgresNodeTests(PostgresFixture fixture)
{
    [SkippableFact]
    public void Rows_are_written_and_read_through_a_node_on_a_PostgreSQL_server()
    {
        using var connection = Open();
        Do(connection, "DROP TABLE IF EXISTS first_t");
        Do(connection, "CREATE TABLE first_t (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2))");
        Assert.Equal(2, Do(connection, "INSERT INTO first_t VALUES (1, 'one', 1.5), (2, 'zwei', NULL)"));
        Assert.Equal(["1|one|1.50", "2|zwei|"], Ask(connection, "SELECT * FROM first_t ORDER BY id"));
        Assert.Equal(["zwei"], Ask(connection, "SELECT name FROM first_t WHERE id = $1", 2));
    }

    [SkippableFact]
    public void A_rollback_undoes_rows_and_tables_and_a_commit_keeps_them()
    {
        using var connection = Open();
        using (var transaction = connection.BeginTransaction())
        {
            Do(connection, "CREATE TABLE rolled (a int)");
            Do(connection, "INSERT INTO rolled VALUES (1)");
            Assert.Equal(["1"], Ask(connection, "SELECT a FROM rolled"));
            transaction.Rollback();
        }

        Assert.Equal("42P01", Assert.Throws<PostgresException>(() => Ask(connection, "SELECT a FROM rolled")).SqlState);
        using (var transaction = connection.BeginTransaction())
        {
            Do(connection, "CREATE TABLE kept (a int)");
            Do(connection, "INSERT INTO kept VALUES (1)");
            transaction.Save("s");
            Do(connection, "INSERT INTO kept VALUES (2)");
            transaction.Rollback("s");
            transaction.Commit();
        }

        using var other = Open();
        Assert.Equal(["1"], Ask(other, "SELECT a FROM kept"));
        Do(other, "DROP TABLE kept");
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(fixture.Node.ConnectionString());
        connection.Open();
        return connection;
    }

    private static int Do(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    private static List<string> Ask(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i))));
        return rows;
    }
}
