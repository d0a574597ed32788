using Gateway.Backends.Embedded;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

public sealed class EnumTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly TestSession _session = new();
    private EmbeddedConnection _db;

    public EnumTests()
    {
        _db = _engine.Open(_session);
        _db.Do("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
        _db.Do("CREATE TABLE people (id int, m mood DEFAULT 'ok', ms mood[])");
    }

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Values_sort_as_their_labels_were_declared()
    {
        _db.Pg("INSERT INTO people VALUES (1, 'happy', '{ok,sad}'), (2, 'sad', '{}'), (3, DEFAULT, NULL)");
        Assert.Equal(["sad", "ok", "happy"], _db.Pg("SELECT m FROM people ORDER BY m"));
        Assert.Equal(["sad|happy|{sad,ok,happy}"], _db.Pg("SELECT min(m), max(m), array_agg(m ORDER BY m) FROM people"));
        Assert.Equal(["1", "3"], _db.Pg("SELECT id FROM people WHERE m > 'sad' ORDER BY id"));
        Assert.Equal(["ok|t"], _db.Pg("SELECT ms[1], 'sad' = ANY (ms) FROM people WHERE id = 1"));
        Assert.Equal(["{sad,ok}"], _db.Pg("SELECT enum_range(NULL, 'ok'::mood)"));
        Assert.Equal(["{ok,happy}"], _db.Pg("SELECT enum_range('ok', NULL::mood)"));
        Assert.Equal(["sad|happy"], _db.Pg("SELECT enum_first(NULL::mood), enum_last(NULL::mood)"));
    }

    [Fact]
    public void A_label_fits_in_between_and_before_and_rows_stay_as_they_are()
    {
        _db.Pg("INSERT INTO people (id, m) VALUES (1, 'sad'), (2, 'ok'), (3, 'happy')");
        _db.Do("ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok'");
        _db.Do("ALTER TYPE mood ADD VALUE 'good' AFTER 'ok'");
        _db.Do("ALTER TYPE mood ADD VALUE 'awful' BEFORE 'sad'");
        _db.Do("ALTER TYPE mood ADD VALUE 'great'");
        _db.Pg("INSERT INTO people (id, m) VALUES (4, 'meh'), (5, 'good'), (6, 'awful'), (7, 'great')");
        Assert.Equal(["awful", "sad", "meh", "ok", "good", "happy", "great"], _db.Pg("SELECT m FROM people ORDER BY m"));
        Assert.Equal(["awful|0", "sad|1", "meh|1.5", "ok|2", "good|2.5", "happy|3", "great|4"], _db.Pg("SELECT enumlabel, enumsortorder FROM pg_enum ORDER BY enumsortorder"));
        Fails("42710", () => _db.Do("ALTER TYPE mood ADD VALUE 'ok'"));
        Fails("22023", () => _db.Do("ALTER TYPE mood ADD VALUE 'x' BEFORE 'nosuch'"));
        _db.Do("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'");
        Assert.Equal("enum label \"ok\" already exists, skipping", _session.Notices[^1].Message);
    }

    [Fact]
    public void There_is_room_for_thirty_labels_in_one_place_and_then_an_honest_error()
    {
        for (var i = 0; i < 30; i++) _db.Do($"ALTER TYPE mood ADD VALUE 'l{i}' BEFORE 'happy'");
        Assert.Equal(["33"], _db.Pg("SELECT cardinality(enum_range(NULL::mood))"));
        Fails("54000", () =>
        {
            for (var i = 30; i < 40; i++) _db.Do($"ALTER TYPE mood ADD VALUE 'l{i}' BEFORE 'happy'");
        });
    }

    [Fact]
    public void A_renamed_label_shows_in_rows_arrays_defaults_and_views()
    {
        _db.Do("CREATE VIEW v AS SELECT id, m, 'ok'::mood AS k, ARRAY['ok'::mood] AS a FROM people WHERE m = 'ok'");
        _db.Pg("INSERT INTO people (id, ms) VALUES (1, '{ok,sad}')");
        _db.Do("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'");
        Assert.Equal(["1|fine|{fine,sad}"], _db.Pg("SELECT * FROM people"));
        Assert.Equal(["1|fine|fine|{fine}"], _db.Pg("SELECT * FROM v"));
        _db.Pg("INSERT INTO people (id) VALUES (2)");
        Assert.Equal(["fine"], _db.Pg("SELECT m FROM people WHERE id = 2"));
        Assert.Equal("invalid input value for enum mood: \"ok\"", Fails("22P02", () => _db.Pg("SELECT 'ok'::mood")).Message);
    }

    [Fact]
    public void Types_with_their_OIDs_outlive_a_restart_and_a_renaming()
    {
        _db.Do("ALTER TABLE people ADD CHECK (m <> 'sad'::mood)");
        _db.Do("CREATE VIEW v AS SELECT m FROM people WHERE m < 'happy'::mood");
        _db.Pg("INSERT INTO people VALUES (1, 'happy', '{ok}')");
        var oids = _db.Pg("SELECT oid, typarray FROM pg_type WHERE typname = 'mood'");
        _db.Do("ALTER TYPE mood RENAME TO \"Mood\"");
        _db.Do("CREATE SCHEMA s");
        _db.Do("ALTER TYPE \"Mood\" SET SCHEMA s");
        _db.Dispose();
        _engine.Restart();
        _db = _engine.Open(_session);
        Assert.Equal(oids, _db.Pg("SELECT oid, typarray FROM pg_type WHERE typname = 'Mood'"));
        Assert.Equal(["'ok'::s.\"Mood\"|s.\"Mood\"[]"], _db.Pg("SELECT pg_get_expr(adbin, adrelid), format_type(a.atttypid, -1) FROM pg_attrdef, pg_attribute a WHERE a.attrelid = adrelid AND a.attname = 'ms'"));
        Assert.Equal(["CHECK ((m <> 'sad'::s.\"Mood\"))"], _db.Pg("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'people_m_check'"));
        Assert.Equal([" SELECT people.m\n   FROM people\n  WHERE (people.m < 'happy'::s.\"Mood\");"], _db.Pg("SELECT pg_get_viewdef('v')"));
        Assert.Equal(["1|happy|{ok}"], _db.Pg("SELECT * FROM people"));
        Fails("42704", () => _db.Pg("SELECT 'ok'::mood"));
    }

    [Fact]
    public void DDL_of_types_is_undone_with_its_transaction()
    {
        _db.Begin("read committed", false);
        _db.Do("CREATE TYPE color AS ENUM ('red')");
        _db.Savepoint("s");
        _db.Do("ALTER TYPE color ADD VALUE 'blue'");
        _db.Do("DROP TYPE mood CASCADE");
        _db.RollbackToSavepoint("s");
        Assert.Equal(["{red}|{sad,ok,happy}"], _db.Pg("SELECT enum_range(NULL::color), enum_range(NULL::mood)"));
        _db.Rollback();
        Fails("42704", () => _db.Pg("SELECT 'red'::color"));
    }

    [Fact]
    public void Enums_of_two_types_do_not_compare_and_texts_only_by_a_cast()
    {
        _db.Do("CREATE TYPE grade AS ENUM ('ok')");
        Assert.Equal("operator does not exist: mood = grade", Fails("42883", () => _db.Pg("SELECT 'ok'::mood = 'ok'::grade")).Message);
        Fails("42883", () => _db.Pg("SELECT m = 'ok'::text FROM people"));
        Fails("42883", () => _db.Pg("SELECT upper(m) FROM people"));
        Fails("42883", () => _db.Pg("SELECT m LIKE 'o%' FROM people"));
        Fails("42883", () => _db.Pg("SELECT sum(m) FROM people"));
        Fails("42883", () => _db.Pg("SELECT enum_range(NULL)"));
        Fails("42846", () => _db.Pg("SELECT 'ok'::mood::grade"));
        Fails("42846", () => _db.Pg("SELECT 1::mood"));
        Fails("42804", () => _db.Pg("INSERT INTO people (m) VALUES ('ok'::text)"));
        Fails("42846", () => _db.Pg("SELECT 'ok'::mood UNION SELECT 'ok'::grade"));
        Assert.Equal(["ok|t|sad|okx"], _db.Pg("SELECT 'ok'::text::mood, 'ok'::mood::text = 'ok', coalesce(NULL, 'sad'::mood), 'ok'::mood || 'x'"));
    }

    [Fact]
    public void A_type_in_use_is_not_dropped_without_CASCADE()
    {
        _db.Do("CREATE VIEW v AS SELECT 'ok'::mood AS k");
        var error = Fails("2BP01", () => _db.Do("DROP TYPE mood"));
        Assert.Equal("cannot drop type mood because other objects depend on it", error.Message);
        Assert.Equal("column ms of table people depends on type mood[]\ncolumn m of table people depends on type mood\nview v depends on type mood", error.Detail);
        _db.Do("DROP TYPE mood CASCADE");
        Assert.Equal(["id"], _db.Schema.Find("public", "people")!.Columns.Select(column => column.Name));
        Assert.Null(_db.Schema.Find("public", "v"));
        Assert.Empty(_db.Pg("SELECT 1 FROM pg_enum"));
        Fails("42704", () => _db.Do("DROP TYPE mood"));
        _db.Do("DROP TYPE IF EXISTS mood");
        Assert.Equal("type \"mood\" does not exist, skipping", _session.Notices[^1].Message);
    }

    [Fact]
    public void A_schema_takes_its_types_along()
    {
        _db.Do("CREATE SCHEMA s");
        _db.Do("CREATE TYPE s.color AS ENUM ('red')");
        _db.Do("CREATE TABLE t (id int, c s.color)");
        var error = Fails("2BP01", () => _db.Do("DROP SCHEMA s"));
        Assert.Equal("type s.color depends on schema s\ncolumn c of table t depends on type s.color", error.Detail);
        _db.Do("DROP SCHEMA s CASCADE");
        Assert.Single(_db.Schema.Find("public", "t")!.Columns);
        Fails("42704", () => _db.Pg("SELECT 'red'::s.color"));
    }

    [Fact]
    public void Names_of_types_and_relations_do_not_meet()
    {
        Fails("42710", () => _db.Do("CREATE TYPE mood AS ENUM ('a')"));
        Fails("42710", () => _db.Do("CREATE TYPE people AS ENUM ('a')"));
        Fails("42710", () => _db.Do("CREATE TABLE mood (a int)"));
        Fails("42710", () => _db.Do("CREATE VIEW mood AS SELECT 1"));
        Fails("42710", () => _db.Do("ALTER TABLE people RENAME TO mood"));
        _db.Do("CREATE TYPE _mood AS ENUM ('a')");
        Assert.Equal(["__mood"], _db.Pg("SELECT a.typname FROM pg_type t JOIN pg_type a ON a.oid = t.typarray WHERE t.typname = 'mood'"));
        Fails("23505", () => _db.Do("CREATE TYPE twice AS ENUM ('a', 'a')"));
        Fails("42602", () => _db.Do($"CREATE TYPE long AS ENUM ('{new string('x', 64)}')"));
        Fails("3F000", () => _db.Do("CREATE TYPE nosuch.t AS ENUM ('a')"));
        Fails("42809", () => _db.Do("ALTER TYPE int4 ADD VALUE 'a'"));
        Fails("0A000", () => _db.Do("CREATE TYPE pair AS (a int, b text)"));
    }

    [Fact]
    public void A_column_becomes_an_enum_by_USING_and_text_again_by_itself()
    {
        _db.Do("CREATE TABLE t (id int, m text DEFAULT 'ok')");
        _db.Pg("INSERT INTO t VALUES (1, 'sad'), (2, DEFAULT)");
        Fails("42804", () => _db.Do("ALTER TABLE t ALTER m TYPE mood"));
        Assert.Equal("default for column \"m\" cannot be cast automatically to type mood", Fails("42804", () => _db.Do("ALTER TABLE t ALTER m TYPE mood USING m::mood")).Message);
        _db.Do("ALTER TABLE t ALTER m DROP DEFAULT, ALTER m TYPE mood USING m::mood, ALTER m SET DEFAULT 'happy'");
        _db.Pg("INSERT INTO t (id) VALUES (3)");
        Assert.Equal(["sad", "ok", "happy"], _db.Pg("SELECT m FROM t ORDER BY m"));
        Fails("22P02", () => _db.Do("ALTER TABLE t ALTER id TYPE mood USING 'x'::mood"));
        _db.Do("ALTER TABLE t ALTER m TYPE text");
        Assert.Equal(["happy", "ok", "sad"], _db.Pg("SELECT m FROM t ORDER BY m"));
    }

    [Fact]
    public void Keys_and_indexes_hold_enums_and_their_arrays()
    {
        _db.Do("CREATE TABLE k (m mood PRIMARY KEY, ms mood[] UNIQUE)");
        _db.Do("CREATE TABLE r (m mood REFERENCES k)");
        _db.Pg("INSERT INTO k VALUES ('ok', '{sad}')");
        Assert.Equal("Key (m)=(ok) already exists.", Fails("23505", () => _db.Pg("INSERT INTO k VALUES ('ok', NULL)")).Detail);
        Assert.Equal("Key (ms)=({sad}) already exists.", Fails("23505", () => _db.Pg("INSERT INTO k VALUES ('sad', '{sad}')")).Detail);
        Assert.Equal("Key (m)=(sad) is not present in table \"k\".", Fails("23503", () => _db.Pg("INSERT INTO r VALUES ('sad')")).Detail);
        _db.Pg("INSERT INTO k VALUES ('ok', NULL) ON CONFLICT (m) DO UPDATE SET ms = ARRAY['happy', excluded.m]::mood[]");
        Assert.Equal(["ok|{happy,ok}"], _db.Pg("SELECT * FROM k"));
    }
}
