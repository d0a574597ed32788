using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Shared;

namespace Gateway.Node.Tests.Load;

/// <summary>pgbench's own tables and scripts: loaded with its COPY, run by several clients in each protocol; then every balance adds up.</summary>
public class TpcTests
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private const int Transactions = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly int[] Clients = [1, 8, 64];

    [SkippableFact]
    public async Task Balances_add_up_on_the_embedded_engine()
    {
        await using var node = await TestNode.Start();
        await Run(node.Port);
    }

    [SkippableFact]
    public async Task Balances_add_up_on_a_PostgreSQL_behind_the_gateway()
    {
        using var node = new PostgresNode();
        Skip.If(node.Missing is not null, node.Missing);
        await Run(node.Port);
    }

    private static async Task Run(int port)
    {
        Skip.IfNot(File.Exists($"{Binaries}/pgbench"), $"{Binaries}/pgbench is missing (Debian package postgresql-15)");
        string[] server = ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"];
        await Output("pgbench", ["-i", "-q", "-s", "1", .. server, "scratch"]);
        string[] modes = ["simple", "extended", "prepared"];
        foreach (var mode in modes)
            foreach (var script in (string[])["tpcb-like", "select-only"])
                foreach (var clients in Clients)
                {
                    var output = await Output("pgbench", ["-n", "-b", script, "-M", mode, "-c", $"{clients}", "-j", "2", "-t", $"{Transactions}", .. server, "scratch"]);
                    Assert.Contains("number of failed transactions: 0 ", output, StringComparison.Ordinal);
                }

        var sums = await Output("psql",
        [
            "-XAtq", .. server, "-d", "scratch", "-c",
            """
            SELECT (SELECT sum(abalance) FROM pgbench_accounts) = (SELECT sum(delta) FROM pgbench_history),
                   (SELECT sum(tbalance) FROM pgbench_tellers) = (SELECT sum(delta) FROM pgbench_history),
                   (SELECT sum(bbalance) FROM pgbench_branches) = (SELECT sum(delta) FROM pgbench_history),
                   (SELECT count(*) FROM pgbench_accounts), (SELECT count(*) FROM pgbench_history)
            """,
        ]);
        Assert.Equal($"t|t|t|100000|{modes.Length * Clients.Sum() * Transactions}", sums.Trim());
    }

    private static async Task<string> Output(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo($"{Binaries}/{program}", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await errors}");
        return await output;
    }
}
