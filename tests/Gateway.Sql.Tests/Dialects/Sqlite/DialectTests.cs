using System.Runtime.CompilerServices;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Analysis;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Sqlite;

/// <summary>pairs.txt: a statement, and what the dialect makes of it (sqlite, a line for each step) or why it does not (error).</summary>
public sealed class DialectTests
{
    public static TheoryData<string, string> Pairs()
    {
        var data = new TheoryData<string, string>();
        string? statement = null;
        var expected = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder(), "pairs.txt")).Append(""))
        {
            if (line.StartsWith("postgres ", StringComparison.Ordinal)) statement = line[9..].Trim();
            else if (statement is not null && line.Length > 0 && line[0] != '#') expected.Add(line);
            if (line.Length > 0 || expected.Count == 0) continue;
            data.Add(statement!, string.Join('\n', expected));
            expected.Clear();
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_statement_becomes(string postgres, string expected) => Assert.Equal(expected, Translate(postgres));

    [Fact]
    public void A_function_the_engine_lacks_is_refused_by_name()
    {
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle("select abs(-1), initcap('x')")!, []);
        var error = Assert.Throws<PgException>(() => new SqliteDialect(new HashSet<string> { "int4abs/1" }).Render(bound));
        Assert.Equal("0A000", error.SqlState);
        Assert.Equal("function initcap(text) is not supported by the embedded engine", error.Message);
    }

    [Fact]
    public void Markers_are_numbered_and_bound_in_order()
    {
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle("select $2::int4, $1::text, $2")!, []);
        var step = Assert.IsType<SqlStep>(new SqliteDialect(new Everything()).Render(bound).Steps[0]);
        Assert.Equal([1, 2], step.Parameters.AsEnumerable());
        Assert.True(step.ReturnsRows);
    }

    [Theory]
    [InlineData("create table x (a int)")]
    [InlineData("truncate users")]
    [InlineData("drop table users")]
    public void A_change_of_the_schema_is_left_to_the_engine(string sql)
    {
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        Assert.IsType<SchemaStep>(new SqliteDialect(new Everything()).Render(bound).Steps[0]);
    }

    [Fact]
    public void Relations_lie_under_names_that_say_their_schema()
    {
        Assert.Equal("main.\"t\"", EmbeddedNames.Table("public", "t"));
        Assert.Equal("main.\"s.t\"", EmbeddedNames.Table("s", "t"));
        Assert.Equal("temp.\"t\"", EmbeddedNames.Table("pg_temp", "t"));
        Assert.Equal("\"pg_catalog.pg_class\"", EmbeddedNames.Table("pg_catalog", "pg_class"));
        Assert.Equal("main.\"a\"\"b\"", EmbeddedNames.Table("public", "a\"b"));
    }

    [Fact]
    public void Names_that_differ_by_case_only_stay_apart()
    {
        string[] names = ["id", "Id", "ID", "^id", "^^id", "i^d", "I^D", "İd", "sel^", "^"];
        Assert.Equal("\"^id\"", EmbeddedNames.Quote("Id"));
        Assert.Equal(names.Length, names.Select(EmbeddedNames.Stored).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Equal(name, EmbeddedNames.Original(EmbeddedNames.Stored(name))));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static string Translate(string sql)
    {
        try
        {
            var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            return string.Join('\n', new SqliteDialect(new Everything()).Render(bound).Steps.Select(step => "sqlite   " + ((SqlStep)step).Sql));
        }
        catch (PgException error)
        {
            return $"error    {error.SqlState} {error.Message}";
        }
    }
}
