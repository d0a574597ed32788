using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Parsing;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>What a route or a session decides about how a statement is written.</summary>
public sealed class RouteSettingTests
{
    private static readonly FormatSettings Berlin =
        FormatSettings.Default with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), TimeZoneName = "Europe/Berlin" };

    private static SimulatedIris Texts(bool exact)
    {
        var iris = new SimulatedIris(configure: options => options with { Server = options.Server with { ExactTextOrder = exact } });
        using var connection = iris.Backend.Open();
        connection.Session = new TestSession();
        foreach (var sql in (string[])["create table t (s text)", "insert into t values ('😀'), (U&'\\E000'), ('a')"]) Run(iris, connection, sql);
        return iris;
    }

    private static List<string> Run(SimulatedIris iris, IrisConnection connection, string sql)
    {
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        using var none = new ValueList();
        using var execution = connection.Execute(iris.Backend.Dialect.Render(bound), none);
        var rows = new List<string>();
        while (execution.Read()) rows.Add(FakeIris.Show(execution, [.. bound.Columns.Select(column => column.Type)]));
        return rows;
    }

    [Theory]
    [InlineData(true, "a \uE000 😀", "😀", "1")]
    [InlineData(false, "a 😀 \uE000", "\uE000", "0")]
    public void Texts_are_ordered_as_the_route_says(bool exact, string order, string largest, string above)
    {
        using var iris = Texts(exact);
        using var connection = iris.Backend.Open();
        connection.Session = new TestSession();
        Assert.Equal(order, string.Join(' ', Run(iris, connection, "select s from t order by s")));
        Assert.Equal([largest], Run(iris, connection, "select max(s) from t"));
        Assert.Equal([above], Run(iris, connection, "select count(*) from t where s > U&'\\E000'"));
    }

    [Fact]
    public void Only_a_session_in_UTC_has_fields_of_a_timestamptz_computed_by_IRIS()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Open();
        connection.Session = new TestSession();
        Run(iris, connection, "create table e (id int primary key, x timestamptz)");
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle("select id from e where x::date = '2024-01-01'")!, []);
        var dialect = iris.Backend.Dialect;
        Assert.IsType<RemoteQuery>(Rows(dialect.For(FormatSettings.Default)));
        Assert.IsType<LocalQuery>(Rows(dialect.For(Berlin)));

        RowSource Rows(Dialect of) => Assert.IsType<QueryStep>(of.Render(bound).Steps[0]).Rows;
    }

    [Fact]
    public void Sessions_that_are_written_to_alike_share_one_dialect()
    {
        using var iris = new SimulatedIris();
        var dialect = iris.Backend.Dialect;
        Assert.Same(dialect.For(FormatSettings.Default), dialect.For(FormatSettings.Default with { TimeZoneName = "Etc/UTC", ExtraFloatDigits = 0 }));
        Assert.Same(dialect.For(Berlin), dialect.For(Berlin with { TimeZoneName = "Asia/Tokyo" }));
        Assert.NotSame(dialect.For(FormatSettings.Default), dialect.For(Berlin));
    }
}
