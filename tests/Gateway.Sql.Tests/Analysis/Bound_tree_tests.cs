using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Analysis;

public sealed class Bound_tree_tests
{
    [Fact]
    public void After_binding_every_expression_has_its_type_and_every_name_its_meaning()
    {
        var incomplete = new List<string>();
        foreach (var answer in Referee_tests.Answers())
        {
            var sql = (string)answer[0];
            if (!((string)answer[1]).StartsWith("ok", StringComparison.Ordinal)) continue;
            var walk = new Incomplete();
            walk.Visit(Bind(sql).Tree);
            foreach (var what in walk.Found) incomplete.Add($"{sql}: {what}");
        }

        Assert.True(incomplete.Count == 0, string.Join("\n", incomplete));
    }

    [Theory]
    [InlineData("select 1 = 2.5", "Cast(Implicit 23->1700 int4_numeric)")]
    [InlineData("select date '2020-01-01' < now()", "Cast(Explicit 705->1082 )")]
    [InlineData("select email = 'a' from users", "Cast(Implicit 1043->25 )")]
    [InlineData("select created > '2020-01-01' from users", "Cast(Implicit 705->1184 )")]
    [InlineData("insert into users (id) values (5::int8)", "Cast(Assignment 20->23 int84) Cast(Explicit 23->20 int48)")]
    [InlineData("insert into users (email) values ('a')", "Cast(Assignment 705->1043 )")]
    [InlineData("select id from users where id in (1, 2)", "")]
    [InlineData("select id from orders where id between 1 and 2", "Cast(Implicit 23->20 int48) Cast(Implicit 23->20 int48)")]
    public void Every_conversion_stands_in_the_tree(string sql, string casts)
    {
        var walk = new Casts();
        walk.Visit(Bind(sql).Tree);
        Assert.Equal(casts, string.Join(' ', walk.Found));
    }

    [Fact]
    public void Stars_become_columns_with_output_names()
    {
        var select = (Select)((QueryStatement)Bind("select u.*, 1 from users u join gen using (id)").Tree).Query;

        Assert.Equal(11, select.Items.Length);
        Assert.Equal("id", select.Items[0].OutputName);
        Assert.Equal("u", ((ColumnRef)select.Items[0].Value).Column!.Source);
        Assert.Equal("?column?", select.Items[10].OutputName);
    }

    [Fact]
    public void Using_becomes_on()
    {
        var select = (Select)((QueryStatement)Bind("select * from users join orders using (id)").Tree).Query;
        var join = (Join)select.From[0];

        Assert.Empty(join.Using);
        Assert.Equal("int48eq", Assert.IsType<BinaryOp>(join.On).Resolved!.Function);
    }

    [Fact]
    public void An_insert_without_columns_names_them()
    {
        var insert = (Insert)Bind("insert into users values (1, 'a')").Tree;
        Assert.Equal(["id", "name"], insert.Columns.Select(target => target.Column));
    }

    [Fact]
    public void Defaults_of_functions_are_written_out()
    {
        var select = (Select)((QueryStatement)Bind("select make_interval(days => 3)").Tree).Query;
        Assert.Equal(7, ((FunctionCall)select.Items[0].Value).Arguments.Length);
    }

    [Theory]
    [InlineData("select * from users", true)]
    [InlineData("select nextval('seq')", false)]
    [InlineData("select * from users for update", false)]
    [InlineData("with d as (delete from users returning id) select * from d", false)]
    [InlineData("select random()", true)]
    [InlineData("create table x (a int)", false)]
    public void Statements_that_write_are_told_from_those_that_read(string sql, bool readOnly) =>
        Assert.Equal(readOnly, Bind(sql).IsReadOnly);

    [Fact]
    public void Parameters_may_be_declared()
    {
        var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle("select $1, $2 + 1")!, [Oids.Date, 0]);
        Assert.Equal<uint>([Oids.Date, Oids.Int4], bound.ParameterTypes.ToArray());
        Assert.Equal(Oids.Date, bound.Columns[0].Type.Oid);
    }

    [Fact]
    public void Defaults_and_checks_bind_on_their_own()
    {
        var analyzer = new Analyzer(TestSchema.Snapshot, ["public"]);
        var users = TestSchema.Snapshot.Find("public", "users")!;

        var value = analyzer.BindExpression(Parser.ParseExpression("5"), null, new TypeRef(Oids.Int8), "id");
        Assert.Equal(Oids.Int8, Assert.IsType<Cast>(value).Type.Oid);
        Assert.Equal(Oids.Bool, analyzer.BindExpression(Parser.ParseExpression("age > 0"), users, new TypeRef(Oids.Bool)).Type.Oid);

        var error = Assert.Throws<PgException>(() => analyzer.BindExpression(Parser.ParseExpression("now()"), null, new TypeRef(Oids.Int4), "id"));
        Assert.Equal("column \"id\" is of type integer but default expression is of type timestamp with time zone", error.Message);
    }

    [Fact]
    public void Arguments_of_execute_take_the_parameters_types()
    {
        var analyzer = new Analyzer(TestSchema.Snapshot, ["public"]);
        var bound = analyzer.BindArguments("p", [Parser.ParseExpression("1"), Parser.ParseExpression("'a'")], [Oids.Int8, Oids.Text]);
        Assert.Equal([Oids.Int8, Oids.Text], bound.Select(argument => argument.Type.Oid));

        var error = Assert.Throws<PgException>(() => analyzer.BindArguments("p", [Parser.ParseExpression("true")], [Oids.Int4, Oids.Int4]));
        Assert.Equal("wrong number of parameters for prepared statement \"p\"", error.Message);
    }

    private static BoundStatement Bind(string sql) => new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);

    private sealed class Casts : TreeWalker
    {
        public List<string> Found { get; } = [];

        protected override bool Enter(Expr expression)
        {
            if (expression is Cast cast)
                Found.Add($"Cast({cast.Kind} {cast.Operand.Type.Oid}->{cast.Type.Oid} {cast.Resolved?.Source})");
            return true;
        }
    }

    private sealed class Incomplete : TreeWalker
    {
        private readonly HashSet<Expr> _literals = [];

        public List<string> Found { get; } = [];

        protected override bool Enter(Expr expression)
        {
            if (expression is Cast { Operand: StringLiteral literal }) _literals.Add(literal);
            var complete = expression switch
            {
                StringLiteral { Type.Oid: Oids.Unknown } => _literals.Contains(expression),
                ColumnRef column => column.Column is not null && column.Type.IsKnown,
                BinaryOp { Left: RowConstructor } => true,
                BinaryOp binary => binary.Resolved is not null && binary.Left.Type.IsKnown,
                UnaryOp unary => unary.Resolved is not null,
                FunctionCall { Name.Last: "grouping" } => true,
                FunctionCall call => call.Resolved is not null,
                _ => expression.Type.IsKnown && (expression.Type.Oid != Oids.Unknown),
            };
            if (!complete || !expression.Type.IsKnown) Found.Add(expression.ToString());
            return true;
        }
    }
}
