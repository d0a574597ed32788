using Gateway.Backends.Embedded;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

public sealed class TransactionTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _a;
    private readonly EmbeddedConnection _b;

    public TransactionTests()
    {
        _a = _engine.Open();
        _b = _engine.Open();
        _a.Do("CREATE TABLE t (id int PRIMARY KEY, v text)");
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void A_statement_outside_a_transaction_commits_itself()
    {
        Assert.Equal(2, _a.Do("INSERT INTO t VALUES (?, ?), (?, ?)", 1, "x", 2, null));
        Assert.Equal(["1", "2"], _b.Ask("SELECT id FROM t ORDER BY id"));
    }

    [Fact]
    public void What_is_rolled_back_is_gone_and_what_is_not_committed_is_unseen()
    {
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        Assert.Equal(["1"], _a.Ask("SELECT id FROM t"));
        Assert.Empty(_b.Ask("SELECT id FROM t"));
        _a.Rollback();
        Assert.Empty(_a.Ask("SELECT id FROM t"));
    }

    [Fact]
    public void Read_committed_sees_what_others_commit_and_writes_after_it()
    {
        _a.Begin("read committed", false);
        Assert.Empty(_a.Ask("SELECT id FROM t"));
        _b.Do("INSERT INTO t VALUES (1, 'x')");
        Assert.Equal(["1"], _a.Ask("SELECT id FROM t"));
        Assert.Equal(1, _a.Do("UPDATE t SET v = 'y'"));
        _a.Commit();
        Assert.Equal(["y"], _b.Ask("SELECT v FROM t"));
    }

    [Fact]
    public void Repeatable_read_keeps_its_snapshot_and_may_not_write_after_others_did()
    {
        _a.Begin("repeatable read", false);
        Assert.Empty(_a.Ask("SELECT id FROM t"));
        _b.Do("INSERT INTO t VALUES (1, 'x')");
        Assert.Empty(_a.Ask("SELECT id FROM t"));
        var error = Fails("40001", () => _a.Do("UPDATE t SET v = 'y'"));
        Assert.Equal("could not serialize access due to concurrent update", error.Message);
        _a.Rollback();
        Assert.Equal(["1"], _a.Ask("SELECT id FROM t"));
    }

    [Fact]
    public void A_read_only_transaction_refuses_to_write()
    {
        _a.Begin(null, true);
        Assert.Equal("cannot execute INSERT in a read-only transaction", Fails("25006", () => _a.Do("INSERT INTO t VALUES (1, 'x')")).Message);
        Assert.Equal("cannot execute CREATE TABLE in a read-only transaction", Fails("25006", () => _a.Do("CREATE TABLE u (a int)")).Message);
        _a.Rollback();
        Assert.Equal(1, _a.Do("INSERT INTO t VALUES (1, 'x')"));
    }

    [Fact]
    public void A_failed_statement_leaves_the_transaction_and_nothing_of_itself()
    {
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        Fails("23505", () => _a.Do("INSERT INTO t VALUES (2, 'y'), (1, 'z')"));
        Assert.True(_a.InTransaction);
        Assert.Equal(["1"], _a.Ask("SELECT id FROM t"));
        _a.Commit();
        Assert.Equal(["1"], _b.Ask("SELECT id FROM t"));
    }

    [Fact]
    public void Savepoints_nest_shadow_and_survive_being_rolled_back_to()
    {
        _a.Begin(null, false);
        _a.Savepoint("s");
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        _a.Savepoint("s");
        _a.Do("INSERT INTO t VALUES (2, 'x')");
        _a.RollbackToSavepoint("s");
        Assert.Equal(["1"], _a.Ask("SELECT id FROM t"));
        _a.ReleaseSavepoint("s");
        _a.RollbackToSavepoint("s");
        Assert.Empty(_a.Ask("SELECT id FROM t"));
        Assert.Equal("savepoint \"S\" does not exist", Fails("3B001", () => _a.ReleaseSavepoint("S")).Message);
        _a.Commit();
    }

    [Fact]
    public async Task Writers_queue_and_a_lock_timeout_ends_the_wait()
    {
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        ((TestSession)_b.Session!).LockTimeout = TimeSpan.FromMilliseconds(50);
        Assert.Equal("canceling statement due to lock timeout", Fails("55P03", () => _b.Do("INSERT INTO t VALUES (2, 'x')")).Message);

        ((TestSession)_b.Session!).LockTimeout = TimeSpan.Zero;
        var waiting = Task.Run(() => _b.Do("INSERT INTO t VALUES (2, 'x')"));
        SpinWait.SpinUntil(() => _engine.Database.Gate.Waiting == 1);
        _a.Commit();
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task A_wait_for_the_lock_can_be_canceled()
    {
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        var waiting = Task.Run(() => Fails("57014", () => _b.Do("INSERT INTO t VALUES (2, 'x')")));
        SpinWait.SpinUntil(() => _engine.Database.Gate.Waiting == 1);
        _b.Cancel();
        await waiting;
        _a.Rollback();
        Assert.Equal(1, _b.Do("INSERT INTO t VALUES (2, 'x')"));
    }

    [Fact]
    public async Task A_running_query_can_be_canceled_from_another_thread()
    {
        var running = Task.Run(() => Fails("57014", () =>
            _a.Ask("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r")));
        await Task.Delay(100);
        _a.Cancel();
        Assert.Equal("canceling statement due to user request", (await running).Message);
        Assert.Equal(["1"], _a.Ask("SELECT 1"));
    }

    [Fact]
    public void A_cancel_between_statements_does_nothing()
    {
        _a.Cancel();
        Assert.Equal(["1"], _a.Ask("SELECT 1"));
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (1, 'x')");
        _a.Cancel();
        _a.Commit();
        Assert.Equal(["1"], _b.Ask("SELECT id FROM t"));
    }

    [Fact]
    public void Ddl_is_rolled_back_with_its_transaction_and_seen_by_nobody_else_before()
    {
        _a.Begin(null, false);
        _a.Do("CREATE TABLE u (a int)");
        Assert.NotNull(_a.Schema.Find("public", "u"));
        Assert.Null(_b.Schema.Find("public", "u"));
        _a.Do("INSERT INTO u VALUES (1)");
        _a.Rollback();
        Assert.Null(_a.Schema.Find("public", "u"));

        var before = _b.Schema.Version;
        _a.Do("CREATE TABLE u (a int)");
        Assert.NotNull(_b.Schema.Find("public", "u"));
        Assert.True(_b.Schema.Version > before);
    }

    [Fact]
    public void A_plan_of_several_steps_happens_as_a_whole()
    {
        using var none = new ValueList();
        var plan = new Gateway.Sql.Dialects.Plan([.. Steps("INSERT INTO t VALUES (1, 'x')").Steps, .. Steps("INSERT INTO t VALUES (1, 'y')").Steps]);
        Fails("23505", () => _a.Execute(plan, none));
        Assert.Empty(_a.Ask("SELECT id FROM t"));
        _a.Begin(null, false);
        _a.Do("INSERT INTO t VALUES (5, 'x')");
        Fails("23505", () => _a.Execute(plan, none));
        Assert.Equal(["5"], _a.Ask("SELECT id FROM t"));
        _a.Commit();
    }

    [Fact]
    public void Returning_completes_although_its_rows_are_not_read()
    {
        using var none = new ValueList();
        using (var execution = _a.Execute(Steps("INSERT INTO t VALUES (1, 'x'), (2, 'y') RETURNING id", rows: true), none))
            Assert.True(execution.Read());
        Assert.Equal(["1", "2"], _b.Ask("SELECT id FROM t ORDER BY id"));
    }
}
