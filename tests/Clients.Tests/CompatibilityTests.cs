using System.Globalization;
using System.Text;

namespace Clients.Tests;

/// <summary>docs/compatibility.md is the outcome of the matrix. COMPATIBILITY=write runs all clients on both servers and writes it and the known gaps.</summary>
[Collection("gateway")]
public sealed class CompatibilityTests(GatewayTarget gateway, PostgresTarget postgres) : IClassFixture<PostgresTarget>
{
    private const int ReasonLength = 200;
    private static readonly string Document = Path.Combine(Tool.RepositoryRoot, "docs", "compatibility.md");

    private static bool Writing => Environment.GetEnvironmentVariable("COMPATIBILITY") == "write";

    /// <summary>Whether the document says how the client fares on the gateway.</summary>
    public static bool Lists(string client) => File.ReadLines(Document).Any(line => line.StartsWith($"| {client} | ", StringComparison.Ordinal));

    [SkippableFact]
    public void The_document_and_the_gaps_are_written()
    {
        Skip.IfNot(Writing, "COMPATIBILITY=write is not set");
        var runs = Client.All.Select(client => (OnPostgres: client.Run(postgres), OnGateway: client.Run(gateway))).ToList();

        // A client whose checks PostgreSQL does not pass says nothing about the gateway: it is left out, and told in the end.
        var wrong = new List<string>();
        runs.RemoveAll(run =>
        {
            if (run.OnPostgres.Lacking is not null) return false;
            var failed = run.OnPostgres.Checks.Where(check => check.Value is not null).Select(check => $"{check.Key}: {check.Value}").ToList();
            if (run.OnPostgres.Checks.Count < run.OnPostgres.Client.Least) failed.Add($"only {run.OnPostgres.Checks.Count} checks ran\n{run.OnPostgres.Result}");
            failed.AddRange(run.OnPostgres.Checks.Keys.Except(run.OnGateway.Checks.Keys).Select(check => $"did not run on the gateway: {check}"));
            if (failed.Count > 0) wrong.Add($"{run.OnGateway.Client.Name}:\n  {string.Join("\n  ", failed)}");
            return failed.Count > 0;
        });

        var gaps = runs.SelectMany(run => run.OnGateway.Checks.Where(check => check.Value is not null).Select(check => (Client: run.OnGateway.Client.Name, Check: check.Key, Reason: Reason(check.Value!)))).ToList();
        WriteGaps(gaps);
        var text = new StringBuilder(Introduction);
        foreach (var (onPostgres, onGateway) in runs)
            text.Append(CultureInfo.InvariantCulture, $"| {onGateway.Client.Name} | {onGateway.Version} | {onGateway.Passed} of {onGateway.Checks.Count} | {OnPostgres(onPostgres)} |\n");
        text.Append("\n## Differences\n\n");
        if (gaps.Count == 0) text.Append("None.\n");
        foreach (var (client, check, reason) in gaps) text.Append(Difference(client, check, reason));
        File.WriteAllText(Document, text.ToString() + RestOfDocument());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void What_the_document_counts_fits_the_known_gaps()
    {
        if (Writing) return;
        var lines = File.ReadAllLines(Document);
        foreach (var client in Client.All.Where(client => Lists(client.Name)))
        {
            var row = Assert.Single(lines, line => line.StartsWith($"| {client.Name} | ", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
            var (passed, total) = (Number(row[3].Split(' ')[0]), Number(row[3].Split(' ')[2]));
            Assert.True(passed == total - KnownGaps.ByClient[client.Name].Count(), $"{client.Name}: {passed} of {total} passed, but known-gaps.txt has {KnownGaps.ByClient[client.Name].Count()}");
            Assert.True(total >= client.Least, $"{client.Name}: {total} checks, {client.Least} or more were expected");
        }
    }

    [Fact]
    public void Every_known_gap_is_in_the_document_and_is_of_a_client()
    {
        if (Writing) return;
        var text = File.ReadAllText(Document);
        foreach (var group in KnownGaps.ByClient)
        {
            Assert.Contains(Client.All, client => client.Name == group.Key);
            foreach (var (check, reason) in group) Assert.Contains(Difference(group.Key, check, reason), text);
        }
    }

    /// <summary>What tests/Corpus.Tests writes: the part about BI tools.</summary>
    private static string RestOfDocument()
    {
        var document = File.ReadAllText(Document);
        var start = document.IndexOf("\n## BI tools", StringComparison.Ordinal);
        return start < 0 ? "" : document[start..];
    }

    private static string OnPostgres(ClientRun run) => run.Lacking is { } lacking ? $"not available: {lacking}" : $"{run.Passed} of {run.Checks.Count}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Reason(string reason) => reason.Length <= ReasonLength ? reason.Trim() : reason[..ReasonLength].Trim() + " …";

    private static string Difference(string client, string check, string reason) => $"* **{client}**: {check} — {reason.Replace("*", "\\*", StringComparison.Ordinal)}\n";

    private static void WriteGaps(IReadOnlyList<(string Client, string Check, string Reason)> gaps)
    {
        var path = Path.Combine(Tool.Clients, KnownGaps.File);
        var heading = File.ReadLines(path).TakeWhile(line => line.StartsWith('#'));
        File.WriteAllLines(path, [.. heading, .. gaps.Select(gap => $"{gap.Client} | {gap.Check} | {gap.Reason}")]);
    }

    private const string Introduction = """
        # Compatibility

        Real clients, run by the tests against a gateway node (embedded engine) and against PostgreSQL 15: each is a small project of its
        ecosystem in `tests/Clients`, and each check is one sentence it prints. What PostgreSQL itself does not pass is not a check;
        where the server lacks what is checked ("not available"), the expected values are those of its documentation.

        Written by `COMPATIBILITY=write dotnet test tests/Clients.Tests --filter CompatibilityTests`, together with
        `tests/Clients/known-gaps.txt`; the tests fail when a check passes that is listed there, and when one fails that is not.

        | client | version | on the gateway | on PostgreSQL |
        | --- | --- | --- | --- |

        """;
}
