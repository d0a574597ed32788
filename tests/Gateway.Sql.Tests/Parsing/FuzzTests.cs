using System.Diagnostics;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

public sealed class FuzzTests
{
    private static readonly string[] Seeds = [.. Corpus.All()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damaged_statements_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++) Check(Damage.Statement(Seeds[random.Next(Seeds.Length)], random));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Noise_is_refused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var text = new StringBuilder();
            var length = random.Next(40);
            for (var j = 0; j < length; j++)
                text.Append(random.Next(3) == 0 ? Damage.Pieces[random.Next(Damage.Pieces.Length)] : ((char)random.Next(1, 256)).ToString());
            Check(text.ToString());
        }
    }

    [Fact]
    public void Every_beginning_of_a_statement_is_read_or_refused()
    {
        foreach (var sql in Seeds.Where((_, i) => i % 3 == 0))
            for (var length = 0; length < Math.Min(sql.Length, 400); length++)
                Check(sql[..length]);
    }

    private static void Check(string sql)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var statement in Parser.ParseScript(sql))
                Assert.True(statement.Position >= 0 && statement.Length > 0 && statement.Position + statement.Length <= sql.Length);
        }
        catch (PgException error)
        {
            Assert.True(error.Position is null or > 0, sql);
            Assert.True(error.Position is null || error.Position <= sql.Length + 1, sql);
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType().Name} for: {sql}\n{error.StackTrace}");
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), sql);
    }
}
