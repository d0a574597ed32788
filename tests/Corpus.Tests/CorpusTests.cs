using Corpus.Tests.Format;
using Corpus.Tests.Page;
using Xunit.Sdk;

namespace Corpus.Tests;

public static class Files
{
    public static TheoryData<string, string> ForTargets()
    {
        var data = new TheoryData<string, string>();
        foreach (var target in Target.All)
            foreach (var file in CorpusFile.Names()) data.Add(target.Name, file);
        return data;
    }
}

/// <summary>Every statement of the corpus, by PostgreSQL and by every target.</summary>
[Collection("corpus")]
public sealed class CorpusTests(Runs runs)
{
    [SkippableTheory]
    [MemberData(nameof(Files.ForTargets), MemberType = typeof(Files))]
    public void PostgreSQL_answers_as_recorded(string target, string file)
    {
        var session = runs.Referee.Session(Target.Named(target));   // skips where there is no server
        var recorded = runs.Recorded(Target.Named(target), file);
        AssertNone(CorpusFile.Load(file)
            .Select(check => new Comparison(check, session.Ask(check, extended: false), recorded.GetValueOrDefault(check.Key) ?? new Answer([])))
            .Where(comparison => comparison.Outcome != Outcome.Equal));
    }

    [SkippableTheory]
    [MemberData(nameof(Files.ForTargets), MemberType = typeof(Files))]
    public void A_target_answers_as_PostgreSQL_or_refuses_by_name(string target, string file)
    {
        var agreed = Lists.AgreedDifferences(Target.Named(target));
        AssertNone(runs.Results(Target.Named(target), file)
            .Where(comparison => comparison.Outcome == Outcome.Different && !agreed.ContainsKey(comparison.Check.Key)));
    }

    [SkippableTheory]
    [MemberData(nameof(Files.ForTargets), MemberType = typeof(Files))]
    public void The_extended_protocol_brings_the_same_answers(string target, string file)
    {
        var session = runs.Running(Target.Named(target));
        AssertNone(runs.Results(Target.Named(target), file)
            .Select(comparison => comparison with { Expected = comparison.Given, Given = session.Ask(comparison.Check, extended: true) })
            .Where(comparison => comparison.Outcome != Outcome.Equal && !IsSeveralStatements(comparison.Given)));
    }

    [SkippableFact]
    public void Every_refusal_is_in_the_list_of_its_target()
    {
        foreach (var target in Target.All)
        {
            var refused = Lists.Show(runs.Results(target).Where(comparison => comparison.Outcome == Outcome.Refused));
            if (Referee.IsWriting) File.WriteAllText(Lists.PathOfRefused(target), refused);
            Assert.Equal(refused.Split('\n'), Lists.Refused(target).Split('\n'));
        }
    }

    [SkippableFact]
    public void The_page_says_what_the_corpus_shows()
    {
        var page = SqlPage.Write([.. Target.All.Select(target => (target, (IReadOnlyList<Comparison>)[.. runs.Results(target)]))]);
        if (Referee.IsWriting) File.WriteAllText(SqlPage.FilePath, page);
        Assert.Equal(page.Split('\n'), File.ReadAllText(SqlPage.FilePath).Split('\n'));
    }

    [SkippableFact]
    public void No_agreed_difference_is_left_that_is_none()
    {
        foreach (var target in Target.All)
            Assert.Equal(
                Lists.AgreedDifferences(target).Keys.Order(),
                runs.Results(target).Where(comparison => comparison.Outcome == Outcome.Different).Select(comparison => comparison.Check.Key).Order());
    }

    // Several statements in one string have no place in Parse: "cannot insert multiple commands into a prepared statement".
    private static bool IsSeveralStatements(Answer answer) =>
        answer.Message == "cannot insert multiple commands into a prepared statement";

    private static void AssertNone(IEnumerable<Comparison> comparisons)
    {
        var wrong = comparisons.ToList();
        if (wrong.Count > 0) throw new XunitException($"{wrong.Count} of them differ\n\n{string.Join('\n', wrong)}");
    }
}
