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
