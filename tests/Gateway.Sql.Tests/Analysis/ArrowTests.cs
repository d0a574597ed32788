using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Analysis;

/// <summary>IRIS's arrow is a join where a foreign key leads on, and PostgreSQL's json operator everywhere else.</summary>
public sealed class ArrowTests
{
    private static readonly SchemaSnapshot Schema = new(1, ["public", "pg_catalog"],
    [
        new RelationInfo(1, "public", "city", RelationKind.Table, [new("id", 1, new(Oids.Int4), true), new("name", 2, new(Oids.Text), false)]),
        new RelationInfo(2, "public", "person", RelationKind.Table,
        [
            new("id", 1, new(Oids.Int4), true), new("home", 2, new(Oids.Int4), false), new("data", 3, new(Oids.Jsonb), false), new("name", 4, new(Oids.Text), false),
        ])
        {
            Constraints = [new(3, "fk", ConstraintKind.ForeignKey, ["home"], null, "public", "city", ["id"])],
        },
        new RelationInfo(4, "public", "visit", RelationKind.Table, [new("id", 1, new(Oids.Int4), true), new("who", 2, new(Oids.Int4), false)])
        {
            Constraints = [new(5, "fk", ConstraintKind.ForeignKey, ["who"], null, "public", "person", ["id"])],
        },
    ]);

    [Theory]
    [InlineData("select home->name from person", "SELECT (SELECT \"->0\".name FROM public.city AS \"->0\" WHERE \"->0\".id = person.home) FROM public.person")]
    [InlineData("select v.who->home->name from visit v", "SELECT (SELECT (SELECT \"->1\".name FROM public.city AS \"->1\" WHERE \"->1\".id = \"->0\".home) FROM public.person AS \"->0\" WHERE \"->0\".id = v.who) FROM public.visit AS v")]
    [InlineData("select id from person where home->name = 'x'", "SELECT id FROM public.person WHERE (SELECT \"->0\".name FROM public.city AS \"->0\" WHERE \"->0\".id = person.home) = 'x'")]
    [InlineData("select data->name from person", "SELECT data -> name FROM public.person")]
    [InlineData("select data->'name' from person", "SELECT data -> 'name' FROM public.person")]
    public void It_becomes(string sql, string expected) => Assert.Equal(expected, PostgresDialect.Write(Bind(sql)));

    [Theory]
    [InlineData("select id->name from person", "42883")]
    [InlineData("select home->nothing from person", "42703")]
    [InlineData("select nothing->name from person", "42703")]
    public void Where_nothing_leads_on_it_is_an_error(string sql, string state) => Assert.Equal(state, Assert.Throws<PgException>(() => Bind(sql)).SqlState);

    private static Statement Bind(string sql) => new Analyzer(Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []).Tree;
}
