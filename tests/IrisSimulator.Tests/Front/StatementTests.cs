using IrisSimulator.Sql;

namespace IrisSimulator.Tests.Front;

/// <summary>accept.txt and refuse.txt: what the reference says, rule by rule.</summary>
public class StatementTests
{
    private static readonly IrisVersion[] Versions =
        [.. new[] { "2023.1", "2024.1", "2024.2", "2024.3", "2025.1", "2025.2" }.Select(IrisVersion.Parse)];

    public static TheoryData<string, string> Accepted() => Pairs("accept.txt", parts => (parts[0], parts[1]));

    public static TheoryData<int, string, string> Refused()
    {
        var data = new TheoryData<int, string, string>();
        foreach (var parts in Rows("refuse.txt")) data.Add(int.Parse(parts[0]), parts[1], parts[2]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_statement_is_accepted_from_its_version_on(string first, string sql)
    {
        foreach (var version in Versions.Where(v => first == "-" || v >= IrisVersion.Parse(first)))
            IrisParser.Parse(sql, version);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_statement_is_refused_with_its_code(int code, string range, string sql)
    {
        var versions = Versions.Where(v => range == "-" || (range[0] == '<' ? v < IrisVersion.Parse(range[1..]) : v >= IrisVersion.Parse(range))).ToList();
        Assert.NotEmpty(versions);
        foreach (var version in versions)
            Assert.Equal(code, Assert.Throws<IrisError>(() => IrisParser.Parse(sql, version)).SqlCode);
    }

    [Fact]
    public void Every_version_that_a_statement_needs_is_also_refused_before()
    {
        var gated = Rows("accept.txt").Where(parts => parts[0] != "-").ToList();
        Assert.True(gated.Count > 10);
        foreach (var parts in gated)
            foreach (var version in Versions.Where(v => v < IrisVersion.Parse(parts[0])))
                Assert.Throws<IrisError>(() => IrisParser.Parse(parts[1], version));
    }

    [Fact]
    public void There_are_hundreds_of_statements_and_none_twice()
    {
        var statements = Rows("accept.txt").Select(p => p[^1]).Concat(Rows("refuse.txt").Select(p => $"{p[1]} {p[^1]}")).ToList();
        Assert.Equal(statements.Count, statements.Distinct().Count());
        Assert.True(statements.Count > 600, $"{statements.Count}");
    }

    private static TheoryData<string, string> Pairs(string file, Func<string[], (string, string)> pair)
    {
        var data = new TheoryData<string, string>();
        foreach (var (first, second) in Rows(file).Select(pair)) data.Add(first, second);
        return data;
    }

    internal static IEnumerable<string[]> Rows(string file) => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Front", file))
        .Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
        .Select(line => line.Split('\t'));
}
