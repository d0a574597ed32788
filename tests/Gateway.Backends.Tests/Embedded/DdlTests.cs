using Gateway.Backends.Embedded;
using Gateway.Sql.Schema;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

public sealed class DdlTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly TestSession _session = new();
    private EmbeddedConnection _db;

    public DdlTests() => _db = _engine.Open(_session);

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    private RelationInfo Table(string name) => _db.Schema.Find("public", name)!;

    [Fact]
    public void Constraints_get_the_names_PostgreSQL_gives_them()
    {
        _db.Do("CREATE TABLE p (a int PRIMARY KEY, b text UNIQUE, c int, d int, UNIQUE (c, d))");
        _db.Do("CREATE TABLE c (id int, p int REFERENCES p, q text REFERENCES p (b), FOREIGN KEY (p) REFERENCES p, PRIMARY KEY (id, p))");
        Assert.Equal(["p_pkey", "p_b_key", "p_c_d_key"], Table("p").Constraints.Select(c => c.Name));
        Assert.Equal(["c_p_fkey", "c_q_fkey", "c_p_fkey1", "c_pkey"], Table("c").Constraints.Select(c => c.Name));
        Assert.True(Table("c").FindColumn("p")!.NotNull);
        Assert.True(Table("p").Oid >= 16384);
    }

    [Fact]
    public void Metadata_survives_a_restart()
    {
        _db.Do("CREATE TABLE t (id serial PRIMARY KEY, n numeric(10,2) NOT NULL, v varchar(20) DEFAULT NULL, ts timestamptz(3)[])");
        _db.Do("COMMENT ON COLUMN t.n IS 'money'");
        var before = Table("t");
        _db.Dispose();
        _engine.Restart();
        _db = _engine.Open(_session);
        var after = Table("t");
        Assert.Equal(before.Oid, after.Oid);
        Assert.Equal(before.Columns.ToArray(), after.Columns.ToArray());
        Assert.Equal("money", after.FindColumn("n")!.Comment);
        Assert.Equal((10 << 16 | 2) + 4, after.FindColumn("n")!.Type.Typmod);
        Assert.Equal("nextval('t_id_seq'::regclass)", after.FindColumn("id")!.Default);
        _db.Do("CREATE TABLE u (a int)");
        Assert.True(Table("u").Oid > after.Oid);
    }

    [Fact]
    public void A_serial_counts_and_no_rollback_takes_a_value_back()
    {
        _db.Do("CREATE TABLE t (id serial PRIMARY KEY, v text)");
        Assert.Equal(["1"], _db.Ask("INSERT INTO t (v) VALUES ('x') RETURNING id"));
        _db.Begin(null, false);
        Assert.Equal(["2"], _db.Ask("INSERT INTO t (v) VALUES ('x') RETURNING id"));
        _db.Rollback();
        Assert.Equal(["3"], _db.Ask("INSERT INTO t (v) VALUES ('x') RETURNING id"));
        Assert.Equal(["3"], _db.Ask("SELECT last_value FROM t_id_seq"));
        Assert.Equal(["3"], _db.Ask("SELECT pg_lastval()"));
    }

    [Fact]
    public void A_sequence_goes_on_after_a_restart()
    {
        _db.Do("CREATE SEQUENCE s START WITH 5 INCREMENT BY 2");
        var oid = Table("s").Oid;
        Assert.Equal(["5"], _db.Ask($"SELECT pg_nextval_oid({oid})"));
        Assert.Equal(["7"], _db.Ask($"SELECT pg_nextval_oid({oid})"));
        _db.Dispose();
        _engine.Restart();
        _db = _engine.Open(_session);
        Assert.Equal(["9"], _db.Ask($"SELECT pg_nextval_oid({oid})"));
        Assert.Equal("currval of sequence \"s\" is not yet defined in this session",
            Fails("55000", () => _engine.Open(new TestSession { ProcessId = 2 }).Ask($"SELECT pg_currval_oid({oid})")).Message);
        _db.Do("ALTER SEQUENCE s MAXVALUE 10 RESTART WITH 9");
        Assert.Equal(["9"], _db.Ask($"SELECT pg_nextval_oid({oid})"));
        Assert.Equal("nextval: reached maximum value of sequence \"s\" (10)", Fails("2200H", () => _db.Ask($"SELECT pg_nextval_oid({oid})")).Message);
    }

    [Fact]
    public void If_not_exists_and_if_exists_tell_what_they_skip()
    {
        _db.Do("CREATE TABLE t (a int)");
        _db.Do("CREATE TABLE IF NOT EXISTS t (a int)");
        _db.Do("DROP TABLE IF EXISTS u");
        Assert.Equal(["relation \"t\" already exists, skipping", "table \"u\" does not exist, skipping"], _session.Notices.Select(n => n.Message));
        Assert.Equal("relation \"t\" already exists", Fails("42P07", () => _db.Do("CREATE TABLE t (a int)")).Message);
        Assert.Equal("table \"u\" does not exist", Fails("42P01", () => _db.Do("DROP TABLE u")).Message);
    }

    [Fact]
    public void Dropping_what_others_depend_on_needs_cascade()
    {
        _db.Do("CREATE TABLE p (a int PRIMARY KEY)");
        _db.Do("CREATE TABLE c (b int REFERENCES p ON DELETE CASCADE)");
        _db.Do("INSERT INTO p VALUES (1)");
        _db.Do("INSERT INTO c VALUES (1)");
        var error = Fails("2BP01", () => _db.Do("DROP TABLE p"));
        Assert.Equal("cannot drop table p because other objects depend on it", error.Message);
        Assert.Equal("constraint c_b_fkey on table c depends on table p", error.Detail);
        _db.Do("DROP TABLE p CASCADE");
        Assert.Equal(["drop cascades to constraint c_b_fkey on table c"], _session.Notices.Select(n => n.Message));
        Assert.Empty(Table("c").Constraints);
        Assert.Equal(["1"], _db.Ask("SELECT b FROM c"));
        _db.Do("INSERT INTO c VALUES (2)");
    }

    [Fact]
    public void Altering_keeps_rows_indexes_and_references()
    {
        _db.Do("CREATE TABLE p (a int PRIMARY KEY, b text, c text)");
        _db.Do("CREATE TABLE c (p int REFERENCES p ON DELETE CASCADE)");
        _db.Do("CREATE INDEX p_b ON p (b)");
        _db.Do("INSERT INTO p VALUES (1, 'x', 'y')");
        _db.Do("INSERT INTO c VALUES (1)");
        _db.Do("ALTER TABLE p ADD COLUMN d int DEFAULT 7");
        _db.Do("ALTER TABLE p ALTER COLUMN b SET NOT NULL, DROP COLUMN c");
        _db.Do("ALTER TABLE p RENAME COLUMN b TO bb");
        _db.Do("ALTER TABLE p RENAME TO q");
        Assert.Equal(["7"], _db.Ask("SELECT d FROM q"));
        Assert.Equal(["a", "bb", "d"], Table("q").Columns.Select(c => c.Name));
        Assert.Equal([(short)1, (short)2, (short)4], Table("q").Columns.Select(c => c.Number));
        Assert.Equal(["bb"], Table("q").Indexes.Single(i => i.Name == "p_b").Columns.ToArray());
        Assert.Equal("q", Table("c").Constraints[0].ReferencedTable);
        Assert.Equal(["1"], _db.Ask("SELECT p FROM c"));
        _db.Do("DELETE FROM q");
        Assert.Empty(_db.Ask("SELECT p FROM c"));
        Assert.Equal("null value in column \"bb\" of relation \"q\" violates not-null constraint",
            Fails("23502", () => _db.Do("INSERT INTO q (a) VALUES (1)")).Message);
    }

    [Fact]
    public void Constraints_added_later_look_at_the_rows_that_are_there()
    {
        _db.Do("CREATE TABLE p (a int)");
        _db.Do("CREATE TABLE c (b int)");
        _db.Do("INSERT INTO p VALUES (1), (1), (NULL)");
        _db.Do("INSERT INTO c VALUES (9)");
        Assert.Equal("column \"a\" of relation \"p\" contains null values", Fails("23502", () => _db.Do("ALTER TABLE p ADD PRIMARY KEY (a)")).Message);
        _db.Do("DELETE FROM p WHERE a IS NULL");
        Assert.Equal("could not create unique index \"p_pkey\"", Fails("23505", () => _db.Do("ALTER TABLE p ADD PRIMARY KEY (a)")).Message);
        _db.Do("DELETE FROM p");
        _db.Do("ALTER TABLE p ADD PRIMARY KEY (a)");
        var error = Fails("23503", () => _db.Do("ALTER TABLE c ADD FOREIGN KEY (b) REFERENCES p"));
        Assert.Equal("insert or update on table \"c\" violates foreign key constraint \"c_b_fkey\"", error.Message);
        Assert.Equal("Key (b)=(9) is not present in table \"p\".", error.Detail);
        Assert.Empty(Table("c").Constraints);
    }

    [Fact]
    public void Truncate_minds_foreign_keys_and_restarts_identity()
    {
        _db.Do("CREATE TABLE p (a int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)");
        _db.Do("CREATE TABLE c (b int REFERENCES p)");
        _db.Do("INSERT INTO p (v) VALUES ('x')");
        _db.Do("INSERT INTO c VALUES (1)");
        var error = Fails("0A000", () => _db.Do("TRUNCATE p"));
        Assert.Equal("cannot truncate a table referenced in a foreign key constraint", error.Message);
        Assert.Equal("Table \"c\" references \"p\".", error.Detail);
        _db.Do("TRUNCATE p, c RESTART IDENTITY");
        Assert.Equal(["1"], _db.Ask("INSERT INTO p (v) VALUES ('x') RETURNING a"));
        Assert.Empty(_db.Ask("SELECT b FROM c"));
    }

    [Fact]
    public void Schemas_hold_tables_of_the_same_name()
    {
        _db.Do("CREATE SCHEMA s");
        _db.Do("CREATE TABLE s.t (a int)");
        _db.Do("CREATE TABLE t (b int)");
        Assert.NotNull(_db.Schema.Find("s", "t")!.FindColumn("a"));
        Assert.Equal("schema \"x\" does not exist", Fails("3F000", () => _db.Do("CREATE TABLE x.t (a int)")).Message);
        var error = Fails("2BP01", () => _db.Do("DROP SCHEMA s"));
        Assert.Equal("table s.t depends on schema s", error.Detail);
        _db.Do("DROP SCHEMA s CASCADE");
        Assert.Null(_db.Schema.Find("s", "t"));
        Assert.NotNull(Table("t"));
    }

    [Fact]
    public void Temporary_tables_belong_to_their_session()
    {
        _db.Do("CREATE TEMP TABLE t (id serial, v text)");
        Assert.NotNull(_db.PinnedBy);
        Assert.Null(_engine.Database.Schema.Resolve(null, "t", ["public"]));
        Assert.Equal(["1"], _db.Ask("INSERT INTO t (v) VALUES ('x') RETURNING id"));
        _db.Begin(null, false);
        _db.Do("DROP TABLE t");
        _db.Rollback();
        Assert.NotNull(_db.Schema.Find("pg_temp", "t"));
        _db.Reset();
        Assert.Null(_db.PinnedBy);
        Assert.Null(_db.Schema.Find("pg_temp", "t"));
    }

    [Fact]
    public void A_temporary_table_is_dropped_or_emptied_by_the_commit_as_it_asks()
    {
        _db.Begin(null, false);
        _db.Do("CREATE TEMP TABLE gone (id serial PRIMARY KEY, v text) ON COMMIT DROP");
        _db.Do("CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT 1 AS x");
        _db.Do("CREATE TEMP VIEW seen AS SELECT * FROM gone");
        _db.Do("CREATE TEMP TABLE emptied (v text) ON COMMIT DELETE ROWS");
        _db.Do("CREATE TEMP TABLE kept (v text) ON COMMIT PRESERVE ROWS");
        foreach (var table in (string[])["gone (v)", "emptied", "kept"]) _db.Do($"INSERT INTO {table} VALUES ('x')");
        Assert.Equal(["1"], _db.Ask("SELECT count(*) FROM seen"));
        _db.Commit();
        foreach (var name in (string[])["gone", "copied", "seen", "gone_id_seq"]) Assert.Null(_db.Schema.Find("pg_temp", name));
        Assert.Equal(["0"], _db.Ask("SELECT count(*) FROM emptied"));
        Assert.Equal(["1"], _db.Ask("SELECT count(*) FROM kept"));
        _db.Do("INSERT INTO emptied VALUES ('at once')");
        Assert.Equal(["0"], _db.Ask("SELECT count(*) FROM emptied"));
        _db.Do("CREATE TEMP TABLE gone (v int) ON COMMIT DROP");
        Assert.Null(_db.Schema.Find("pg_temp", "gone"));
        Assert.Empty(_session.Notices);
    }

    [Fact]
    public void A_rollback_knows_nothing_of_what_the_commit_would_have_dropped()
    {
        _db.Do("CREATE TEMP TABLE emptied (v text) ON COMMIT DELETE ROWS");
        _db.Begin(null, false);
        _db.Do("CREATE TEMP TABLE gone (v int) ON COMMIT DROP");
        _db.Savepoint("s");
        _db.Do("DROP TABLE gone");
        _db.RollbackToSavepoint("s");
        Assert.NotNull(_db.Schema.Find("pg_temp", "gone"));
        _db.Rollback();
        Assert.Null(_db.Schema.Find("pg_temp", "gone"));
        Assert.NotNull(_db.Schema.Find("pg_temp", "emptied"));
    }

    [Fact]
    public void What_a_commit_is_to_do_is_refused_where_it_cannot_be()
    {
        Fails("42P16", () => _db.Do("CREATE TABLE t (a int) ON COMMIT PRESERVE ROWS"));
        Fails("42P16", () => _db.Do("CREATE TABLE t ON COMMIT DROP AS SELECT 1"));
        _db.Begin(null, false);
        _db.Do("CREATE TEMP TABLE p (id int PRIMARY KEY) ON COMMIT DELETE ROWS");
        _db.Do("CREATE TEMP TABLE c (p int REFERENCES p)");
        var error = Assert.Throws<Gateway.Types.PgException>(_db.Commit);
        Assert.Equal(("0A000", "Table \"c\" references \"p\", but they do not have the same ON COMMIT setting."), (error.SqlState, error.Detail));
        Assert.Null(_db.Schema.Find("pg_temp", "p"));
        _db.Begin(null, false);
        _db.Do("CREATE TEMP TABLE p (id int PRIMARY KEY) ON COMMIT DROP");
        _db.Do("CREATE TEMP TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP");
        _db.Do("INSERT INTO c VALUES (1)");
        Fails("23503", () => _db.Commit());
    }

    [Fact]
    public void A_savepoint_brings_the_metadata_back_too()
    {
        _db.Begin(null, false);
        _db.Do("CREATE TABLE a (x int)");
        _db.Savepoint("s");
        _db.Do("CREATE TABLE b (x int)");
        _db.RollbackToSavepoint("s");
        Assert.Null(Table("b"));
        Assert.NotNull(Table("a"));
        _db.Commit();
        Assert.Null(_engine.Database.Schema.Find("public", "b"));
        Assert.NotNull(_engine.Database.Schema.Find("public", "a"));
    }

    [Fact]
    public void What_is_not_supported_is_refused_by_name()
    {
        foreach (var sql in (string[])
                 [
                     "CREATE TABLE t (a int) PARTITION BY RANGE (a)",
                     "CREATE EXTENSION postgis",
                     "CREATE TYPE pair AS (a int, b text)",
                     "CREATE TYPE span AS RANGE (subtype = int4)",
                 ])
            Fails("0A000", () => _db.Do(sql));
        _db.Do("CREATE TABLE t (a int)");
        Fails("0A000", () => _db.Do("CREATE INDEX ON t USING gist (a)"));
    }

    [Fact]
    public void An_index_that_sorts_nulls_otherwise_is_refused()
    {
        _db.Do("CREATE TABLE sorted (a int, b text)");
        _db.Do("CREATE INDEX ON sorted (a NULLS LAST, b DESC NULLS FIRST)");
        _db.Do("CREATE INDEX ON sorted (b COLLATE \"C\")");
        Fails("0A000", () => _db.Do("CREATE INDEX ON sorted (a NULLS FIRST)"));
        Fails("0A000", () => _db.Do("CREATE INDEX ON sorted (a DESC NULLS LAST)"));
        Fails("0A000", () => _db.Do("CREATE INDEX ON sorted (b COLLATE \"de_DE\")"));
    }

    [Fact]
    public void Delete_using_works_with_and_without_an_integer_key()
    {
        foreach (var key in (string[])["int PRIMARY KEY", "int", "text PRIMARY KEY", "numeric PRIMARY KEY"])
        {
            _db.Do($"CREATE TABLE victims (id {key})");
            _db.Do("CREATE TABLE reasons (victim text)");
            _db.Pg("INSERT INTO victims VALUES ('1'), ('2'), ('3')");
            _db.Pg("INSERT INTO reasons VALUES ('1'), ('3'), ('3')");
            _db.Pg("DELETE FROM victims v USING reasons r WHERE r.victim = v.id::text");
            Assert.Equal(["2"], _db.Pg("SELECT id FROM victims"));
            _db.Do("DROP TABLE victims, reasons");
        }
    }

    [Fact]
    public void Comments_are_told()
    {
        _db.Do("CREATE TABLE told (a int, b int)");
        _db.Do("COMMENT ON TABLE told IS 'a table'");
        _db.Do("COMMENT ON COLUMN told.b IS 'a column'");
        Assert.Equal(["a table"], _db.Pg("SELECT obj_description('told'::regclass)"));
        Assert.Equal(["a table"], _db.Pg("SELECT obj_description('told'::regclass, 'pg_class')"));
        Assert.Equal(["a column"], _db.Pg("SELECT col_description('told'::regclass, 2)"));
    }

    [Fact]
    public void A_schema_has_one_owner()
    {
        _db.Do("CREATE SCHEMA owned");
        _db.Do("ALTER SCHEMA owned OWNER TO postgres");
        Fails("3F000", () => _db.Do("ALTER SCHEMA missing OWNER TO postgres"));
        Fails("42501", () => _db.Do("ALTER SCHEMA pg_catalog OWNER TO postgres"));
        Fails("0A000", () => _db.Do("ALTER SCHEMA owned RENAME TO other"));
    }
}
