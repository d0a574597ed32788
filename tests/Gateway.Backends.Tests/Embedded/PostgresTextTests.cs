using Gateway.Backends.Embedded;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>Through the parser, the analyzer and the dialect.</summary>
public sealed class PostgresTextTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _db;

    public PostgresTextTests() => _db = _engine.Open();

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Defaults_and_checks_are_expressions()
    {
        _db.Pg("CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 1 + 2, b int CHECK (b > 0), c text DEFAULT 'it''s', g int GENERATED ALWAYS AS (id * 2) STORED)");
        _db.Pg("INSERT INTO t (id, b) VALUES (1, 1)");
        Assert.Equal(["1|3|1|it's|2"], _db.Pg("SELECT id, a, b, c, g FROM t"));
        Assert.Equal("new row for relation \"t\" violates check constraint \"t_b_check\"",
            Fails("23514", () => _db.Pg("INSERT INTO t (id, b) VALUES (2, 0)")).Message);
        Assert.Equal("(b > 0)", _db.Schema.Find("public", "t")!.Constraints.Single(c => c.Name == "t_b_check").Expression);
    }

    [Fact]
    public void A_view_reads_its_tables_and_keeps_them_from_being_dropped()
    {
        _db.Pg("CREATE TABLE t (a int, b text)");
        _db.Pg("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        _db.Pg("CREATE VIEW v (n, m) AS SELECT a + 1, b FROM t WHERE a > 1");
        Assert.Equal(["3|y"], _db.Pg("SELECT n, m FROM v"));
        Assert.Equal("view v depends on table t", Fails("2BP01", () => _db.Pg("DROP TABLE t")).Detail);
        _db.Pg("CREATE OR REPLACE VIEW v (n, m) AS SELECT a, b FROM t");
        Assert.Equal(["1", "2"], _db.Pg("SELECT n FROM v ORDER BY n"));
        _db.Pg("DROP TABLE t CASCADE");
        Assert.Null(_db.Schema.Find("public", "v"));
    }

    [Fact]
    public void A_table_is_made_from_a_query()
    {
        _db.Pg("CREATE TABLE t AS SELECT 1 AS a, 'x'::text AS b UNION ALL SELECT 2, 'y'");
        Assert.Equal(["1|x", "2|y"], _db.Pg("SELECT a, b FROM t ORDER BY a"));
        _db.Pg("SELECT a INTO u FROM t WHERE a > 1");
        Assert.Equal(["2"], _db.Pg("SELECT * FROM u"));
    }

    [Fact]
    public void A_type_is_changed_row_by_row()
    {
        _db.Pg("CREATE TABLE t (a text, b int)");
        _db.Pg("INSERT INTO t VALUES ('10', 1), ('20', 2)");
        _db.Pg("ALTER TABLE t ALTER COLUMN a TYPE int USING a::int");
        Assert.Equal(["11", "21"], _db.Pg("SELECT a + 1 FROM t ORDER BY a"));
        _db.Pg("ALTER TABLE t ALTER COLUMN b TYPE bigint");
        Assert.Equal(["1", "2"], _db.Pg("SELECT b FROM t ORDER BY b"));
    }

    [Fact]
    public void Indexes_may_be_partial_and_of_expressions()
    {
        _db.Pg("CREATE TABLE t (a int, b int)");
        _db.Pg("CREATE UNIQUE INDEX ON t ((a + b)) WHERE a > 0");
        Assert.Equal("t_expr_idx", _db.Schema.Find("public", "t")!.Indexes.Single().Name);
        _db.Pg("INSERT INTO t VALUES (1, 2), (-1, 4), (0, 3)");
        Assert.Equal("duplicate key value violates unique constraint \"t_expr_idx\"",
            Fails("23505", () => _db.Pg("INSERT INTO t VALUES (2, 1)")).Message);
        _db.Pg("ALTER TABLE t RENAME COLUMN a TO x");
        Fails("23505", () => _db.Pg("INSERT INTO t VALUES (2, 1)"));
        _db.Pg("ALTER TABLE t ADD COLUMN z int DEFAULT 5");
        Fails("23505", () => _db.Pg("INSERT INTO t VALUES (2, 1)"));
        _db.Pg("DROP INDEX t_expr_idx");
        _db.Pg("INSERT INTO t VALUES (2, 1)");
    }
}
