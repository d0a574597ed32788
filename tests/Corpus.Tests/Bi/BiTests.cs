using System.Text;
using Corpus.Tests.Wire;
using Xunit.Sdk;

namespace Corpus.Tests.Bi;

/// <summary>What BI tools send, had with the gateway and with PostgreSQL: tests/Bi.</summary>
public sealed class BiTests(BiServers servers) : IClassFixture<BiServers>
{
    public static TheoryData<string, string> Tools()
    {
        var data = new TheoryData<string, string>();
        foreach (var tool in ToolFile.All)
            foreach (var manner in tool.Manners) data.Add(tool.File, manner.ToString());
        return data;
    }

    public static TheoryData<string> QuestionManners() => [.. ToolFile.Load(ToolFile.Questions).Manners.Select(manner => manner.ToString())];

    [SkippableTheory]
    [MemberData(nameof(Tools))]
    public void A_tool_is_answered_as_by_PostgreSQL(string tool, string manner)
    {
        var (postgres, gateway) = servers.OpenFresh();
        using (postgres)
        using (gateway) Converse(ToolFile.Load(tool), Enum.Parse<Manner>(manner), postgres, gateway);
    }

    [SkippableTheory]
    [MemberData(nameof(QuestionManners))]
    public void The_questions_of_a_dashboard_are_answered_as_by_PostgreSQL(string manner)
    {
        var questions = ToolFile.Load(ToolFile.Questions);
        Assert.Equal(15, questions.Sayings.Count(saying => char.IsAsciiDigit(saying.Meaning[0])));
        var (postgres, gateway) = servers.OpenSample();
        using (postgres)
        using (gateway) Converse(questions, Enum.Parse<Manner>(manner), postgres, gateway);
    }

    [SkippableTheory]
    [MemberData(nameof(ToolsBefore))]
    public void Another_backend_answers_a_tool_as_PostgreSQL(string target, string tool)
    {
        var (postgres, gateway, node) = servers.OpenBefore(target);
        using (node)
        using (postgres)
        using (gateway) Converse(ToolFile.Load(tool).On(target), ToolFile.Load(tool).Manners[0], postgres, gateway, smallerSchema: true);
    }

    public static TheoryData<string, string> ToolsBefore()
    {
        var data = new TheoryData<string, string>();
        foreach (var target in (string[])[BiNodes.Iris, BiNodes.Postgres])
            foreach (var tool in ToolFile.All) data.Add(target, tool.File);
        return data;
    }

    [Fact]
    public void The_page_lists_the_tools_and_what_differs()
    {
        if (BiPage.IsWriting) BiPage.Write();
        Assert.Equal(BiPage.Text(), BiPage.InDocument());
    }

    private static void Converse(ToolFile tool, Manner manner, WireSession postgres, WireSession gateway, bool smallerSchema = false)
    {
        var (right, given) = (new Side(postgres), new Side(gateway));
        var wrong = new StringBuilder();
        var count = 0;
        foreach (var saying in tool.Sayings)
        {
            var expected = Comparable.Lines(right.Tell(saying, manner), saying);
            var reply = given.Tell(saying, manner);
            var lines = Comparable.Lines(reply, saying);
            var refused = expected.Any(line => line.StartsWith("error\t", StringComparison.Ordinal));
            if (refused && smallerSchema) continue;
            if (refused != saying.Fails)
            {
                count++;
                wrong.Append($"  {saying.Meaning}\n    PostgreSQL {(saying.Fails ? "answers, but 'fails' is written" : "refuses it, and 'fails' is not written")}: {string.Join("; ", right.Messages)}\n");
                continue;
            }

            if (expected.SequenceEqual(lines) == (saying.Differs is null)) continue;
            count++;
            wrong.Append($"  {saying.Meaning}\n    {(saying.Sql.Length > 300 ? saying.Sql[..300] + "…" : saying.Sql)}\n");
            wrong.Append(saying.Differs is null ? Comparable.Difference(expected, reply, lines) : "    is answered as by PostgreSQL now: 'differs' must go from it\n");
        }

        if (count > 0) throw new XunitException($"{tool.Name}: {count} of {tool.Sayings.Count} statements are not answered as expected ({manner})\n{wrong}");
    }
}
