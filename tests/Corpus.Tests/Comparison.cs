using Corpus.Tests.Format;

namespace Corpus.Tests;

internal enum Outcome
{
    Equal,
    Refused,
    Different,
}

/// <summary>A check with PostgreSQL's answer and that of a target.</summary>
internal sealed record Comparison(Check Check, Answer Expected, Answer Given)
{
    public Outcome Outcome =>
        Given.Equals(Expected) ? Outcome.Equal : Given.IsRefusal && !Expected.IsRefusal ? Outcome.Refused : Outcome.Different;

    public override string ToString() =>
        $"{Check.File}.sql({Check.Line}): {Check.Key}\n  PostgreSQL\n    {Expected}\n  here\n    {Given}\n";
}

/// <summary>Everything that runs: the referee, the targets, and what came of it, file by file.</summary>
public sealed class Runs : IDisposable
{
    private readonly Dictionary<string, RunningTarget> _targets = [];
    private readonly Dictionary<(string Target, string File), IReadOnlyList<Comparison>> _results = [];
    private readonly Dictionary<(string Target, string File), IReadOnlyDictionary<string, Answer>> _recorded = [];

    public Referee Referee { get; } = new();

    public void Dispose()
    {
        foreach (var target in _targets.Values) target.Dispose();
        Referee.Dispose();
    }

    internal RunningTarget Running(Target target)
    {
        if (!_targets.TryGetValue(target.Name, out var running)) _targets.Add(target.Name, running = new RunningTarget(target));
        return running;
    }

    internal IReadOnlyDictionary<string, Answer> Recorded(Target target, string file)
    {
        if (_recorded.TryGetValue((target.Name, file), out var answers)) return answers;

        // The common answers are recorded first: what a target has of its own is told by them.
        if (target.HasOwnSchema) Recorded(Target.All[0], file);
        _recorded.Add((target.Name, file), answers = Referee.Recorded(target, file));
        return answers;
    }

    internal IReadOnlyList<Comparison> Results(Target target, string file)
    {
        if (_results.TryGetValue((target.Name, file), out var results)) return results;
        var recorded = Recorded(target, file);
        var session = Running(target);
        results = [.. CorpusFile.Load(file).Select(check => new Comparison(
            check,
            recorded.TryGetValue(check.Key, out var answer) ? answer : new Answer([], "nothing is recorded: run with CORPUS_WRITE=1 where PostgreSQL 15 is"),
            session.Ask(check, extended: false)))];
        _results.Add((target.Name, file), results);
        return results;
    }

    internal IEnumerable<Comparison> Results(Target target) => CorpusFile.Names().SelectMany(file => Results(target, file));
}

[CollectionDefinition("corpus")]
public sealed class CorpusCollection : ICollectionFixture<Runs>;

/// <summary>The lists beside the corpus: what each target refuses, and differences that are agreed to.</summary>
internal static class Lists
{
    public static string PathOfRefused(Target target) => Path.Combine(CorpusFile.Folder, "refused", target.Name + ".tsv");

    /// <summary>check ⇥ message, in the order of the corpus.</summary>
    public static string Refused(Target target) => File.Exists(PathOfRefused(target)) ? File.ReadAllText(PathOfRefused(target)) : "";

    /// <summary>target ⇥ check ⇥ reason.</summary>
    public static IReadOnlyDictionary<string, string> AgreedDifferences(Target target) =>
        Rows(Path.Combine(CorpusFile.Folder, "differences.tsv")).Where(fields => fields[0] == target.Name && fields[2].Length > 0)
            .ToDictionary(fields => fields[1], fields => fields[2]);

    public static string Show(IEnumerable<Comparison> refused) =>
        string.Concat(refused.Select(comparison => $"{comparison.Check.Key}\t{comparison.Given.Message}\n"));

    private static IEnumerable<string[]> Rows(string path) =>
        File.Exists(path) ? File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split('\t')) : [];
}
