namespace Gateway.Node.Tests.Ado;

/// <summary>The server's errors pass with all their fields.</summary>
[Collection("postgres node")]
public sealed class PostgresErrorTests(PostgresFixture fixture) : ServerErrorTests(fixture);

public abstract class ServerErrorTests(PostgresFixture fixture)
{
    private static readonly string[] Schema =
    [
        "DROP TABLE IF EXISTS err_child, err_parent",
        "CREATE TABLE err_parent (id int PRIMARY KEY, name varchar(5) NOT NULL, age int CONSTRAINT adult CHECK (age >= 18), CONSTRAINT names UNIQUE (name))",
        "CREATE TABLE err_child (id int REFERENCES err_parent DEFERRABLE)",
        "INSERT INTO err_parent VALUES (1, 'one', 20)",
        "INSERT INTO err_child VALUES (1)",
    ];

    [SkippableTheory]
    [InlineData("INSERT INTO err_parent VALUES (1, 'x', 20)")]
    [InlineData("INSERT INTO err_parent VALUES (2, 'one', 20)")]
    [InlineData("INSERT INTO err_parent VALUES (2, NULL, 20)")]
    [InlineData("INSERT INTO err_parent VALUES (2, 'x', 2)")]
    [InlineData("INSERT INTO err_parent VALUES (2, 'too long', 20)")]
    [InlineData("INSERT INTO err_child VALUES (7)")]
    [InlineData("DELETE FROM err_parent")]
    [InlineData("SELECT 1 / (age - 20) FROM err_parent")]
    [InlineData("SELECT (age * 2000000000)::int FROM err_parent")]
    [InlineData("SELECT name::int FROM err_parent")]
    [InlineData("SELECT (SELECT 1 FROM generate_series(1, 2)) FROM err_parent")]
    [InlineData("CREATE TABLE err_parent (a int)")]
    [InlineData("DROP TABLE err_parent")]
    [InlineData("DROP TABLE nowhere")]
    [InlineData("ALTER TABLE err_parent ADD COLUMN id int")]
    [InlineData("CREATE INDEX ON err_parent (nothing)")]
    [InlineData("SELECT nothing FROM err_parent")]
    [InlineData("SELECT * FROM nowhere")]
    [InlineData("SELECT name + 1 FROM err_parent")]
    [InlineData("SELECT unknown_function(1)")]
    [InlineData("SELEC 1")]
    [InlineData("TRUNCATE err_parent")]
    [InlineData("SELECT to_date('x', 'YYYY')")]
    [InlineData("SELECT '{1,2'::int[]")]
    [InlineData("SELECT pg_catalog.set_config('TimeZone', 'Nowhere/At_all', false)")]
    public void An_error_is_the_server_s_own(string sql)
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        foreach (var statement in Schema) gateway.Do(statement);
        Assert.Equal(Kept(direct.Answer(sql)), Kept(gateway.Answer(sql)));

        // The session goes on.
        Assert.Equal(["1"], gateway.Ask("SELECT id FROM err_parent"));
    }

    /// <summary>Code, message and detail, where the provider keeps no more.</summary>
    private string Kept(string answer) => fixture.KeepsErrorFields || answer.Split('\n') is not [_, _, _, ..] ? answer : string.Join('\n', answer.Split('\n')[..^2]);

    [SkippableFact]
    public void A_deferred_constraint_fails_with_the_commit()
    {
        using var gateway = fixture.Node.Open();
        gateway.Do("DROP TABLE IF EXISTS deferred");
        gateway.Do("CREATE TABLE deferred (id int PRIMARY KEY, other int REFERENCES deferred DEFERRABLE INITIALLY DEFERRED)");
        gateway.Do("BEGIN");
        gateway.Do("INSERT INTO deferred VALUES (1, 2)");
        Assert.StartsWith("23503", gateway.Answer("COMMIT"), StringComparison.Ordinal);
        Assert.Equal([], gateway.Ask("SELECT * FROM deferred"));
        gateway.Do("DROP TABLE deferred");
    }

    [SkippableFact]
    public void Two_serializable_transactions_that_disagree_end_with_40001()
    {
        using var one = fixture.Node.Open();
        using var two = fixture.Node.Open();
        one.Do("DROP TABLE IF EXISTS doctors");
        one.Do("CREATE TABLE doctors (name text PRIMARY KEY, on_call bool)");
        one.Do("INSERT INTO doctors VALUES ('ann', true), ('bob', true)");
        foreach (var session in (Npgsql.NpgsqlConnection[])[one, two])
        {
            session.Do("BEGIN ISOLATION LEVEL SERIALIZABLE");
            Assert.Equal(["2"], session.Ask("SELECT count(*) FROM doctors WHERE on_call"));
        }

        one.Do("UPDATE doctors SET on_call = false WHERE name = 'ann'");
        two.Do("UPDATE doctors SET on_call = false WHERE name = 'bob'");
        one.Do("COMMIT");
        Assert.StartsWith("40001", two.Answer("COMMIT"), StringComparison.Ordinal);
        one.Do("DROP TABLE doctors");
    }
}
