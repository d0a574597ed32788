using Gateway.Backends.Embedded;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

/// <summary>Texts as PostgreSQL 15 gives them.</summary>
public sealed class ConstraintErrorTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _db;

    public ConstraintErrorTests()
    {
        _db = _engine.Open();
        _db.Do("CREATE TABLE p (id int PRIMARY KEY, v text, UNIQUE (v))");
        _db.Do("CREATE TABLE c (id serial PRIMARY KEY, p int REFERENCES p, n numeric(5,2) NOT NULL)");
        _db.Do("INSERT INTO p VALUES (1, 'x')");
    }

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_duplicate_key_is_shown(bool inTransaction)
    {
        if (inTransaction) _db.Begin(null, false);
        var error = Fails("23505", () => _db.Do("INSERT INTO p VALUES (?, ?), (?, ?)", 2, "y", 1, "z"));
        Assert.Equal("duplicate key value violates unique constraint \"p_pkey\"", error.Message);
        Assert.Equal("Key (id)=(1) already exists.", error.Detail);
        Assert.Equal(("public", "p", "p_pkey"), (error.SchemaName, error.TableName, error.ConstraintName));
        Assert.Equal("Key (v)=(x) already exists.", Fails("23505", () => _db.Do("INSERT INTO p VALUES (2, 'x')")).Detail);
        Assert.Equal(["1"], _db.Ask("SELECT id FROM p"));
    }

    [Fact]
    public void A_null_is_shown_with_its_row()
    {
        var error = Fails("23502", () => _db.Do("INSERT INTO c (p, n) VALUES (1, NULL)"));
        Assert.Equal("null value in column \"n\" of relation \"c\" violates not-null constraint", error.Message);
        Assert.Equal("Failing row contains (1, 1, null).", error.Detail);
        Assert.Equal("n", error.ColumnName);
        Assert.Equal(["2"], _db.Ask("INSERT INTO c (p, n) VALUES (1, '1.50') RETURNING id"));
        Assert.Equal("null value in column \"id\" of relation \"p\" violates not-null constraint",
            Fails("23502", () => _db.Do("INSERT INTO p VALUES (NULL, 'q')")).Message);
    }

    [Fact]
    public void A_missing_parent_and_a_parent_still_in_use_are_told_apart()
    {
        var error = Fails("23503", () => _db.Do("INSERT INTO c (p, n) VALUES (7, '1')"));
        Assert.Equal("insert or update on table \"c\" violates foreign key constraint \"c_p_fkey\"", error.Message);
        Assert.Equal("Key (p)=(7) is not present in table \"p\".", error.Detail);
        _db.Do("INSERT INTO c (p, n) VALUES (1, '1')");
        error = Fails("23503", () => _db.Do("DELETE FROM main.\"p\""));
        Assert.Equal("update or delete on table \"p\" violates foreign key constraint \"c_p_fkey\" on table \"c\"", error.Message);
        Assert.Equal("Key (id)=(1) is still referenced from table \"c\".", error.Detail);
        Assert.Equal(["1"], _db.Ask("SELECT count(*) FROM c"));
    }

    [Fact]
    public void A_deferred_key_is_checked_at_commit()
    {
        _db.Do("CREATE TABLE d (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        _db.Begin(null, false);
        _db.Do("INSERT INTO d VALUES (5)");
        Assert.Equal("Key (p)=(5) is not present in table \"p\".", Fails("23503", _db.Commit).Detail);
        Assert.False(_db.InTransaction);
        _db.Begin(null, false);
        _db.Do("INSERT INTO d VALUES (5)");
        _db.Do("INSERT INTO p VALUES (5, 'five')");
        _db.Commit();
        Assert.Equal(["5"], _db.Ask("SELECT p FROM d"));
    }

    [Fact]
    public void A_check_is_named()
    {
        _db.Do("CREATE TABLE k (a int CHECK (a IS NOT NULL), b bool, CONSTRAINT good CHECK (b))");
        var error = Fails("23514", () => _db.Do("INSERT INTO k VALUES (NULL, 1)"));
        Assert.Equal("new row for relation \"k\" violates check constraint \"k_a_check\"", error.Message);
        Assert.Equal("Failing row contains (null, t).", error.Detail);
        Assert.Equal("good", Fails("23514", () => _db.Do("INSERT INTO k VALUES (1, 0)")).ConstraintName);
    }
}
