using Gateway.Backends.Embedded;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

public sealed class DomainTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly TestSession _session = new();
    private EmbeddedConnection _db;

    public DomainTests()
    {
        _db = _engine.Open(_session);
        _db.Do("CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
        _db.Do("CREATE DOMAIN email AS varchar(10) NOT NULL DEFAULT 'a@b' CONSTRAINT has_at CHECK (VALUE LIKE '%@%')");
        _db.Do("CREATE TABLE t (id positive, e email)");
    }

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("SELECT 0::positive", "23514", "value for domain positive violates check constraint \"positive_check\"")]
    [InlineData("SELECT NULL::email", "23502", "domain email does not allow null values")]
    [InlineData("SELECT 'ab'::email", "23514", "value for domain email violates check constraint \"has_at\"")]
    [InlineData("SELECT 'x'::positive", "22P02", "invalid input syntax for type integer: \"x\"")]
    [InlineData("INSERT INTO t VALUES (0, 'a@b')", "23514", "value for domain positive violates check constraint \"positive_check\"")]
    [InlineData("INSERT INTO t VALUES (1, NULL)", "23502", "domain email does not allow null values")]
    [InlineData("INSERT INTO t VALUES (1, 'longer@thanten')", "22001", "value too long for type character varying(10)")]
    [InlineData("INSERT INTO t SELECT -1, 'a@b'", "23514", "value for domain positive violates check constraint \"positive_check\"")]
    [InlineData("INSERT INTO t VALUES (1, 'a@b') RETURNING (id - 1)::positive", "23514", "value for domain positive violates check constraint \"positive_check\"")]
    public void A_value_that_breaks_a_constraint_is_refused(string sql, string state, string message) =>
        Assert.Equal(message, Fails(state, () => _db.Pg(sql)).Message);

    [Fact]
    public void What_is_kept_is_held_to_the_domain_in_updates_too()
    {
        _db.Pg("INSERT INTO t VALUES (1, 'x@y'), (NULL, DEFAULT)");
        _db.Pg("INSERT INTO t (id) VALUES (3)");
        Assert.Equal(["1|x@y", "3|a@b", "|a@b"], _db.Pg("SELECT * FROM t ORDER BY id"));
        var error = Fails("23514", () => _db.Pg("UPDATE t SET id = id - 2"));
        Assert.Equal(("public", "positive", "positive_check"), (error.SchemaName, error.DataTypeName, error.ConstraintName));
        Assert.Equal(["3"], _db.Pg("SELECT count(*) FROM t"));
    }

    [Fact]
    public void To_operators_a_domain_is_the_type_below_and_keeps_its_name()
    {
        Assert.Equal(["6|positive|integer|f|positive"], _db.Pg("SELECT 5::positive + 1, pg_typeof(5::positive), pg_typeof(5::positive + 1), 5::positive = 6, pg_typeof(x) FROM (SELECT 1::positive AS x) s"));
        _db.Do("CREATE VIEW v AS SELECT id, 5::positive AS k FROM t");
        Assert.Equal(["id|positive|23", "k|positive|23"], _db.Pg("SELECT attname, format_type(atttypid, atttypmod), typbasetype FROM pg_attribute JOIN pg_type t ON t.oid = atttypid WHERE attrelid = 'v'::regclass ORDER BY attnum"));
        Assert.Equal([" SELECT t.id,\n    5::positive AS k\n   FROM t;"], _db.Pg("SELECT pg_get_viewdef('v', true)"));
    }

    [Fact]
    public void A_domain_over_a_domain_holds_both()
    {
        _db.Do("CREATE DOMAIN percent AS positive CHECK (VALUE <= 100)");
        Assert.Equal("positive_check", Fails("23514", () => _db.Pg("SELECT 0::percent")).ConstraintName);
        Assert.Equal("percent_check", Fails("23514", () => _db.Pg("SELECT 101::percent")).ConstraintName);
        Assert.Equal(["100"], _db.Pg("SELECT 100::percent"));
    }

    [Fact]
    public void A_cast_computes_its_operand_once()
    {
        _db.Do("CREATE SEQUENCE s");
        Assert.Equal(["1"], _db.Pg("SELECT nextval('s')::positive"));
        Assert.Equal(["2"], _db.Pg("SELECT nextval('s')::positive"));
    }

    [Fact]
    public void A_changed_constraint_holds_for_what_is_there()
    {
        _db.Pg("INSERT INTO t VALUES (1, 'x@y'), (NULL, 'x@y')");
        Assert.Equal("column \"id\" of table \"t\" contains values that violate the new constraint", Fails("23514", () => _db.Do("ALTER DOMAIN positive ADD CHECK (VALUE > 1)")).Message);
        Assert.Equal("column \"id\" of table \"t\" contains null values", Fails("23502", () => _db.Do("ALTER DOMAIN positive SET NOT NULL")).Message);
        _db.Do("ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 10)");
        Assert.Equal("small", Fails("23514", () => _db.Pg("INSERT INTO t VALUES (10, 'x@y')")).ConstraintName);
        _db.Do("ALTER DOMAIN positive RENAME CONSTRAINT small TO little");
        Assert.Equal("little", Fails("23514", () => _db.Pg("INSERT INTO t VALUES (10, 'x@y')")).ConstraintName);
        _db.Do("ALTER DOMAIN positive DROP CONSTRAINT little");
        _db.Pg("INSERT INTO t VALUES (10, 'x@y')");
        _db.Do("ALTER DOMAIN positive SET DEFAULT 7");
        _db.Pg("INSERT INTO t (e) VALUES ('d@d')");
        Assert.Equal(["7"], _db.Pg("SELECT id FROM t WHERE e = 'd@d'"));
        Fails("42704", () => _db.Do("ALTER DOMAIN positive DROP CONSTRAINT nosuch"));
        Fails("42710", () => _db.Do("ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE <> 'x')"));
    }

    [Fact]
    public void A_column_added_later_is_held_too()
    {
        _db.Do("CREATE TABLE later (a int)");
        _db.Pg("INSERT INTO later VALUES (1)");
        _db.Do("ALTER TABLE later ADD COLUMN p positive");
        Fails("23514", () => _db.Pg("UPDATE later SET p = 0"));
        _db.Do("ALTER TABLE later ALTER a TYPE positive");
        Fails("23514", () => _db.Pg("INSERT INTO later VALUES (0, 1)"));
        Assert.Equal("domain email does not allow null values", Fails("23502", () =>
        {
            _db.Do("ALTER DOMAIN email DROP DEFAULT");
            _db.Do("ALTER TABLE later ADD COLUMN e email");
        }).Message);
    }

    [Fact]
    public void Domains_outlive_a_restart_and_show_in_the_catalogs()
    {
        _db.Do("COMMENT ON DOMAIN positive IS 'more than nothing'");
        _db.Dispose();
        _engine.Restart();
        _db = _engine.Open(_session);
        Fails("23514", () => _db.Pg("INSERT INTO t VALUES (0, 'a@b')"));
        Assert.Equal(["positive|d|N|23|-1|f|", "email|d|S|1043|14|t|'a@b'::character varying"], _db.Pg("SELECT typname, typtype, typcategory, typbasetype, typtypmod, typnotnull, typdefault FROM pg_type WHERE typtype = 'd' AND oid > 16383 ORDER BY oid"));
        Assert.Equal(["CHECK (((VALUE)::text ~~ '%@%'::text))|CHECK (VALUE::text ~~ '%@%'::text)|email"], _db.Pg("SELECT pg_get_constraintdef(oid), pg_get_constraintdef(oid, true), contypid::regtype FROM pg_constraint WHERE conname = 'has_at'"));
        Assert.Equal(["email|character varying|10", "positive|integer|"], _db.Pg("SELECT domain_name, data_type, character_maximum_length FROM information_schema.domains WHERE domain_schema = 'public' ORDER BY 1"));
        Assert.Equal(["id|integer|positive|int4", "e|character varying|email|varchar"], _db.Pg("SELECT column_name, data_type, domain_name, udt_name FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position"));
        Assert.Equal(["more than nothing"], _db.Pg("SELECT obj_description('positive'::regtype, 'pg_type')"));
    }

    [Theory]
    [InlineData("CREATE DOMAIN d AS nosuch", "42704")]
    [InlineData("CREATE DOMAIN positive AS int", "42710")]
    [InlineData("CREATE DOMAIN d AS int CHECK (a > 1)", "42703")]
    [InlineData("CREATE DOMAIN d AS int CHECK (VALUE)", "42804")]
    [InlineData("CREATE DOMAIN d AS int DEFAULT 'x'", "22P02")]
    [InlineData("CREATE DOMAIN d AS int DEFAULT 1 DEFAULT 2", "42601")]
    [InlineData("CREATE DOMAIN d AS int NULL NOT NULL", "42601")]
    [InlineData("CREATE DOMAIN d AS int PRIMARY KEY", "42601")]
    [InlineData("CREATE DOMAIN d AS record", "42804")]
    [InlineData("DROP DOMAIN nosuch", "42704")]
    [InlineData("DROP DOMAIN int4", "42809")]
    [InlineData("DROP DOMAIN positive", "2BP01")]
    [InlineData("ALTER DOMAIN nosuch SET NOT NULL", "42704")]
    [InlineData("CREATE TABLE x (a positive[])", "0A000")]
    public void What_PostgreSQL_refuses_is_refused(string sql, string state) => Fails(state, () => _db.Do(sql));

    [Fact]
    public void Constraints_stay_while_a_view_casts_to_the_domain()
    {
        _db.Do("CREATE VIEW v AS SELECT 5::positive AS k");
        Fails("0A000", () => _db.Do("ALTER DOMAIN positive ADD CHECK (VALUE > 9)"));
        _db.Do("DROP DOMAIN positive CASCADE");
        Assert.Null(_db.Schema.Find("public", "v"));
        Assert.Equal(["e"], _db.Schema.Find("public", "t")!.Columns.Select(column => column.Name));
    }
}
