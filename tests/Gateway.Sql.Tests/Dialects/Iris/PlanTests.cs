using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Dialects.Sqlite;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Iris;

/// <summary>plans.txt: a statement, and the plan that is made of it, indented. A statement behind <c>exact:</c> compares strings exactly.</summary>
/// <remarks>With PLANS=write in the environment the file is written anew from what comes out: read the difference then.</remarks>
public sealed class PlanTests
{
    private static readonly string PlansFile = Path.Combine(Folder(), "plans.txt");

    public static TheoryData<string, string> Plans()
    {
        var data = new TheoryData<string, string>();
        string? statement = null;
        var plan = new StringBuilder();
        foreach (var line in File.ReadLines(PlansFile).Append("end"))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                plan.Append(line, 2, line.Length - 2).Append('\n');
                continue;
            }

            if (statement is not null) data.Add(statement, plan.ToString());
            plan.Clear();
            statement = line.Length == 0 || line[0] == '#' ? null : line;
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_statement_becomes_a_plan(string sql, string expected) => Assert.Equal(expected, Translate(sql));

    [Fact]
    public void There_are_plans_for_many_statements()
    {
        if (Environment.GetEnvironmentVariable("PLANS") == "write") Write();
        Assert.True(Plans().Count >= 120);
    }

    [Fact]
    public void What_the_analyzer_accepts_has_a_plan_or_is_refused_by_name()
    {
        var plans = 0;
        foreach (var sql in File.ReadLines(Path.Combine(Folder(), "../../Analysis/statements.txt")))
        {
            if (sql.Length == 0 || sql[0] == '#') continue;
            BoundStatement bound;
            try
            {
                bound = new Analyzer(PlanSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            }
            catch (PgException)
            {
                continue;
            }

            try
            {
                Assert.NotEmpty(PlanPrinter.Print(new IrisDialect(new IrisOptions(new Version(2025, 1), false), new SqliteDialect(new Everything())).Render(bound), "iris"));
                plans++;
            }
            catch (PgException error)
            {
                // A literal that cannot be read is told of at once.
                Assert.True(error.SqlState is "0A000" or "22P02" or "22007" or "22003" or "22008", $"{sql}\n{error}");
            }
            catch (Exception error)
            {
                Assert.Fail($"{sql}\n{error}");
            }
        }

        Assert.True(plans > 300, $"{plans} plans");
    }

    private static void Write()
    {
        var text = new StringBuilder();
        foreach (var line in File.ReadLines(PlansFile).ToList())
        {
            if (line.StartsWith("  ", StringComparison.Ordinal)) continue;
            text.Append(line).Append('\n');
            if (line.Length == 0 || line[0] == '#') continue;
            foreach (var part in Translate(line).TrimEnd('\n').Split('\n')) text.Append("  ").Append(part).Append('\n');
        }

        File.WriteAllText(PlansFile, text.ToString());
    }

    private static string Translate(string sql)
    {
        try
        {
            var exact = sql.StartsWith("exact: ", StringComparison.Ordinal);
            var bound = new Analyzer(PlanSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(exact ? sql[7..] : sql)!, []);
            var dialect = new IrisDialect(new IrisOptions(new Version(2025, 1), exact), new SqliteDialect(new Everything()));
            return PlanPrinter.Print(dialect.Render(bound), "iris");
        }
        catch (PgException error)
        {
            return $"error {error.SqlState} {error.Message}\n";
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
