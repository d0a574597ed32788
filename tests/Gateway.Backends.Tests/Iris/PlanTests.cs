using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;
using static Gateway.Backends.Tests.Iris.FakeIris;

namespace Gateway.Backends.Tests.Iris;

public sealed class PlanTests : IDisposable
{
    private readonly FakeIris _iris = new();

    public void Dispose() => _iris.Dispose();

    private static RemoteQuery Three => Asked("SELECT n FROM t", [Int4]);

    private void HasThree() => _iris.Server.Says("SELECT n FROM t", Answer.Of(1, 2, 3));

    [Fact]
    public void A_remote_query_goes_straight_to_the_client()
    {
        _iris.Server.Says("SELECT", Answer.Table([1, "a"], [2, null]));
        var plan = new Plan([new QueryStep(Asked("SELECT a, b FROM t WHERE a > ?", [Int4, Text], Parameter(1, Int4)))]);
        Assert.Equal(["1|a", "2|NULL"], _iris.Run(plan, 0));
        Assert.Equal(["SELECT a, b FROM t WHERE a > ? [0]"], _iris.Log);
    }

    [Theory]
    [InlineData("TRAIN MODEL m FROM t", "TRAIN MODEL m FROM t")]
    [InlineData("insert or update into t (a, b) values ($2, $1) -- once", "insert or update into t (a, b) values (?, ?) [y|x]")]
    public void A_statement_of_IRIS_reaches_it_verbatim_and_once(string sql, string expected)
    {
        var bound = new Gateway.Sql.Analysis.Analyzer(_iris.Connection.Schema, ["public"]).Bind(Gateway.Sql.Parsing.Parser.ParseSingle(sql)!, []);
        _iris.Run(_iris.Backend.Dialect.Render(bound), [.. new[] { "x", "y" }.Take(bound.ParameterTypes.Length)]);
        
        // Beside it only what every connection begins with.
        Assert.Equal(expected, Assert.Single(_iris.Log, text => !text.StartsWith("SET ", StringComparison.Ordinal) && text != "SELECT $JOB"));
    }

    [Fact]
    public void A_local_query_computes_over_what_a_source_delivers()
    {
        HasThree();
        var plan = new Plan([new QueryStep(Local("SELECT pg_int4pl(c0, ?1) FROM pg_remote(0)", [Int4], [Three], Parameter(1, Int4)))]);
        Assert.Equal(["11", "12", "13"], _iris.Run(plan, 10));
    }

    [Fact]
    public void A_statement_without_tables_does_not_ask_the_server()
    {
        Assert.Equal(["5"], _iris.Run(new Plan([new QueryStep(Local("SELECT pg_int4pl(2, 3)", [Int4]))])));
        Assert.Empty(_iris.Log);
    }

    [Fact]
    public void Two_sources_that_are_open_at_once_share_the_one_reader_of_the_driver()
    {
        HasThree();
        _iris.Server.Says("SELECT m FROM u", Answer.Of(2, 3, 4));
        var plan = new Plan([new QueryStep(Local(
            "SELECT a.c0, b.c0 FROM pg_remote(0) AS a JOIN pg_remote(1) AS b ON a.c0 = b.c0", [Int4, Int4], [Three, Asked("SELECT m FROM u", [Int4])]))]);
        Assert.Equal(["2|2", "3|3"], _iris.Run(plan));
    }

    [Fact]
    public void A_source_can_be_a_local_query_over_sources_of_its_own()
    {
        HasThree();
        var inner = Local("SELECT pg_int4mul(c0, c0) FROM pg_remote(0)", [Int4], [Three]);
        var plan = new Plan([new QueryStep(Local("SELECT sum(c0) FROM pg_remote(0)", [Int8], [inner]))]);
        Assert.Equal(["14"], _iris.Run(plan));
    }

    [Fact]
    public void Rows_are_pulled_as_the_client_reads()
    {
        _iris.Server.Says("SELECT n FROM t", new Answer(Types: [typeof(int)], Rows: [[1], [2], [new FakeException("[SQLCODE: <-400>:<boom>]")]]));
        using var none = new ValueList();
        using var execution = _iris.Connection.Execute(new Plan([new QueryStep(Three)]), none);
        Assert.True(execution.Read());
        Assert.True(execution.Read());
        Assert.Equal("XX000", Assert.Throws<PgException>(() => execution.Read()).SqlState);
    }

    [Fact]
    public void An_error_of_the_server_reaches_the_client_through_the_engine_as_it_is()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Fails(-114, "locked"));
        var plan = new Plan([new QueryStep(Local("SELECT c0 FROM pg_remote(0)", [Int4], [Three]))]);
        var error = Engine.Fails("55P03", () => _iris.Run(plan));
        Assert.Contains("-114", error.Detail);
    }

    [Fact]
    public void An_error_of_a_function_is_its_own()
    {
        HasThree();
        var plan = new Plan([new QueryStep(Local("SELECT pg_int4div(1, pg_int4mi(c0, 2)) FROM pg_remote(0)", [Int4], [Three]))]);
        Engine.Fails("22012", () => _iris.Run(plan));
    }

    [Fact]
    public void A_statement_while_a_query_is_half_read_leaves_the_query_its_rows()
    {
        HasThree();
        using var none = new ValueList();
        using var half = _iris.Connection.Execute(new Plan([new QueryStep(Three)]), none);
        Assert.True(half.Read());
        _iris.Server.Says("SELECT x", Answer.Of("other"));
        Assert.Equal(["other"], _iris.Run(new Plan([new QueryStep(Asked("SELECT x", [Text]))])));
        Assert.Equal(1, half.GetInt64(0));
        Assert.True(half.Read());
        Assert.Equal(2, half.GetInt64(0));
        Assert.True(half.Read());
        Assert.False(half.Read());
    }

    [Fact]
    public void Computed_values_are_made_once_and_bound()
    {
        var plan = new Plan([new CommandStep("UPDATE t SET a = ?, b = ?", [new Input(InputKind.Computed, 1, Text), new Input(InputKind.Computed, 0, Int4)])])
        {
            Computed = Local("SELECT pg_int4pl(?1, 1), 'x'", [Int4, Text], default, Parameter(1, Int4)),
        };
        _iris.Run(plan, out var affected, 41);
        Assert.Equal(1, affected);
        Assert.Equal(["UPDATE t SET a = ?, b = ? [x|42]"], _iris.Log);
    }

    [Fact]
    public void Commands_count_what_they_say_they_count()
    {
        _iris.Server.Says("DELETE FROM a", Answer.Changed(2)).Says("DELETE FROM b", Answer.Changed(5)).Says("TRUNCATE", Answer.Changed(-1));
        _iris.Run(new Plan([new CommandStep("DELETE FROM a", []), new CommandStep("DELETE FROM b", [], Counts: false), new CommandStep("TRUNCATE TABLE c", [])]), out var affected);
        Assert.Equal(2, affected);
        Assert.Equal(["BEGIN ReadCommitted", "DELETE FROM a", "DELETE FROM b", "TRUNCATE TABLE c", "COMMIT"], _iris.Log);
    }

    [Fact]
    public void A_single_command_needs_no_transaction()
    {
        _iris.Run(new Plan([new CommandStep("DELETE FROM a", [])]));
        Assert.Equal(["DELETE FROM a"], _iris.Log);
    }

    [Fact]
    public void When_the_third_command_fails_nothing_is_kept()
    {
        _iris.Server.Says("INSERT INTO t VALUES (3)", Answer.Fails(-119, "t_pkey"));
        var plan = new Plan([.. Enumerable.Range(1, 4).Select(i => new CommandStep($"INSERT INTO t VALUES ({i})", []))]);
        Engine.Fails("23505", () => _iris.Run(plan));
        Assert.Equal(["BEGIN ReadCommitted", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)", "INSERT INTO t VALUES (3)", "ROLLBACK"], _iris.Log);
        Assert.False(_iris.Connection.IsBroken);
    }

    private static Plan TwoInserts => new([new CommandStep("INSERT INTO t VALUES (1)", []), new CommandStep("INSERT INTO t VALUES (2)", [])]);

    [Fact]
    public void Inside_a_transaction_a_plan_that_failed_half_way_can_only_be_rolled_back()
    {
        _iris.Server.Says("INSERT INTO t VALUES (2)", Answer.Fails(-119, "t_pkey"));
        _iris.Connection.Begin(null, false);
        Engine.Fails("23505", () => _iris.Run(TwoInserts));
        Engine.Fails("25P02", () => _iris.Run(new Plan([new QueryStep(Three)])));
        Engine.Fails("25P02", _iris.Connection.Commit);
        Assert.Equal("ROLLBACK", _iris.Log[^1]);
        Assert.False(_iris.Connection.InTransaction);
    }

    [Fact]
    public void Rolling_back_to_a_savepoint_before_the_failure_makes_the_transaction_whole()
    {
        _iris.Server.Says("INSERT INTO t VALUES (2)", Answer.Fails(-119, "t_pkey"));
        _iris.Connection.Begin(null, false);
        _iris.Connection.Savepoint("a");
        Engine.Fails("23505", () => _iris.Run(TwoInserts));
        _iris.Connection.RollbackToSavepoint("a");
        _iris.Connection.Commit();
        Assert.Equal(
            ["BEGIN ReadCommitted", "SAVEPOINT PGW1", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)", "ROLLBACK TO SAVEPOINT PGW1", "COMMIT"],
            _iris.Log);
    }

    [Fact]
    public void For_each_reads_all_rows_before_it_changes_the_first()
    {
        HasThree();
        var plan = new Plan([new ForEachStep(Three, new ChangeAction(new CommandStep("DELETE FROM t WHERE %ID = ?", [Row(0, Int4)]), 0, null))]);
        _iris.Run(plan, out var affected);
        Assert.Equal(3, affected);
        Assert.Equal(
            ["SELECT n FROM t", "BEGIN ReadCommitted", "DELETE FROM t WHERE %ID = ? [1]", "DELETE FROM t WHERE %ID = ? [2]", "DELETE FROM t WHERE %ID = ? [3]", "COMMIT"],
            _iris.Log);
        Assert.Equal(1, _iris.Server.Prepared);
    }

    [Fact]
    public void Returning_rows_come_after_their_commands_and_know_the_new_id()
    {
        HasThree();
        var next = 100;
        _iris.Server.Says("SELECT LAST_IDENTITY()", _ => Answer.Of(++next));
        _iris.Server.Says("SELECT id, n FROM t WHERE %ID", values => Answer.Table([values[0], "row"]));
        var plan = new Plan([new ForEachStep(Three, new ChangeAction(
            new CommandStep("INSERT INTO t (n) VALUES (?)", [Row(0, Int4)]), -1,
            Asked("SELECT id, n FROM t WHERE %ID = ?", [Int4, Text], Identity)))]);
        Assert.Equal(["101|row", "102|row", "103|row"], _iris.Run(plan, out var affected));
        Assert.Equal(3, affected);
    }

    [Fact]
    public void A_command_that_affects_no_row_returns_none()
    {
        HasThree();
        _iris.Server.Says("UPDATE", values => Answer.Changed(values[0] is 2 ? 0 : 1));
        var plan = new Plan([new ForEachStep(Three, new ChangeAction(
            new CommandStep("UPDATE t WHERE %ID = ?", [Row(0, Int4)]), 0, Local("SELECT ?1", [Int4], default, Row(0, Int4))))]);
        Assert.Equal(["1", "3"], _iris.Run(plan, out var affected));
        Assert.Equal(2, affected);
    }

    [Fact]
    public void An_update_changes_a_row_once_however_often_it_comes()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Of(7, 7, 8));
        _iris.Run(new Plan([new ForEachStep(Three, new ChangeAction(new CommandStep("UPDATE t WHERE %ID = ?", [Row(0, Int4)]), 0, null))]), out var affected);
        Assert.Equal(2, affected);
    }

    private static UpsertAction Upsert(RowSource? returning = null) => new(
        Asked("SELECT %ID, v, ok FROM t WHERE k = ?", [Int8, Text, Bool], Row(0, Int4)),
        new CommandStep("INSERT INTO t VALUES (?)", [Row(0, Int4)]),
        new CommandStep("UPDATE t SET v = ? WHERE %ID = ?", [new Input(InputKind.Existing, 1, Text), Identity]),
        returning);

    [Fact]
    public void Upsert_inserts_updates_or_leaves_a_row()
    {
        HasThree();
        _iris.Server.Says("SELECT %ID", values => values[0] switch
        {
            1 => Answer.Table(),
            2 => Answer.Table([22L, "new", 1]),
            _ => Answer.Table([33L, "new", 0]),
        });
        _iris.Server.Says("SELECT LAST_IDENTITY()", Answer.Of(11));
        _iris.Server.Says("SELECT v FROM t", values => Answer.Of($"row {values[0]}"));
        Assert.Equal(
            ["row 11", "row 22"],
            _iris.Run(new Plan([new ForEachStep(Three, Upsert(Asked("SELECT v FROM t WHERE %ID = ?", [Text], Identity)))]), out var affected));
        Assert.Equal(2, affected);
        Assert.Contains("INSERT INTO t VALUES (?) [1]", _iris.Log);
        Assert.Contains("UPDATE t SET v = ? WHERE %ID = ? [new|22]", _iris.Log);
        Assert.DoesNotContain(_iris.Log, line => line.Contains("33"));
    }

    [Fact]
    public void Upsert_updates_when_somebody_else_inserted_the_row_meanwhile()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Of(1));
        var inserted = false;
        _iris.Server.Says("SELECT %ID", _ => inserted ? Answer.Table([5L, "new", 1]) : Answer.Table());
        _iris.Server.Says("INSERT", _ =>
        {
            inserted = true;
            return Answer.Fails(-119, "t_pkey");
        });
        _iris.Run(new Plan([new ForEachStep(Three, Upsert())]), out var affected);
        Assert.Equal(1, affected);
        Assert.Contains("UPDATE t SET v = ? WHERE %ID = ? [new|5]", _iris.Log);
    }

    [Fact]
    public void Upsert_that_breaks_another_constraint_fails()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Of(1)).Says("INSERT", Answer.Fails(-119, "t_other_key"));
        Engine.Fails("23505", () => _iris.Run(new Plan([new ForEachStep(Three, Upsert())])));
        Assert.Equal("ROLLBACK", _iris.Log[^1]);
    }

    [Fact]
    public void Upsert_refuses_to_touch_a_row_twice()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Of(1, 1));
        _iris.Server.Says("SELECT %ID", Answer.Table([5L, "new", 1]));
        Engine.Fails("21000", () => _iris.Run(new Plan([new ForEachStep(Three, Upsert())])));
    }

    [Fact]
    public void Merge_takes_the_branch_of_each_row()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Table([10, 0], [20, 1], [30, null]));
        var plan = new Plan([new ForEachStep(
            Asked("SELECT n FROM t", [Int4, Int4]),
            new ChooseAction(1,
            [
                new ChangeAction(new CommandStep("DELETE FROM t WHERE %ID = ?", [Row(0, Int4)]), 0, null),
                new ChangeAction(new CommandStep("INSERT INTO t VALUES (?)", [Row(0, Int4)]), -1, null),
            ]))]);
        _iris.Run(plan, out var affected);
        Assert.Equal(2, affected);
        Assert.Equal(["SELECT n FROM t", "BEGIN ReadCommitted", "DELETE FROM t WHERE %ID = ? [10]", "INSERT INTO t VALUES (?) [20]", "COMMIT"], _iris.Log);
    }

    [Theory]
    [InlineData(0, "SELECT x IN (NULL)")]
    [InlineData(1, "SELECT x IN (?) [1]")]
    [InlineData(3, "SELECT x IN (?, ?, ?, ?) [1|2|3|3]")]
    [InlineData(5, "SELECT x IN (?, ?, ?, ?, ?, ?, ?, ?) [1|2|3|4|5|5|5|5]")]
    public void A_spread_array_has_one_marker_an_element(int count, string expected)
    {
        using var array = new ByteWriter();
        ((SpanCodec)Codecs.Get(1007)).DecodeText(
            System.Text.Encoding.UTF8.GetBytes("{" + string.Join(",", Enumerable.Range(1, count)) + "}"), FormatSettings.Default, array);
        var plan = new Plan([new QueryStep(Asked("SELECT x IN (⋯)", [Bool], new Input(InputKind.Parameter, 1, new TypeRef(1007), Spread: true)))]);
        _iris.Run(plan, array.WrittenSpan.ToArray());
        Assert.Equal([expected], _iris.Log);
    }

    [Fact]
    public void Rows_that_outgrow_the_limit_fail_with_54000()
    {
        using var small = new FakeIris(options => options with { Limits = new(Memory: 1000, Total: 3000) });
        small.Server.Says("SELECT n FROM t", Answer.Of([.. Enumerable.Range(0, 1000).Cast<object?>()]));
        Engine.Fails("54000", () => small.Run(new Plan([new ForEachStep(Three, new ChangeAction(new CommandStep("DELETE", []), -1, null))])));
        Assert.DoesNotContain("DELETE", small.Log);
    }

    [Fact]
    public void Pg_raise_fails_with_what_it_is_given()
    {
        var error = Engine.Fails("23514", () => _iris.Run(new Plan([new QueryStep(Local(
            "SELECT pg_raise('23514', 'no', NULL, 'public', 't', NULL, 'c')", [Int4]))])));
        Assert.Equal(("no", "t", "c"), (error.Message, error.TableName, error.ConstraintName));
        Assert.Equal(["NULL"], _iris.Run(new Plan([new QueryStep(Local("SELECT pg_raise('23514', NULL, NULL, NULL, NULL, NULL, NULL)", [Int4]))])));
    }

    [Fact]
    public void Cancel_stops_a_statement_at_the_server()
    {
        _iris.Server.Executing = command =>
        {
            _iris.Connection.Cancel();
            SpinWait.SpinUntil(() => command.IsCanceled);
        };
        Engine.Fails("57014", () => _iris.Run(new Plan([new QueryStep(Three)])));
        _iris.Server.Executing = null;
        HasThree();
        Assert.Equal(3, _iris.Run(new Plan([new QueryStep(Three)])).Count);
    }

    [Fact]
    public void Cancel_stops_the_engine_between_two_rows()
    {
        HasThree();
        using var none = new ValueList();
        using var execution = _iris.Connection.Execute(new Plan([new QueryStep(Local("SELECT c0 FROM pg_remote(0)", [Int4], [Three]))]), none);
        Assert.True(execution.Read());
        _iris.Connection.Cancel();
        Engine.Fails("57014", () => execution.Read());
    }

    [Fact]
    public void A_lost_connection_is_known_to_be_broken()
    {
        _iris.Server.Says("SELECT n FROM t", Answer.Fails(-461, "gone"));
        Engine.Fails("08006", () => _iris.Run(new Plan([new QueryStep(Three)])));
        Assert.True(_iris.Connection.IsBroken);
    }
}
