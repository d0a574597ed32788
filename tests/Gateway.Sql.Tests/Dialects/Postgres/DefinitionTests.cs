using System.Runtime.CompilerServices;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Tests.Dialects.Postgres;

/// <summary>definitions.txt: a view's query, and what PostgreSQL 15 says it is. definitions.sh asks it anew.</summary>
public sealed class DefinitionTests
{
    public static TheoryData<string> Queries => [.. Read().Select(view => view.Query)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_view_is_printed_as_PostgreSQL_prints_it(string query)
    {
        var expected = Read().First(view => view.Query == query);
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(query)!, []);
        string[] columns = [.. bound.Columns.Select(column => column.Name)];

        string Print(bool pretty) => new Deparser(pretty, prefix: true).View(((QueryStatement)bound.Tree).Query, columns);
        Assert.Equal(expected.Full, Print(pretty: false));
        Assert.Equal(expected.Pretty, Print(pretty: true));
    }

    private static IEnumerable<(string Query, string Full, string Pretty)> Read() =>
        from block in File.ReadAllText(Path.Combine(Folder(), "definitions.txt")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        let head = block.Split('\n', 2)
        let forms = head[1].TrimEnd('\n').Split("\npretty\n")
        select (head[0]["view ".Length..], forms[0], forms[1]);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
