using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IrisSimulator.Sql;

namespace IrisSimulator.Tests.Front;

/// <summary>The texts that the gateway's own tests expect it to write for IRIS.</summary>
public partial class GatewayTextTests
{
    /// <summary>"source 0, iris: SELECT …" in plans, "iris@2024.1 SELECT …" (or exact@, utc@) in pairs.</summary>
    [GeneratedRegex(@"^(?:\s+.*\biris: |(?:iris|exact|utc)@(?<version>\d+\.\d+) )(?<sql>.+)$")]
    private static partial Regex Line();

    [SkippableFact]
    public void Whatever_the_gateway_writes_is_taken()
    {
        var folder = Path.GetFullPath(Path.Combine(Here(), "../../Gateway.Sql.Tests/Dialects/Iris"));
        var texts = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [])
            .SelectMany(File.ReadLines).Select(line => Line().Match(line)).Where(match => match.Success).ToList();
        Skip.If(texts.Count == 0, "no texts for IRIS yet");

        var refused = new List<string>();
        foreach (var text in texts)
            try
            {
                var version = text.Groups["version"] is { Success: true, Value: var written } ? IrisVersion.Parse(written) : IrisVersion.V2025_1;
                // Dots stand for the items of an array, one marker each.
                IrisParser.Parse(text.Groups["sql"].Value.Replace("⋯", "?, ?", StringComparison.Ordinal), version);
            }
            catch (IrisError error)
            {
                refused.Add($"{error.SqlCode} {error.Detail}: {text.Value}");
            }
        Assert.True(refused.Count == 0, string.Join("\n", refused));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
