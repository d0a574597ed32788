using System.Text.RegularExpressions;
using Gateway.Tests.Shared;

namespace Clients.Tests;

/// <summary>Every output the README prints is what a fresh node answers.</summary>
public sealed partial class ReadmeTests(GatewayNode node) : IClassFixture<GatewayNode>
{
    public static TheoryData<string, string> Tour
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match match in Block().Matches(File.ReadAllText(Path.Combine(Repository(), "README.md"))))
                data.Add(match.Groups["sql"].Value, match.Groups["output"].Value);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Tour))]
    public void The_tour_prints_what_it_says(string sql, string output)
    {
        Skip.IfNot(File.Exists("/usr/bin/psql"), "psql is missing (Debian package postgresql-client-15)");
        Assert.True(node.Missing is null, node.Missing);
        var start = new System.Diagnostics.ProcessStartInfo("psql", ["-X", "-h", "127.0.0.1", "-p", $"{node.Port}", "-U", "ana", "hospital", "-c", sql])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PAGER"] = "cat";
        using var psql = System.Diagnostics.Process.Start(start)!;
        var said = psql.StandardOutput.ReadToEnd();
        var complained = psql.StandardError.ReadToEnd();
        psql.WaitForExit();
        Assert.Equal("", complained);
        Assert.Equal(output.Trim('\n'), said.Trim('\n'));
    }

    [Fact]
    public void The_tour_has_ten_queries() => Assert.Equal(10, Tour.Count());

    [GeneratedRegex(@"```\nhospital=> (?<sql>[^\n]*);\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IrisPgWire.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
