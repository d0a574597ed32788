using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Functions;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Split;

/// <summary>However a query is split, its rows are the same.</summary>
/// <remarks>Both sides are this engine: a source's text is put in the place of the table function that would read it.</remarks>
public sealed partial class SplitTests
{
    private static readonly SqliteDialect Local = new(FunctionLibrary.Names);

    [Fact]
    public void Every_split_of_a_query_has_the_same_rows()
    {
        using var engine = new EngineFixture();
        using var connection = engine.Open();
        foreach (var statement in CorpusFiles.Statements("schema.sql")) TryRun(connection, statement);
        var seeds = int.Parse(Environment.GetEnvironmentVariable("SPLIT_SEEDS") ?? "6", CultureInfo.InvariantCulture);
        var different = new List<string>();
        var (same, refused) = (0, 0);
        foreach (var sql in CorpusFiles.Queries())
        {
            List<string> expected;
            BoundStatement bound;
            try
            {
                bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
                expected = Rows(connection, ((SqlStep)Local.Render(bound).Steps[0]).Sql, bound);
            }
            catch (PgException)
            {
                continue;
            }

            for (var seed = 0; seed < seeds; seed++)
            {
                var text = "";
                try
                {
                    var planner = new QueryPlanner(_ => new PartialSpeech(Local, seed, seed == 0 ? 101 : 5 * (seed % 5) + 4), Local) { Schema = bound.Schema };
                    text = Inlined(planner.Plan(((QueryStatement)bound.Tree).Query, new HoistedValues()));
                    var actual = Rows(connection, text, bound);
                    if (!IsOrdered(bound))
                    {
                        actual.Sort(StringComparer.Ordinal);
                        var sorted = expected.Order(StringComparer.Ordinal).ToList();
                        if (!sorted.SequenceEqual(actual)) different.Add($"{sql}\n  seed {seed}\n  {text}\n  {string.Join('/', sorted)}\n  {string.Join('/', actual)}");
                    }
                    else if (!expected.SequenceEqual(actual))
                    {
                        different.Add($"{sql}\n  seed {seed}\n  {text}\n  {string.Join('/', expected)}\n  {string.Join('/', actual)}");
                    }

                    same++;
                }
                catch (PgException error) when (error.SqlState == "0A000")
                {
                    refused++;
                    different.Add($"{sql}\n  seed {seed}\n  {text}\n  refused: {error.Message}");
                }
                catch (Exception error)
                {
                    different.Add($"{sql}\n  seed {seed}\n  {text}\n  {error}");
                }
            }
        }

        Assert.True(different.Count == 0, $"{different.Count} differ ({same} same, {refused} refused):\n{string.Join('\n', different.DistinctBy(text => text.Split((char)10)[0]).Select(text => text.Length > 2500 ? text[..2500] : text).Take(40))}");
    }

    private static bool IsOrdered(BoundStatement bound) => ((QueryStatement)bound.Tree).Query.OrderBy is { IsDefaultOrEmpty: false };

    private static string Inlined(RowSource rows) => rows switch
    {
        RemoteQuery remote => remote.Sql,
        LocalQuery local => Source().Replace(local.Sql, match => $"({Inlined(local.Sources[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)])})"),
        _ => throw new InvalidOperationException(),
    };

    // What the engine cannot keep (two names that differ by case) is not there; its statements are skipped below.
    private static void TryRun(EmbeddedConnection connection, string sql)
    {
        try
        {
            CorpusFiles.Ask(connection, connection.Database.Dialect, sql);
        }
        catch (PgException)
        {
        }
    }

    private static List<string> Rows(EmbeddedConnection connection, string sql, BoundStatement bound) =>
        CorpusFiles.Rows(connection, new Plan([new SqlStep(sql, [], true)]), bound);

    [GeneratedRegex(@"pg_remote\((\d+)\)")]
    private static partial Regex Source();
}
