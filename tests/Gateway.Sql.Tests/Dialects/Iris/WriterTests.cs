using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Iris;

public sealed class WriterTests
{
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var (statement, expected) in Pairs.Read()) data.Add(statement, expected);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_query_becomes(string postgres, string expected) =>
        Assert.Equal(expected, Pairs.Translate(postgres, expected[..expected.IndexOf(' ')]));

    [Theory]
    [MemberData(nameof(All))]
    public void As_many_markers_as_inputs(string postgres, string expected)
    {
        var lines = Pairs.Translate(postgres, expected[..expected.IndexOf(' ')]).Split('\n');
        if (lines[0].StartsWith("here ", StringComparison.Ordinal)) return;
        var markers = lines[0].Count(c => c is '?' or RemoteQuery.ListMarker);
        Assert.Equal(lines.Length > 1 ? lines[1].Split(' ').Length - 1 : 0, markers);
    }

    /// <remarks>With PAIRS=write in the environment the file is written anew from what comes out: read the difference then.</remarks>
    [Fact]
    public void There_are_pairs_for_every_rule()
    {
        if (Environment.GetEnvironmentVariable("PAIRS") == "write") Pairs.Write();
        Assert.True(Pairs.Read().Count() >= 200);
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        var (writer, select, hoisted) = Begin("select id from users where name = $1 and name = lower($1) and name ~ 'a+b'");
        Assert.NotNull(writer.From(select.From[0]));
        Assert.Null(writer.Predicate(select.Where!));
        Assert.Equal("this regular expression is tested here", writer.Why);
        Assert.Empty(writer.Inputs);
        Assert.Equal(0, hoisted.Count);
    }

    [Fact]
    public void Parts_are_written_one_by_one_in_the_order_of_their_markers()
    {
        var (writer, select, hoisted) = Begin("select id + $1::bigint * 0 from users where age = $2 and name = lower($3) order by age");
        Assert.True(writer.Declare(select.From[0]));
        Assert.Equal("\"SQLUser\".\"users\" AS \"users\"", writer.From(select.From[0]));
        var and = (And)select.Where!;
        Assert.Equal("\"users\".\"age\" = ?", writer.Predicate(and.Left));
        Assert.Equal("\"users\".\"name\" = ?", writer.Predicate(and.Right));
        Assert.Equal("CASE WHEN \"users\".\"age\" IS NULL THEN 1 ELSE 0 END, \"users\".\"age\"", writer.SortKey(select.OrderBy[0]));
        Assert.Equal([new Input(InputKind.Parameter, 2, new TypeRef(Oids.Int2)), new Input(InputKind.Computed, 0, new TypeRef(Oids.Text))], writer.Inputs);
        Assert.IsType<FunctionCall>(Assert.Single(hoisted.Expressions));
    }

    [Fact]
    public void Going_back_forgets_inputs_hoisted_values_and_tables()
    {
        var (writer, select, hoisted) = Begin("select id from users where name = upper($1) limit 3");
        var mark = writer.Mark();
        Assert.NotNull(writer.From(select.From[0]));
        Assert.NotNull(writer.Predicate(select.Where!));
        Assert.NotNull(writer.Query(select, null));
        Assert.True(writer.UsesTop);
        writer.Rewind(mark);
        Assert.Empty(writer.Inputs);
        Assert.Equal(0, hoisted.Count);
        Assert.False(writer.UsesTop);
        Assert.Null(writer.Predicate(select.Where!));
        Assert.Equal("\"users\" is not read by IRIS", writer.Why);
    }

    [Fact]
    public void A_table_that_is_declared_has_its_columns()
    {
        var (writer, select, _) = Begin("select balance from users where id = 1");
        Assert.Equal("\"users\"", writer.Declare("users", IrisSchema.Snapshot.Find("public", "users")!));
        Assert.Equal("\"users\".\"id\" = 1", writer.Predicate(select.Where!));
        Assert.Equal("\"users\".\"balance\"", writer.Scalar(select.Items[0].Value));
    }

    [Fact]
    public void An_expression_is_hoisted_once()
    {
        var (writer, select, hoisted) = Begin("select id from users where created > now() and created < now() and created <> now() - interval '1 day'");
        Assert.NotNull(writer.Query(select, null));
        Assert.Equal([0, 0, 1], writer.Inputs.Select(input => input.Number));
        Assert.Equal(2, hoisted.ToQuery().Items.Length);
        Assert.Equal([Oids.TimestampTz, Oids.TimestampTz], hoisted.Types.Select(type => type.Oid));
    }

    [Fact]
    public void A_grouping_key_is_exact_on_request()
    {
        var (writer, select, _) = Begin("select name from hospital.patient");
        Assert.NotNull(writer.From(select.From[0]));
        Assert.Equal("\"patient\".\"Name\"", writer.Scalar(select.Items[0].Value));
        Assert.Equal("%EXACT(\"patient\".\"Name\")", writer.Scalar(select.Items[0].Value, exact: true));
    }

    [Theory]
    [InlineData("select sum(balance) from users", 2)]
    [InlineData("select max(balance) from users", 2)]
    [InlineData("select round(balance, 1) from users", 1)]
    [InlineData("select balance * 1.25 from users", 4)]
    [InlineData("select extract(year from ts) from items", 0)]
    [InlineData("select case when active then balance end from users", 2)]
    [InlineData("select coalesce(balance, 0) from users", null)]
    [InlineData("select weight from items", null)]
    public void A_number_is_read_with_the_scale_PostgreSQL_shows(string sql, int? scale)
    {
        var (writer, select, _) = Begin(sql);
        Assert.NotNull(writer.From(select.From[0]));
        var type = writer.ReadAs(select.Items[0].Value);
        Assert.Equal(Oids.Numeric, type.Oid);
        Assert.Equal(scale, type.Typmod < 0 ? null : Typmod.Scale(type.Typmod));
    }

    [Fact]
    public void A_row_of_a_driving_query_is_an_input_and_never_hoisted()
    {
        var (writer, select, hoisted) = Begin("select id from users where id = 1");
        Assert.NotNull(writer.From(select.From[0]));
        var row = new InputRef(new Input(InputKind.Row, 3, new TypeRef(Oids.Int4))) { Type = new TypeRef(Oids.Int4) };
        Assert.Equal("\"users\".\"id\" = ?", writer.Predicate(((BinaryOp)select.Where!) with { Right = row }));
        Assert.Equal([row.Input], writer.Inputs);
        Assert.Equal(0, hoisted.Count);
    }

    internal static (IrisWriter Writer, Select Select, HoistedValues Hoisted) Begin(string sql, bool exact = false, string version = "2025.1")
    {
        var bound = new Analyzer(IrisSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        var hoisted = new HoistedValues();
        return (new IrisWriter(new IrisOptions(Version.Parse(version), exact), hoisted), (Select)((QueryStatement)bound.Tree).Query, hoisted);
    }
}
