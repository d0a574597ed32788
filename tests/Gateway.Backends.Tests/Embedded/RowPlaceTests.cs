using System.Text;
using Gateway.Backends.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>ctid: a row's key as a tid, which leads back to the row.</summary>
public sealed class RowPlaceTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _db;

    public RowPlaceTests()
    {
        _db = _engine.Open();
        _db.Do("CREATE TABLE keyed (id int PRIMARY KEY, v text)");
        _db.Do("CREATE TABLE plain (a text, n int)");
        _db.Pg("INSERT INTO keyed VALUES (1, 'a'), (2, 'b'), (-3, 'c'), (70000, 'd')");
        _db.Pg("INSERT INTO plain VALUES ('x', 1), ('y', 2), ('z', 3)");
    }

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("SELECT ctid, id FROM keyed ORDER BY ctid", "(0,1)|1", "(0,2)|2", "(1,4464)|70000", "(4294967295,65533)|-3")]
    [InlineData("SELECT ctid, a FROM plain", "(0,1)|x", "(0,2)|y", "(0,3)|z")]
    [InlineData("SELECT v FROM keyed WHERE ctid = '(0,2)'", "b")]
    [InlineData("SELECT v FROM keyed AS k WHERE '(4294967295,65533)' = k.ctid", "c")]
    [InlineData("SELECT v FROM keyed WHERE ctid <> '(0,2)' AND id > 0", "a", "d")]
    [InlineData("SELECT a FROM plain WHERE ctid = ANY ('{\"(0,2)\",\"(0,3)\",\"(9,9)\"}'::tid[])", "y", "z")]
    [InlineData("SELECT a FROM plain WHERE ctid IN ('(0,2)', '(0,9)')", "y")]
    [InlineData("SELECT a FROM plain WHERE ctid > '(0,1)' AND ctid <= '(0,3)'", "y", "z")]
    [InlineData("SELECT a FROM plain WHERE ctid BETWEEN '(0,2)' AND '(4294967295,0)'", "y", "z")]
    [InlineData("SELECT min(ctid), max(ctid) FROM keyed", "(0,1)|(4294967295,65533)")]
    [InlineData("SELECT x.ctid, y.ctid FROM plain x LEFT JOIN keyed y ON x.ctid = y.ctid ORDER BY 1", "(0,1)|(0,1)", "(0,2)|(0,2)", "(0,3)|")]
    [InlineData("SELECT q.ctid FROM (SELECT ctid, n FROM plain) q WHERE q.ctid = '(0,2)'", "(0,2)")]
    [InlineData("SELECT k.ctid FROM keyed k(q, w) WHERE q = 2", "(0,2)")]
    [InlineData("SELECT a FROM plain WHERE EXISTS (SELECT FROM keyed WHERE ctid = plain.ctid)", "x", "y")]
    [InlineData("SELECT greatest(ctid, '(0,2)'), '(4294967295,0)'::tid > '(0,1)'::tid FROM plain", "(0,2)|t", "(0,2)|t", "(0,3)|t")]
    [InlineData("SELECT '( 1, 2)'::tid", "(1,2)")]
    public void It_is_a_tid_like_any(string sql, params string[] rows) => Assert.Equal(rows, _db.Pg(sql));

    [Theory]
    [InlineData("UPDATE keyed SET v = 'new' WHERE ctid = '(0,1)' RETURNING ctid, v", "(0,1)|new")]
    [InlineData("UPDATE plain SET n = 7 WHERE ctid = '(0,3)' RETURNING plain.ctid, n", "(0,3)|7")]
    [InlineData("UPDATE plain x SET n = 77 FROM keyed y WHERE x.ctid = y.ctid AND y.id = 2 RETURNING x.ctid, x.n, y.ctid", "(0,2)|77|(0,2)")]
    [InlineData("DELETE FROM plain WHERE ctid IN (SELECT ctid FROM plain ORDER BY n DESC LIMIT 2) RETURNING ctid, a", "(0,2)|y", "(0,3)|z")]
    [InlineData("DELETE FROM plain x USING keyed y WHERE x.n = y.id RETURNING x.ctid, y.ctid", "(0,1)|(0,1)", "(0,2)|(0,2)")]
    [InlineData("DELETE FROM plain WHERE ctid = ANY (ARRAY(SELECT min(ctid) FROM plain)) RETURNING a", "x")]
    [InlineData("INSERT INTO plain VALUES ('w', 4) RETURNING ctid", "(0,4)")]
    [InlineData("INSERT INTO keyed VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET v = keyed.ctid::text RETURNING v", "(0,1)")]
    [InlineData("WITH gone AS (DELETE FROM plain WHERE ctid = '(0,1)' RETURNING ctid, *) SELECT * FROM gone", "(0,1)|x|1")]
    public void Rows_are_changed_by_it(string sql, params string[] rows) => Assert.Equal(rows, _db.Pg(sql));

    [Theory]
    [InlineData("UPDATE keyed SET v = 'p' WHERE ctid = '(0,2)'", "SEARCH keyed USING PRIMARY KEY (id=?)")]
    [InlineData("DELETE FROM plain WHERE ctid = '(0,2)'", "SEARCH plain USING INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("DELETE FROM plain WHERE ctid = ANY (ARRAY['(0,2)']::tid[])", "SEARCH plain USING INTEGER PRIMARY KEY (rowid=?)")]
    public void The_row_is_sought_not_scanned(string sql, string plan)
    {
        var bound = new Analyzer(_db.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        var step = Assert.IsType<SqlStep>(_db.Database.Dialect.Render(bound).Steps[^1]);
        using var none = new ValueList();
        using var execution = _db.Execute(Steps("EXPLAIN QUERY PLAN " + step.Sql, rows: true), none);
        var lines = new List<string>();
        while (execution.Read()) lines.Add(Encoding.UTF8.GetString(execution.GetSpan(3)));
        Assert.Contains(plan, lines);
    }

    [Fact]
    public void What_it_cannot_tell_is_refused()
    {
        _db.Do("CREATE TABLE big (id bigint PRIMARY KEY)");
        _db.Pg("INSERT INTO big VALUES (140737488355327), (-140737488355328)");
        Assert.Equal(["(2147483647,65535)", "(2147483648,0)"], _db.Pg("SELECT ctid FROM big ORDER BY ctid"));
        _db.Pg("INSERT INTO big VALUES (140737488355328)");
        Fails("0A000", () => _db.Pg("SELECT ctid FROM big"));
        Assert.Equal(["140737488355327"], _db.Pg("SELECT id FROM big WHERE ctid = '(2147483647,65535)'"));
        _db.Do("CREATE TABLE taken (rowid int, oid int, _rowid_ int)");
        _db.Pg("INSERT INTO taken VALUES (1, 2, 3)");
        Assert.Equal(["1|2|3"], _db.Pg("SELECT * FROM taken"));
        Fails("0A000", () => _db.Pg("SELECT ctid FROM taken"));
        Fails("0A000", () => _db.Pg("SELECT xmin FROM keyed"));
        Fails("0A000", () => _db.Pg("UPDATE keyed SET ctid = NULL"));
        Fails("42702", () => _db.Pg("SELECT ctid FROM keyed, plain"));
        Fails("42703", () => _db.Pg("SELECT q.ctid FROM (SELECT 1) q"));
        Fails("42703", () => _db.Pg("INSERT INTO keyed VALUES (1) ON CONFLICT (id) DO UPDATE SET v = excluded.ctid::text"));
        Fails("0A000", () => _db.Do("ALTER TABLE keyed ADD CHECK (ctid IS NOT NULL)"));
        Fails("22P02", () => _db.Pg("SELECT '(1,70000)'::tid"));
    }
}
