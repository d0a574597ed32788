using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>One node for the tests of this folder that leave nothing behind.</summary>
public class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresNode> _node;

    public PostgresFixture()
        : this(() => new PostgresNode())
    {
    }

    protected PostgresFixture(Func<PostgresNode> start) => _node = new(start);

    public PostgresNode Node
    {
        get
        {
            Skip.If(_node.Value.Missing is not null, _node.Value.Missing);
            return _node.Value;
        }
    }

    /// <summary>The provider keeps the server's hints and the names of what an error is about.</summary>
    public virtual bool KeepsErrorFields => true;

    /// <summary>The provider passes the server's notices on.</summary>
    public virtual bool KeepsNotices => true;

    public void Dispose()
    {
        if (_node.IsValueCreated) _node.Value.Dispose();
        GC.SuppressFinalize(this);
    }
}

[CollectionDefinition("postgres node")]
public sealed class PostgresNodeCollection : ICollectionFixture<PostgresFixture>;

[Collection("postgres node")]
public sealed class PostgresNodeTests(PostgresFixture fixture) : ServerNodeTests(fixture);

public abstract class ServerNodeTests(PostgresFixture fixture)
{
    [SkippableFact]
    public void Rows_are_written_and_read_through_a_node_on_a_PostgreSQL_server()
    {
        using var connection = fixture.Node.Open();
        connection.Do("DROP TABLE IF EXISTS first_t");
        connection.Do("CREATE TABLE first_t (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2))");
        Assert.Equal(2, connection.Do("INSERT INTO first_t VALUES (1, 'one', 1.5), (2, 'zwei', NULL)"));
        Assert.Equal(["1|one|1.50", "2|zwei|∅"], connection.Ask("SELECT * FROM first_t ORDER BY id"));
        Assert.Equal(["zwei"], connection.Ask("SELECT name FROM first_t WHERE id = $1", 2));
    }

    [SkippableFact]
    public void A_rollback_undoes_rows_and_tables_and_a_commit_keeps_them()
    {
        using var connection = fixture.Node.Open();
        using (var transaction = connection.BeginTransaction())
        {
            connection.Do("CREATE TABLE rolled (a int)");
            connection.Do("INSERT INTO rolled VALUES (1)");
            Assert.Equal(["1"], connection.Ask("SELECT a FROM rolled"));
            transaction.Rollback();
        }

        Assert.Equal("42P01", Assert.Throws<PostgresException>(() => connection.Ask("SELECT a FROM rolled")).SqlState);
        using (var transaction = connection.BeginTransaction())
        {
            connection.Do("CREATE TABLE kept (a int)");
            connection.Do("INSERT INTO kept VALUES (1)");
            transaction.Save("s");
            connection.Do("INSERT INTO kept VALUES (2)");
            transaction.Rollback("s");
            transaction.Commit();
        }

        using var other = fixture.Node.Open();
        Assert.Equal(["1"], other.Ask("SELECT a FROM kept"));
        other.Do("DROP TABLE kept");
    }
}
