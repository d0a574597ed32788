using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>PostgreSQL's SQL through the dialect and the backend to the simulator, and back.</summary>
public sealed class SimulatedTests : SimulatedSession
{
    [Fact]
    public void A_table_is_made_filled_and_read()
    {
        Do("create table t (id int primary key, name text not null, price numeric(8,2), ok boolean)");
        Ask("insert into t values (1, 'a', 1.5, true), (2, 'B', null, false)", out var affected);
        Assert.Equal(2, affected);
        Assert.Equal(["1|a|1.50|t", "2|B|NULL|f"], Ask("select * from t order by id"));
        Assert.Equal(["B"], Ask("select name from t where name = 'B'"));
        Assert.Empty(Ask("select name from t where name = 'b'"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 300)]
    [InlineData(500, 500)]
    [InlineData(501, null)]
    public void A_list_may_be_as_long_as_IRIS_takes_it(int length, int? found)
    {
        Do("create table t (id int primary key)", "insert into t select n from generate_series(1, 600) n");
        var sql = $"select count(*) from t where id = any('{{{string.Join(',', Enumerable.Range(1, length))}}}'::int[])";
        if (found is { } count) Assert.Equal([$"{count}"], Ask(sql));
        else Assert.Equal("54000", Assert.Throws<PgException>(() => Ask(sql)).SqlState);
    }

    [Theory]
    [InlineData("boolean", "true", "t")]
    [InlineData("smallint", "-32768", "-32768")]
    [InlineData("int", "2147483647", "2147483647")]
    [InlineData("bigint", "-9223372036854775807", "-9223372036854775807")]
    [InlineData("numeric(10,3)", "-1.5", "-1.500")]
    [InlineData("numeric(18,0)", "999999999999999999", "999999999999999999")]
    [InlineData("numeric", "12345678901234567890.1234567890", "12345678901234567890.1234567890")]
    [InlineData("numeric", "'NaN'", "NaN")]
    [InlineData("real", "1.5", "1.5")]
    [InlineData("double precision", "0.1", "0.1")]
    [InlineData("text", "''", "")]
    [InlineData("text", "'Zürich 日本 😀'", "Zürich 日本 😀")]
    [InlineData("text", "' blanks '", " blanks ")]
    [InlineData("varchar(5)", "'abc'", "abc")]
    [InlineData("char(5)", "'abc'", "abc  ")]
    [InlineData("date", "'1840-12-31'", "1840-12-31")]
    [InlineData("date", "'9999-12-31'", "9999-12-31")]
    [InlineData("time", "'23:59:59.999999'", "23:59:59.999999")]
    [InlineData("timestamp", "'2024-02-29 12:34:56.000001'", "2024-02-29 12:34:56.000001")]
    [InlineData("timestamp", "'0001-01-01'", "0001-01-01 00:00:00")]
    [InlineData("timestamptz", "'2024-01-01 00:00:00+02'", "2023-12-31 22:00:00+00")]
    [InlineData("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("bytea", "'\\x00ff10'", "\\x00ff10")]
    [InlineData("json", "'{\"a\":  1}'", "{\"a\":  1}")]
    [InlineData("jsonb", "'{\"b\": 1, \"a\":  2}'", "{\"a\": 2, \"b\": 1}")]
    [InlineData("interval", "'1 mon 2 days 03:00'", "1 mon 2 days 03:00:00")]
    [InlineData("int[]", "'{1,NULL,3}'", "{1,NULL,3}")]
    [InlineData("inet", "'10.0.0.1/8'", "10.0.0.1/8")]
    [InlineData("timetz", "'12:00:00+02'", "12:00:00+02")]
    [InlineData("money", "'12.34'", "$12.34")]
    public void A_value_comes_back_as_it_went(string type, string value, string expected)
    {
        Do($"create table v (id int primary key, x {type})", $"insert into v values (1, {value})", "insert into v values (2, null)");
        Assert.Equal([expected, "NULL"], Ask("select x from v order by id"));
    }

    [Theory]
    [InlineData("date", "'1840-12-30'", "22008")]
    [InlineData("date", "'infinity'", "22008")]
    [InlineData("timestamp", "'10000-01-01'", "22008")]
    [InlineData("double precision", "'NaN'", "22003")]
    [InlineData("varchar(3)", "'abcd'", "22001")]
    [InlineData("numeric(4,2)", "100", "22003")]
    [InlineData("smallint", "32768", "22003")]
    public void A_value_that_does_not_fit_is_refused(string type, string value, string state)
    {
        Do($"create table v (id int primary key, x {type})");
        Engine.Fails(state, () => Ask($"insert into v values (1, {value})"));
        Assert.Empty(Ask("select x from v"));
    }

    [Fact]
    public void Constraints_fail_in_PostgreSQLs_words()
    {
        Do("create table p (id int primary key, name text unique not null)",
            "create table c (id int primary key, p int references p, n int check (n > 0))",
            "insert into p values (1, 'a')",
            "insert into c values (1, 1, 1)");
        var error = Engine.Fails("23505", () => Ask("insert into p values (1, 'b')"));
        Assert.Equal("duplicate key value violates unique constraint \"p_pkey\"", error.Message);
        Assert.Equal("p_name_key", Engine.Fails("23505", () => Ask("insert into p values (2, 'a')")).ConstraintName);
        Assert.Equal("name", Engine.Fails("23502", () => Ask("insert into p (id) values (3)")).ColumnName);
        Assert.Equal(
            "insert or update on table \"c\" violates foreign key constraint \"c_p_fkey\"",
            Engine.Fails("23503", () => Ask("insert into c values (2, 9, 1)")).Message);
        Assert.Equal(
            "update or delete on table \"p\" violates foreign key constraint \"c_p_fkey\" on table \"c\"",
            Engine.Fails("23503", () => Ask("delete from p")).Message);
        Engine.Fails("23514", () => Ask("insert into c values (2, 1, 0)"));
    }

    [Fact]
    public void Returning_and_upsert()
    {
        Do("create table t (id serial primary key, k text unique, n int not null default 1)");
        Assert.Equal(["1|1"], Ask("insert into t (k) values ('a') returning id, n"));
        Assert.Equal(["1|2"], Ask("insert into t (k) values ('a') on conflict (k) do update set n = t.n + 1 returning id, n"));
        Assert.Empty(Ask("insert into t (k) values ('a') on conflict do nothing returning id"));
        Assert.Equal(["a|3"], Ask("update t set n = n + 1 returning k, n"));
        Assert.Equal(["a"], Ask("delete from t returning k"));
    }

    [Fact]
    public void A_transaction_is_undone_to_a_savepoint_and_then_whole()
    {
        Do("create table t (n int)");
        Connection.Begin(null, false);
        Do("insert into t values (1)");
        Connection.Savepoint("a");
        Do("insert into t values (2)");
        Connection.RollbackToSavepoint("a");
        Do("insert into t values (3)");
        Connection.Commit();
        Assert.Equal(["1", "3"], Ask("select n from t order by n"));
        Connection.Begin(null, false);
        Do("delete from t");
        Connection.Rollback();
        Assert.Equal(["2"], Ask("select count(*) from t"));
    }

    [Fact]
    public void Metadata_survives_the_gateway()
    {
        Do("create table \"T\" (a jsonb default '{}', b numeric(20,4), \"A\" int)", "create view v as select a, b from \"T\"", "comment on table \"T\" is 'hi'");
        using var second = new IrisBackend(Iris.Backend.Options, IrisSimulator.Provider.IrisSimulatorFactory.Instance);
        var table = second.Schema.Find("public", "T")!;
        Assert.Equal(["a", "b", "A"], table.Columns.Select(column => column.Name));
        Assert.Equal(Oids.Jsonb, table.Columns[0].Type.Oid);
        Assert.Equal("hi", table.Comment);
        Assert.Equal(table.Oid, Connection.Schema.Find("public", "T")!.Oid);
        Assert.NotNull(second.Schema.Find("public", "v"));
    }

    [Fact]
    public void A_table_that_was_there_before_is_described_by_IRIS()
    {
        Iris.Run("CREATE TABLE Sample.Person (Name VARCHAR(40), Born DATE, Height NUMERIC(5,2), CONSTRAINT NameKey UNIQUE (Name))");
        Iris.Run("INSERT INTO Sample.Person (Name, Born, Height) VALUES ('Ada', '1915-12-10', 1.6)");
        var table = Iris.Backend.Refresh().Find("sample", "person")!;
        Assert.True(table.Remote!.Foreign);
        Assert.True(table.Oid >= 1 << 28);
        Assert.Equal(["name", "born", "height"], table.Columns.Select(column => column.Name));
        Assert.Contains(table.Constraints, constraint => constraint.Name == "namekey");
        Assert.Equal(["Ada|1915-12-10|1.60"], Ask("select name, born, height from sample.person where name = 'ADA'"));
    }

    [Fact]
    public void System_catalogs_show_what_there_is()
    {
        Do("create table t (id int primary key, name text)");
        Assert.Equal(["t"], Ask("select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"));
        Assert.Equal(["id", "name"], Ask("select attname::text from pg_attribute where attrelid = 't'::regclass and attnum > 0 order by attnum"));
    }

    [Fact]
    public void A_rollback_takes_away_what_changes_of_the_schema_had_added()
    {
        Do("create table old (n int)", "insert into old values (1)");
        Connection.Begin(null, false);
        Do("create table t (n int)", "insert into t values (1)", "alter table old add column m int", "create index i on old (n)", "create table copied as select n from old");
        Connection.Savepoint("a");
        Do("create view v as select n from old");
        Connection.RollbackToSavepoint("a");
        Engine.Fails("42P01", () => Ask("select * from v"));
        Assert.Equal(["1|NULL"], Ask("select * from old"));
        Connection.Rollback();
        Engine.Fails("42P01", () => Ask("select * from t"));
        Assert.Equal(["1"], Ask("select * from old"));
        Assert.Empty(Session.Notices);
        Do("create table t (n int)", "insert into t values (1)");
    }

    [Fact]
    public void A_change_of_the_schema_that_cannot_be_taken_back_is_done_at_once_with_a_warning()
    {
        Do("create table t (n int)");
        Connection.Begin(null, false);
        Do("drop table t");
        Connection.Rollback();
        Assert.Contains(Session.Notices, notice => notice.Severity == "WARNING");
        Engine.Fails("42P01", () => Ask("select * from t"));
    }

    [Fact]
    public void What_a_commit_keeps_is_kept()
    {
        Connection.Begin(null, false);
        Do("create table t (n jsonb)");
        Connection.Commit();
        Connection.Begin(null, false);
        Connection.Rollback();
        Assert.Equal(Oids.Jsonb, Iris.Backend.Refresh().Find("public", "t")!.Columns[0].Type.Oid);
    }

    [Fact]
    public void A_table_dropped_past_the_gateway_is_missed_once_and_then_known_to_be_gone()
    {
        Do("create table t (n int)");
        Iris.Run("DROP TABLE SQLUser.t");
        Engine.Fails("42P01", () => Ask("select n from t"));
        Assert.Null(Connection.Schema.Find("public", "t"));
    }

    [Fact]
    public void Rows_of_a_statement_that_fails_are_not_there()
    {
        Do("create table t (id int primary key)");
        Engine.Fails("23505", () => Ask("insert into t values (1), (2), (1), (3)"));
        Assert.Empty(Ask("select id from t"));
    }

    [Fact]
    public async Task A_wait_for_a_lock_ends_with_a_cancel_or_the_time()
    {
        Do("create table t (id int primary key, n int)", "insert into t values (1, 1)");
        using var other = Iris.Backend.Open();
        other.Session = new TestSession();
        other.Begin(null, false);
        using var none = new ValueList();
        var update = new Analyzer(Connection.Schema, ["public"]).Bind(Parser.ParseSingle("update t set n = 2 where id = 1")!, []);
        other.Execute(Iris.Backend.Dialect.Render(update), none).Dispose();

        var waiting = Task.Run(() => Engine.Fails("57014", () => Ask("update t set n = 3 where id = 1")));
        while (!waiting.IsCompleted)
        {
            Connection.Cancel();
            await Task.Delay(10);
        }

        await waiting;
        Session.LockTimeout = TimeSpan.FromMilliseconds(500);
        Engine.Fails("55P03", () => Ask("update t set n = 3 where id = 1"));
        other.Commit();
        Assert.Equal(["2"], Ask("select n from t"));
    }
}
