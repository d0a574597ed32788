using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Split;

/// <summary>The corpus' queries through the dialect, the backend and a simulated IRIS: what the embedded engine says of them.</summary>
public sealed class EndToEndTests
{
    /// <summary>Words of statements that answer otherwise, and why.</summary>
    private static readonly (string Words, string Why)[] Known =
    [
        ("LATERAL (", "the simulator does not play LATERAL"),
        ("lower(w)", "letters beyond ASCII have another case in IRIS, and none in the C locale"),
        ("lower(a.w)", "the same"),
        ("lower(trim(w))", "the same"),
        ("length(w), w", "a character beyond the BMP counts as two in IRIS"),
        ("substring(w FROM 1 FOR 2)", "the same"),
        ("left(w, 1)", "the same"),
        ("FROM words ORDER BY w", "IRIS orders by code units, so what is beyond the BMP comes before U+E000 and up"),
        ("min(w), max(w)", "the same"),
        ("ORDER BY w COLLATE", "the same"),
        ("w > 'b' ORDER BY w", "the same"),
        ("sum(9223372036854775807)", "the simulator's arithmetic overflows over a marker"),
    ];

    [Fact]
    public void A_query_answers_as_the_embedded_engine_does()
    {
        using var engine = new EngineFixture();
        using var own = engine.Open();
        using var iris = new SimulatedIris();
        using var there = iris.Backend.Open();
        there.Session = new TestSession();
        var different = new List<string>();
        foreach (var sql in CorpusFiles.Statements("schema.sql"))
        {
            // What one of the two cannot keep is in neither.
            if (Does(there, iris.Backend.Dialect, sql) && !Does(own, engine.Database.Dialect, sql)) different.Add(sql);
        }

        var (same, refused) = (0, new List<string>());
        foreach (var sql in CorpusFiles.Queries())
        {
            if (Array.Exists(Known, known => sql.Contains(known.Words, StringComparison.Ordinal))) continue;
            List<string> expected;
            try
            {
                own.Begin(null, readOnly: false);
                expected = CorpusFiles.Ask(own, engine.Database.Dialect, sql);
            }
            catch (PgException)
            {
                continue;
            }
            finally
            {
                own.Rollback();
            }

            var plan = "";
            try
            {
                var bound = new Analyzer(there.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
                var rendered = iris.Backend.Dialect.Render(bound);
                plan = PlanPrinter.Print(rendered, "iris");
                var actual = CorpusFiles.Rows(there, rendered, bound);
                if (((QueryStatement)bound.Tree).Query.OrderBy.IsDefaultOrEmpty)
                {
                    actual.Sort(StringComparer.Ordinal);
                    expected.Sort(StringComparer.Ordinal);
                }

                if (actual.SequenceEqual(expected)) same++;
                else different.Add($"{sql}\n{plan}  expected {string.Join('/', expected)}\n  actual   {string.Join('/', actual)}");
            }
            catch (PgException error) when (error.SqlState == "0A000")
            {
                refused.Add($"{sql}\n  {error.Message}");
            }
            catch (Exception error)
            {
                different.Add($"{sql}\n{plan}  {error.GetType().Name} {(error as PgException)?.SqlState} {error.Message} {(error as PgException)?.Detail}");
            }
        }

        Assert.True(different.Count == 0, $"{different.Count} differ ({same} same, {refused.Count} refused):\n{string.Join('\n', different.Select(text => text.Length > 3000 ? text[..3000] : text))}\nrefused:\n{string.Join('\n', refused)}");
    }

    [Theory]
    [InlineData("select id from t where name = $1 and id < $2", "1")]
    [InlineData("select id from t where id > $2 - 10 and name = lower($1) order by id", "1")]
    [InlineData("select initcap(name) || $1 from t where id < $2 order by id limit $2", "Annann/Bobann")]
    [InlineData("select id from t where initcap(name) = initcap($1) and id <= $2 order by id desc", "1")]
    [InlineData("select id, (select count(*) from t u where initcap(u.name) <> initcap($1) and u.id <= t.id and t.id < $2) from t order by id", "1|0/2|1/3|0")]
    [InlineData("select $1 || string_agg(name, '-' order by id) from t where id <> $2 having count(*) > 1", "annann-bob")]
    [InlineData("select id from t where initcap(name) = $1 union select $2 order by 1", "3")]
    public void Parameters_reach_both_sides(string sql, string expected)
    {
        using var iris = new SimulatedIris();
        using var there = iris.Backend.Open();
        there.Session = new TestSession();
        CorpusFiles.Ask(there, iris.Backend.Dialect, "create table t (id int primary key, name text)");
        CorpusFiles.Ask(there, iris.Backend.Dialect, "insert into t values (1, 'ann'), (2, 'bob'), (3, 'cid')");
        var bound = new Analyzer(there.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, [Oids.Text, Oids.Int4]);
        using var values = Engine.Values("ann", 3);
        Assert.Equal(expected, string.Join('/', CorpusFiles.Rows(there, iris.Backend.Dialect.Render(bound), bound, values)));
    }

    [Fact]
    public void A_comparison_without_case_is_the_same_on_both_sides()
    {
        using var iris = new SimulatedIris();
        iris.Run("CREATE TABLE Clinic.Patient (ID INTEGER, Name VARCHAR(40), City VARCHAR(40))");
        iris.Run("INSERT INTO Clinic.Patient (ID, Name, City) VALUES (1, 'Ada', 'Graz')");
        iris.Run("INSERT INTO Clinic.Patient (ID, Name, City) VALUES (2, 'ADA ', 'graz')");
        iris.Run("INSERT INTO Clinic.Patient (ID, Name, City) VALUES (3, 'Äda', 'GRAZ  ')");
        iris.Backend.Refresh();
        using var there = iris.Backend.Open();
        there.Session = new TestSession();
        List<string> Ask(string sql) => CorpusFiles.Ask(there, iris.Backend.Dialect, sql);

        // The second condition cannot be said there, so each pair is once compared by IRIS and once here.
        foreach (var condition in new[] { "name = 'ada'", "city in ('graz', 'x')", "name = 'ÄDA'", "name like 'a%'", "name between 'a' and 'b'", "city <> 'GRAZ'" })
        {
            var by = Ask($"select id from clinic.patient where {condition} order by id");
            Assert.Equal(by, Ask($"select id from clinic.patient where ({condition} or initcap(name) = '?') order by id"));
            Assert.Equal(by, Ask($"select id from (select * from clinic.patient limit 10) x where ({condition} or initcap(name) = '?') order by id"));
            Assert.Equal(by, Ask($"select id from (select *, initcap(name) as n from clinic.patient limit 10) x where {condition} order by id"));
        }

        Assert.Equal(["1", "2", "3"], Ask("select id from clinic.patient where city = 'graz' order by id"));
        Assert.Equal(3, Ask("select distinct name from clinic.patient").Count);
    }

    private static bool Does(IBackendConnection connection, Dialect dialect, string sql)
    {
        try
        {
            CorpusFiles.Ask(connection, dialect, sql);
            return true;
        }
        catch (PgException)
        {
            return false;
        }
    }
}
