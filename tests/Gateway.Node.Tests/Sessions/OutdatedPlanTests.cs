using System.Text;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

/// <summary>What was bound before another session changed the schema runs as the schema is now, or not at all.</summary>
public class OutdatedPlanTests
{
    [Fact]
    public async Task A_column_that_has_become_another_type_is_not_read_as_what_it_was()
    {
        var answers = await ExecuteAfter("ALTER TABLE t ALTER COLUMN a TYPE text USING 'x' || a", "SELECT a FROM t");
        Assert.Equal("0A000", Assert.Single(answers, answer => answer.SqlState is not null).SqlState);
    }

    [Theory]
    [InlineData("ALTER TABLE t RENAME COLUMN a TO z", "SELECT a FROM t", "42703")]
    [InlineData("DROP TABLE t", "SELECT a FROM t", "42P01")]
    [InlineData("ALTER TABLE t ALTER COLUMN a TYPE text USING 'x' || a", "UPDATE t SET b = a + 1", "42883")]
    public async Task What_is_gone_is_an_error_that_says_so(string change, string sql, string state)
    {
        var answers = await ExecuteAfter(change, sql);
        Assert.Equal(state, Assert.Single(answers, answer => answer.SqlState is not null).SqlState);
    }

    [Fact]
    public async Task What_still_means_the_same_runs()
    {
        var answers = await ExecuteAfter("ALTER TABLE t ADD COLUMN c int DEFAULT 5; ALTER TABLE t ALTER COLUMN b SET DEFAULT 9", "SELECT a, b FROM t");
        Assert.Equal("1 2", Text(Assert.Single(answers, answer => answer.Code == BackendCode.DataRow)));
    }

    /// <returns>What Execute is answered when the schema is changed between Bind and it.</returns>
    private static async Task<List<Answer>> ExecuteAfter(string change, string sql)
    {
        await using var node = await TestNode.Start();
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await other.Run("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)"));
        using var client = await RawClient.Open(node.Port);
        await client.Send([.. RawClient.Bytes(new Parse([], Encoding.UTF8.GetBytes(sql))), .. RawClient.Bytes(new Bind([], [])), .. RawClient.Bytes(new Flush())]);
        Assert.Equal(BackendCode.ParseComplete, (await client.Read())!.Value.Code);
        Assert.Equal(BackendCode.BindComplete, (await client.Read())!.Value.Code);
        Assert.Null(await other.Run(change));
        await client.Send([.. RawClient.Bytes(new Execute([])), .. RawClient.Bytes(new Sync())]);
        return await client.ReadUntilReady();
    }

    private static string Text(Answer row)
    {
        var values = new List<string>();
        for (var at = 2; at < row.Body.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(row.Body.AsSpan(at));
            values.Add(Encoding.UTF8.GetString(row.Body, at + 4, length));
            at += 4 + length;
        }

        return string.Join(' ', values);
    }
}
