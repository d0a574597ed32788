using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tests.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

/// <summary>IRIS's own forms: most are another spelling of something PostgreSQL has, the rest is kept as it is.</summary>
public sealed class NativeTests
{
    [Theory]
    [InlineData("select top 5 id from users order by id", "select id from users order by id limit 5")]
    [InlineData("select distinct TOP $1 id from users", "select distinct id from users limit $1")]
    [InlineData("select top all id from users", "select id from users")]
    [InlineData("select (select top 1 name from users order by name)", "select (select name from users order by name limit 1)")]
    [InlineData("select %exact(name), %SQLUPPER name from users", "select name collate \"C\", upper(name) from users")]
    [InlineData("select id from users where name %startswith 'ab' and id = 1", "select id from users where starts_with(name, 'ab') and id = 1")]
    [InlineData("select id from users where name %STARTSWITH $1", "select id from users where starts_with(name, coalesce($1, ''))")]
    [InlineData("select {fn ucase(name)}, {fn left(name, 2)}, {fn concat(name, 'x')}, {fn log(2.0)}", "select upper(name), left(name, 2), name || 'x', ln(2.0)")]
    [InlineData("select {fn curdate()}, {fn now()}, {fn user()}", "select current_date, localtimestamp, current_user")]
    [InlineData("select {fn dayofweek(current_date)}, {fn hour(now())}", "select cast(extract(dow from current_date) + 1 as int4), cast(extract(hour from now()) as int4)")]
    [InlineData("select {d '2024-01-31'}, {t '10:00:00'}, {ts '2024-01-31 10:00:00'}", "select date '2024-01-31', time '10:00:00', timestamp '2024-01-31 10:00:00'")]
    [InlineData("select {fn convert(id, SQL_VARCHAR)} from users", "select cast(id as text) from users")]
    [InlineData("select to_vector('1,2', FLOAT, 2), TO_VECTOR($1, Double), to_vector($2)", "select to_vector('1,2', 'float', 2), to_vector($1, 'double'), to_vector($2)")]
    [InlineData("create table t (v VECTOR(DOUBLE, 3), w vector(float), x vector(int, 2)[])", "create table t (v vector(3), w vector, x vector(2)[])")]
    public void Another_spelling(string native, string standard) => Assert.Equal(Tree(standard), Tree(native));

    [Theory]
    [InlineData("select top from t", "select top from t")]
    [InlineData("select top, 5 from t")]
    [InlineData("select 5 %id from t", "select 5 % id from t")]
    [InlineData("select 5 % id from t")]
    [InlineData("select a %startswithx from t", "select a % startswithx from t")]
    public void What_PostgreSQL_reads_keeps_its_meaning(string sql, string? same = null) => Assert.Equal(Tree(same ?? sql), Tree(sql));

    [Theory]
    [InlineData("TRAIN MODEL m FROM t", "TRAIN MODEL", "TRAIN MODEL m FROM t", new int[0])]
    [InlineData("insert or update into t (a, b) values ($2, $1)", "INSERT OR UPDATE", "insert or update into t (a, b) values (?, ?)", new[] { 2, 1 })]
    [InlineData("create model m predicting (x) from t -- all of it", "CREATE MODEL", "create model m predicting (x) from t", new int[0])]
    [InlineData("tune table t", "TUNE TABLE", "tune table t", new int[0])]
    [InlineData("load data from file '/a;b' into t", "LOAD DATA", "load data from file '/a;b' into t", new int[0])]
    public void A_statement_of_its_own_stays_as_it_is(string sql, string tag, string text, int[] markers)
    {
        var statement = Assert.IsType<NativeStatement>(Parser.ParseSingle(sql));
        Assert.Equal((tag, text), (statement.Tag, statement.Text));
        Assert.Equal(markers, statement.Markers.AsEnumerable());
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(statement, []);
        Assert.Empty(bound.Columns);
        Assert.False(bound.IsReadOnly);
        Assert.All(bound.ParameterTypes, type => Assert.Equal(Oids.Text, type));
    }

    [Theory]
    [InlineData("select {x 'a'}", 8)]
    [InlineData("select {fn ucase('a')", 22)]
    [InlineData("select {", 8)]
    [InlineData("select }", 8)]
    [InlineData("select {fn }", 12)]
    [InlineData("select %", 8)]
    [InlineData("create table t {", 16)]
    public void Broken_forms_are_syntax_errors(string sql, int position)
    {
        var error = Assert.Throws<PgException>(() => Parser.ParseScript(sql));
        Assert.Equal(("42601", position), (error.SqlState, error.Position));
    }

    private static string Tree(string sql) => TreePrinter.Print(Parser.ParseSingle(sql)!);
}
