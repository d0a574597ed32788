using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Gateway.Node.Tests.Commands;

/// <summary>gateway translate, as a process: what it prints and how it ends.</summary>
public sealed class TranslateTests
{
    [Theory]
    [InlineData(new[] { "select id from patients where id = $1" }, "WHERE (\"patients\".\"id\" = ?1)", "parameter $1: integer", "column id: integer")]
    [InlineData(new[] { "--target", "iris", "select id from patients" }, "\"SQLUser\".\"patients\"", "column id: integer")]
    [InlineData(new[] { "--target=iris", "--server-version=2024.1", "--comparison=exact", "select id from patients" }, "\"SQLUser\".\"patients\"")]
    [InlineData(new[] { "--target", "postgres", "select top 5 id from patients" }, "postgres: SELECT id FROM public.patients LIMIT 5")]
    [InlineData(new[] { "--target", "iris", "TRAIN MODEL m FROM x" }, "iris: TRAIN MODEL m FROM x")]
    [InlineData(new[] { "--target", "iris", "create table t (a text); select a from t" }, "CREATE TABLE \"SQLUser\".\"t\" (\"a\" VARCHAR(65535) COLLATE %EXACT", "column a: text")]
    public async Task It_prints_the_plan_and_the_types(string[] arguments, params string[] expected)
    {
        var (code, output, errors) = await Run(arguments);
        Assert.Equal((0, ""), (code, errors));
        Assert.All(expected, part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "42P01", "select * from nowhere")]
    [InlineData(1, "42601", "selec 1")]
    [InlineData(2, "usage:", "--target", "oracle", "select 1")]
    [InlineData(2, "usage:")]
    [InlineData(2, "usage:", "select 1", "select 2")]
    public async Task What_is_wrong_goes_to_stderr(int expected, string text, params string[] arguments)
    {
        var (code, output, errors) = await Run(arguments);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(text, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_translate_says_the_same_over_the_wire()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        await using var connection = new Npgsql.NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("EXPLAIN (TRANSLATE) SELECT a + 1 AS b FROM t", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        Assert.Equal("QUERY PLAN", reader.GetName(0));
        Assert.Equal("sqlite: SELECT pg_int4pl(\"t\".\"a\", 1) AS \"b\" FROM main.\"t\" AS \"t\"", lines[0]);
        Assert.Equal("column b: integer", lines[^1]);
        await reader.CloseAsync();
        Assert.Equal("0A000", await client.Run("EXPLAIN (ANALYZE, TRANSLATE) SELECT 1"));
        Assert.Equal("22023", await client.Run("EXPLAIN (FORMAT PICTURE) SELECT 1"));
        Assert.Null(await client.Run("EXPLAIN (FORMAT JSON) SELECT 1"));
        Assert.Equal("42601", await client.Run("EXPLAIN (LOUD) SELECT 1"));
        Assert.Equal("42P01", await client.Run("EXPLAIN SELECT * FROM nowhere"));
        Assert.Null(await client.Run("EXPLAIN INSERT INTO t VALUES (1)"));
        Assert.Null(await client.Run("EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM t"));
    }

    [Fact]
    public async Task The_README_prints_what_comes_out()
    {
        var blocks = Regex.Matches(File.ReadAllText(Readme()), "```\n\\$ \\./gateway translate --target iris \"(.+)\"\n(?s:(.+?))```");
        Assert.Equal(2, blocks.Count);
        foreach (Match block in blocks)
        {
            var (code, output, _) = await Run(["--target", "iris", block.Groups[1].Value]);
            Assert.Equal((0, block.Groups[2].Value), (code, output));
        }
    }

    private static string Readme([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../../README.md");

    private static async Task<(int Code, string Output, string Errors)> Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Gateway.Node.dll"));
        start.ArgumentList.Add("translate");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(RawClient.Patience);
        return (process.ExitCode, await output, await errors);
    }
}
