namespace Clients.Tests;

/// <summary>tests/Clients/known-gaps.txt: what real PostgreSQL passes and the gateway does not yet, with the reason.</summary>
internal static class KnownGaps
{
    public const string File = "known-gaps.txt";

    /// <summary>Lines of client | check | reason.</summary>
    public static ILookup<string, (string Check, string Reason)> ByClient { get; } = Tool.Lines(File)
        .Select(line => line.Split(" | ", 3) is [var client, var check, var reason] ? (client, check, reason) : throw new InvalidDataException($"{File}: {line}"))
        .ToLookup(gap => gap.client, gap => (gap.check, gap.reason));

    public static IReadOnlyDictionary<string, string> Of(string client) => ByClient[client].ToDictionary(gap => gap.Check, gap => gap.Reason);
}
