using System.Globalization;
using System.Text.RegularExpressions;

namespace Clients.Tests;

/// <summary>A client of tests/Clients/clients.txt: a program that connects where PGHOST and kin say and prints a line per check.</summary>
/// <param name="Least">At least so many checks must run: a program that ends early is no success.</param>
/// <param name="Needs">Programs of the PATH, or paths (absolute, or in tests/Clients), without which it is skipped.</param>
internal sealed partial record Client(string Name, int Least, string[] Needs, string[] Command)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public static IReadOnlyList<Client> All { get; } = [.. Tool.Lines("clients.txt").Select(Parse)];

    public static Client Named(string name) => All.Single(client => client.Name == name);

    public ClientRun Run(Target target)
    {
        foreach (var need in Needs)
            if (need.Contains('/')) Tool.Needs(Path.Combine(Tool.Clients, need));
            else Tool.Find(need);
        var result = Tool.Run(target, Limit, Tool.Find(Command[0], Command[0]), Command[1..], folder: Tool.Clients);
        var checks = new Dictionary<string, string?>();
        foreach (Match line in Check().Matches(result.Output))
        {
            var name = line.Groups["name"].Value;
            // A second check of one sentence is its second.
            for (var i = 2; checks.ContainsKey(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{line.Groups["name"].Value} ({i})");
            checks.Add(name, line.Groups["reason"] is { Success: true } reason ? reason.Value : null);
        }

        var lacking = Lacking().Match(result.Output) is { Success: true } lack ? lack.Groups["reason"].Value : null;
        return new ClientRun(this, Version().Match(result.Output).Groups["version"].Value, checks, lacking, result);
    }

    private static Client Parse(string line) => line.Split(" | ") is [var name, var least, var needs, var command]
        ? new Client(name, int.Parse(least, CultureInfo.InvariantCulture), needs.Split(' '), command.Split(' '))
        : throw new InvalidDataException($"clients.txt: {line}");

    // A sentence has no colon with a blank after it: that is where the reason begins.
    [GeneratedRegex(@"^(ok (?<name>[^\n]+?)|not ok (?<name>[^\n]+?): (?<reason>[^\n]*))\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Check();

    [GeneratedRegex(@"^# not available: (?<reason>[^\n]*?)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Lacking();

    [GeneratedRegex(@"^# .*?(?<version>\d[^ \n]*)$", RegexOptions.Multiline)]
    private static partial Regex Version();
}

/// <param name="Checks">By sentence: null where it passed, else why not.</param>
/// <param name="Lacking">What the server has not, so that no check could run; null as a rule.</param>
internal sealed record ClientRun(Client Client, string Version, IReadOnlyDictionary<string, string?> Checks, string? Lacking, Tool.Result Result)
{
    public int Passed => Checks.Values.Count(reason => reason is null);

    /// <param name="gaps">The checks that are known to fail: each of them has to, and no other may.</param>
    public void IsContent(IReadOnlyDictionary<string, string> gaps)
    {
        var wrong = Checks.Where(check => check.Value is not null && !gaps.ContainsKey(check.Key)).Select(check => $"not ok {check.Key}: {check.Value}")
            .Concat(gaps.Keys.Where(name => !Checks.TryGetValue(name, out var reason) || reason is null)
                .Select(name => $"{(Checks.ContainsKey(name) ? "passes" : "did not run")}, remove it from known-gaps.txt: {name}"))
            .ToList();
        if (wrong.Count > 0) Assert.Fail($"{wrong.Count} of {Checks.Count} checks of {Client.Name} are not as expected:\n{string.Join('\n', wrong)}\n{Result.Errors}");
        Assert.True(Result.ExitCode == (gaps.Count == 0 ? 0 : 1), Result.ToString());
        Assert.True(Checks.Count >= Client.Least, $"only {Checks.Count} checks ran, {Client.Least} or more were expected\n{Result}");
    }
}
