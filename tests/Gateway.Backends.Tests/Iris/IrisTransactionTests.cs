using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;

namespace Gateway.Backends.Tests.Iris;

public sealed class IrisTransactionTests : IDisposable
{
    private readonly FakeIris _iris = new();

    public void Dispose() => _iris.Dispose();

    private void Write(string sql = "INSERT") => _iris.Run(new Plan([new CommandStep(sql, [])]));

    [Fact]
    public void Savepoints_are_sent_with_the_first_write_behind_them()
    {
        var connection = _iris.Connection;
        connection.Begin(null, false);
        connection.Savepoint("a");
        connection.Savepoint("b");
        connection.ReleaseSavepoint("b");
        Write("one");
        connection.Savepoint("c");
        Write("two");
        Write("three");
        connection.RollbackToSavepoint("c");
        Write("four");
        connection.RollbackToSavepoint("a");
        connection.Commit();
        Assert.Equal(
            ["BEGIN ReadCommitted", "SAVEPOINT PGW1", "one", "SAVEPOINT PGW2", "two", "three", "ROLLBACK TO SAVEPOINT PGW2", "SAVEPOINT PGW3", "four", "ROLLBACK TO SAVEPOINT PGW1", "COMMIT"],
            _iris.Log);
    }

    [Fact]
    public void A_name_used_again_hides_the_earlier_until_it_is_released()
    {
        var connection = _iris.Connection;
        connection.Begin(null, false);
        connection.Savepoint("a");
        Write("one");
        connection.Savepoint("a");
        Write("two");
        connection.RollbackToSavepoint("a");
        connection.ReleaseSavepoint("a");
        connection.RollbackToSavepoint("a");
        connection.Rollback();
        Assert.Equal(
            ["BEGIN ReadCommitted", "SAVEPOINT PGW1", "one", "SAVEPOINT PGW2", "two", "ROLLBACK TO SAVEPOINT PGW2", "ROLLBACK TO SAVEPOINT PGW1", "ROLLBACK"],
            _iris.Log);
    }

    [Fact]
    public void Savepoints_at_one_place_share_the_servers()
    {
        var connection = _iris.Connection;
        connection.Begin(null, false);
        connection.Savepoint("a");
        connection.Savepoint("b");
        Write("one");
        connection.RollbackToSavepoint("b");
        connection.RollbackToSavepoint("a");
        Write("two");
        connection.RollbackToSavepoint("a");
        connection.Commit();
        Assert.Equal(
            ["BEGIN ReadCommitted", "SAVEPOINT PGW1", "one", "ROLLBACK TO SAVEPOINT PGW1", "SAVEPOINT PGW2", "two", "ROLLBACK TO SAVEPOINT PGW2", "COMMIT"],
            _iris.Log);
    }

    [Fact]
    public void An_unknown_savepoint_is_refused_before_the_server_hears_of_it()
    {
        _iris.Connection.Begin(null, false);
        Engine.Fails("3B001", () => _iris.Connection.RollbackToSavepoint("x"));
        Engine.Fails("3B001", () => _iris.Connection.ReleaseSavepoint("x"));
        Assert.True(_iris.Connection.InTransaction);
    }

    [Fact]
    public void More_savepoints_than_the_server_has_levels_are_refused()
    {
        _iris.Connection.Begin(null, false);
        for (var i = 0; i < 250; i++)
        {
            _iris.Connection.Savepoint("a");
            Write();
            _iris.Connection.ReleaseSavepoint("a");
        }

        _iris.Connection.Savepoint("a");
        Engine.Fails("54000", () => Write());
    }

    [Theory]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public void A_level_of_isolation_that_IRIS_lacks_is_refused_unless_the_route_accepts_less(string level)
    {
        Engine.Fails("0A000", () => _iris.Connection.Begin(level, false));
        Assert.False(_iris.Connection.InTransaction);
        using var lenient = new FakeIris(options => options with { Isolation = IsolationPolicy.ReadCommitted });
        lenient.Connection.Begin(level, false);
        Assert.Equal(["BEGIN ReadCommitted"], lenient.Log);
    }

    [Fact]
    public void A_commit_whose_answer_is_lost_may_have_taken_effect_and_ends_the_transaction()
    {
        _iris.Server.Says("COMMIT", Answer.Fails(-461));
        _iris.Connection.Begin(null, false);
        Engine.Fails("08007", _iris.Connection.Commit);
        Assert.False(_iris.Connection.InTransaction);
        Assert.True(_iris.Connection.IsBroken);
    }

    [Fact]
    public void A_rollback_of_a_lost_connection_has_happened()
    {
        _iris.Server.Says("ROLLBACK", Answer.Fails(-461));
        _iris.Connection.Begin(null, false);
        _iris.Connection.Rollback();
        Assert.False(_iris.Connection.InTransaction);
        Assert.True(_iris.Connection.IsBroken);
    }

    [Fact]
    public void The_sessions_lock_timeout_is_the_servers()
    {
        _iris.Session.LockTimeout = TimeSpan.FromMilliseconds(1500);
        Write("one");
        Write("two");
        _iris.Session.LockTimeout = TimeSpan.Zero;
        Write("three");
        Assert.Equal(["SET OPTION LOCK_TIMEOUT = 2", "one", "two", "SET OPTION LOCK_TIMEOUT = 10", "three"], _iris.Log);
    }

    [Fact]
    public void Reset_leaves_nothing_behind()
    {
        _iris.Connection.Begin(null, false);
        _iris.Connection.Savepoint("a");
        _iris.Connection.Reset();
        Assert.False(_iris.Connection.InTransaction);
        Assert.Null(_iris.Connection.Session);
        Assert.Equal(["BEGIN ReadCommitted", "ROLLBACK"], _iris.Log);
    }
}
