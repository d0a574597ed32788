using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Backends.Embedded.Functions;
using Gateway.Backends.Tests.Functions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Dialects.Iris;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Split;

/// <summary>What the gateway is to finish for IRIS is valid SQL of its engine.</summary>
public sealed partial class LocalTextTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_text_for_this_engine_can_be_prepared(bool exact)
    {
        using var engine = new Engine { Schema = PlanSchema.Snapshot };
        engine.Native("CREATE TABLE \"pg_catalog.pg_class\" (oid, relname, relkind)");
        var dialect = new IrisDialect(new IrisOptions(new Version(2025, 1), exact), new SqliteDialect(FunctionLibrary.Names));
        var wrong = new List<string>();
        var prepared = 0;
        foreach (var sql in Lines("Functions", "statements.txt").Concat(Lines("Split", "plans.txt")))
        {
            try
            {
                var bound = new Analyzer(PlanSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
                if (bound.Tree is not QueryStatement) continue;
                var plan = dialect.Render(bound);
                foreach (var text in plan.Steps.OfType<QueryStep>().SelectMany(step => Texts(step.Rows)).Concat(Texts(plan.Computed)))
                {
                    prepared++;
                    if (engine.PrepareText(text) is { } complaint) wrong.Add($"{sql}\n    {complaint}");
                }
            }
            catch (PgException)
            {
                // Refused by the analyzer or by both engines.
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {prepared} are not valid:\n{string.Join('\n', wrong)}");
        Assert.True(prepared > 300);
    }

    private static IEnumerable<string> Lines(string folder, string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, folder, file)).Where(line => line.Length > 0 && line[0] is not ('#' or ' ') && !line.StartsWith("exact:", StringComparison.Ordinal));

    private static IEnumerable<string> Texts(RowSource? rows) => rows is not LocalQuery local
        ? []
        : [Source().Replace(local.Sql, match => Stub(local.Sources[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)])), .. local.Sources.SelectMany(Texts)];

    // In the place of the table function: a row of its columns.
    private static string Stub(RowSource source) =>
        $"(SELECT {string.Join(", ", Enumerable.Range(0, Math.Max(1, source.Types.Length)).Select(i => $"NULL AS c{i}"))})";

    [GeneratedRegex(@"pg_remote\((\d+)\)")]
    private static partial Regex Source();
}
