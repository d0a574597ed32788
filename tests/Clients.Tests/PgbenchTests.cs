using System.Globalization;
using System.Text.RegularExpressions;

namespace Clients.Tests;

/// <summary>pgbench in its three protocol modes, few and many clients: every transaction has to succeed.</summary>
[Collection("gateway")]
public sealed partial class PgbenchTests(GatewayTarget target)
{
    private const int Rows = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string, int, int> Loads
    {
        get
        {
            var loads = new TheoryData<string, int, int>();
            foreach (var mode in (string[])["simple", "extended", "prepared"])
                foreach (var (clients, transactions) in (ReadOnlySpan<(int, int)>)[(1, 200), (8, 50), (64, 10)])
                    loads.Add(mode, clients, transactions);
            return loads;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Loads))]
    public void Constants_are_selected(string mode, int clients, int transactions) => Bench("SELECT 1;\n", mode, clients, transactions);

    [SkippableTheory]
    [MemberData(nameof(Loads))]
    public void Rows_are_found_by_primary_key(string mode, int clients, int transactions)
    {
        var table = Tool.Run(target, Limit, Tool.Find("psql"), ["-Xq", "-v", "ON_ERROR_STOP=1"],
            $"""
             SET client_min_messages = warning;
             CREATE TABLE IF NOT EXISTS pgbench_items (id int PRIMARY KEY, name text);
             INSERT INTO pgbench_items SELECT i, 'item ' || i FROM generate_series(1, {Rows}) AS g(i)
                 WHERE NOT EXISTS (SELECT 1 FROM pgbench_items);
             """);
        Assert.True(table.ExitCode == 0, table.ToString());
        // \gset fails when the row is not there.
        Bench($"\\set id random(1, {Rows})\nSELECT id AS found FROM pgbench_items WHERE id = :id \\gset\n", mode, clients, transactions);
    }

    private void Bench(string script, string mode, int clients, int transactions)
    {
        var pgbench = Tool.Find("pgbench", "/usr/lib/postgresql/15/bin/pgbench");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, script);
            var result = Tool.Run(target, Limit, pgbench,
                ["-n", "-f", file, "-M", mode, "-c", Text(clients), "-j", "2", "-t", Text(transactions)]);
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Contains($"number of transactions actually processed: {clients * transactions}/{clients * transactions}", result.Output);
            Assert.Matches(NoFailures(), result.Output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"number of failed transactions: 0 ")]
    private static partial Regex NoFailures();
}
