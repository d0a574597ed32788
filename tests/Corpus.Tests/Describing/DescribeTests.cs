using Corpus.Tests.Wire;
using Gateway.Tests.Shared;
using Xunit.Sdk;

namespace Corpus.Tests.Describing;

/// <summary>
/// What Describe says of statements as drivers and ORMs send them: the types of their parameters, and of each column the
/// name, type, size, modifier and the column of a table it is. PostgreSQL's answers are recorded by <c>CORPUS_WRITE=1</c>.
/// </summary>
public sealed class DescribeTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void PostgreSQL_describes_as_recorded()
    {
        using var session = new WireSession(Prepare(), "postgres", "describing");
        var describer = new Describer(session);
        var given = DescribeFile.Load().Select(statement => (statement.Key, describer.Describe(statement).Answer)).ToList();
        if (Referee.IsWriting) DescribeFile.WriteAnswers(given);
        Assert.Equal(given.Select(item => $"{item.Key}\t{item.Answer}"), File.ReadLines(DescribeFile.Answers));
    }

    [SkippableFact]
    public void The_embedded_engine_describes_as_PostgreSQL()
    {
        using var node = GatewayNode.Start();
        Assert.True(node.Missing is null, node.Missing);
        using var session = new WireSession(node.Port, "scratch", "scratch");
        var describer = new Describer(session);
        var answers = DescribeFile.ReadAnswers();
        var agreed = DescribeFile.ReadDifferences();
        var wrong = new List<string>();
        foreach (var statement in DescribeFile.Load())
        {
            var (answer, message) = describer.Describe(statement);
            var expected = answers.GetValueOrDefault(statement.Key, "(nothing is recorded: run with CORPUS_WRITE=1 where PostgreSQL 15 is)");
            if (answer == expected && agreed.ContainsKey(statement.Key)) wrong.Add($"{statement.Key}\n  is in differences.tsv, and is none\n");
            if (answer != expected && !agreed.ContainsKey(statement.Key))
                wrong.Add($"statements.sql({statement.Line}): {statement.Key}\n  PostgreSQL {expected}\n  here       {message ?? answer}\n");
        }

        if (wrong.Count > 0) throw new XunitException($"{wrong.Count} of them differ\n\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void No_statement_is_there_twice_and_no_answer_is_left_over()
    {
        var keys = DescribeFile.Load().Select(statement => statement.Key).ToList();
        Assert.Equal(keys.Distinct(), keys);
        if (!Referee.IsWriting) Assert.Equal(keys, DescribeFile.ReadAnswers().Keys);
        Assert.Empty(DescribeFile.ReadDifferences().Keys.Except(keys));
    }

    private int Prepare()
    {
        using var connection = server.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE DATABASE describing";
        command.ExecuteNonQuery();
        return server.Port;
    }
}
