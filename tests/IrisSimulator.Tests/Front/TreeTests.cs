using IrisSimulator.Sql;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Tests.Front;

/// <summary>The shape of trees, where two readings were possible.</summary>
public class TreeTests
{
    private static Statement Parse(string sql) => IrisParser.Parse(sql, IrisVersion.V2025_2);

    private static Query Query(string sql) => Assert.IsType<QueryStatement>(Parse(sql)).Query;

    private static Select Select(string sql) => Assert.IsType<Select>(Query(sql).Body);

    private static Expression First(string sql) => Assert.IsType<ExpressionItem>(Select(sql).Items[0]).Expression;

    [Fact]
    public void Products_bind_tighter_than_sums_and_concatenation()
    {
        var sum = Assert.IsType<Binary>(First("SELECT a || b * c FROM t"));
        Assert.Equal(BinaryOperator.Concat, sum.Operator);
        Assert.Equal(BinaryOperator.Multiply, Assert.IsType<Binary>(sum.Right).Operator);

        var left = Assert.IsType<Binary>(First("SELECT a - b + c FROM t"));
        Assert.Equal(BinaryOperator.Add, left.Operator);
        Assert.Equal(BinaryOperator.Subtract, Assert.IsType<Binary>(left.Left).Operator);
    }

    [Fact]
    public void A_sign_binds_tighter_than_a_product() =>
        Assert.IsType<Unary>(Assert.IsType<Binary>(First("SELECT -a * b FROM t")).Left);

    [Fact]
    public void And_binds_tighter_than_or_and_not_tighter_than_both()
    {
        var or = Assert.IsType<Or>(Select("SELECT a FROM t WHERE NOT a = 1 AND b = 2 OR c = 3").Where);
        var and = Assert.IsType<And>(or.Left);
        Assert.IsType<Not>(and.Left);
        Assert.IsType<Comparison>(or.Right);
    }

    [Fact]
    public void An_identifier_takes_the_operator_characters_it_can()
    {
        Assert.IsType<ColumnReference>(First("SELECT a_b FROM t"));
        Assert.IsType<ColumnReference>(First("SELECT a#b FROM t"));
        Assert.Equal(BinaryOperator.Underscore, Assert.IsType<Binary>(First("SELECT a _ b FROM t")).Operator);
        Assert.Equal(BinaryOperator.Modulo, Assert.IsType<Binary>(First("SELECT a # b FROM t")).Operator);
    }

    [Fact]
    public void Parameters_are_numbered_in_the_order_of_the_text()
    {
        var statement = Parse("SELECT ?, (SELECT TOP ? a FROM t WHERE b = ?) FROM t WHERE c BETWEEN ? AND ? -- ?");
        Assert.Equal(5, statement.ParameterCount);
        Assert.Equal([1, 2, 3, 4, 5], Walk.All(statement).OfType<Parameter>().Select(p => p.Ordinal));
    }

    [Fact]
    public void Parameters_in_code_are_text()
    {
        var trigger = Assert.IsType<CreateTrigger>(Parse("CREATE TRIGGER x AFTER INSERT ON t { set a = $s(b:\"?}\",1:2) }"));
        Assert.Equal(0, trigger.ParameterCount);
        Assert.Equal(" set a = $s(b:\"?}\",1:2) ", trigger.Body);
    }

    [Fact]
    public void Without_an_order_the_limit_of_a_union_is_that_of_the_last_leg()
    {
        var query = Query("SELECT a FROM t UNION SELECT b FROM u LIMIT 1");
        Assert.Null(query.Limit);
        Assert.NotNull(Assert.IsType<NestedQuery>(Assert.IsType<SetOperation>(query.Body).Right).Query.Limit);

        var ordered = Query("SELECT a FROM t UNION SELECT b FROM u ORDER BY 1 LIMIT 1");
        Assert.NotNull(ordered.Limit);
        Assert.IsType<Select>(Assert.IsType<SetOperation>(ordered.Body).Right);
    }

    [Fact]
    public void Only_a_bare_number_is_a_column_number()
    {
        var keys = Query("SELECT a FROM t ORDER BY 1, (1), +1, 1.0, ?, (SELECT 1), a").OrderBy.Select(item => item.Key.GetType()).ToList();
        Assert.Equal([typeof(PositionKey), typeof(IgnoredKey), typeof(IgnoredKey), typeof(IgnoredKey), typeof(IgnoredKey),
            typeof(IgnoredKey), typeof(ExpressionKey)], keys);
    }

    [Fact]
    public void A_number_in_group_by_is_a_literal() =>
        Assert.IsType<NumberLiteral>(Assert.Single(Select("SELECT a FROM t GROUP BY 1").GroupBy));

    [Fact]
    public void Names_ignore_case_and_quotes_when_compared()
    {
        Assert.Equal(new Name("abc"), new Name("ABC", Delimited: true));
        Assert.NotEqual(new Name("abc"), new Name("abd"));
    }

    [Fact]
    public void A_bracketed_first_leg_inside_a_value_is_found()
    {
        var comparison = Assert.IsType<Comparison>(Select("SELECT a FROM t WHERE ((SELECT b FROM u) UNION (SELECT c FROM v)) = 1").Where);
        Assert.IsType<SetOperation>(Assert.IsType<ScalarSubquery>(comparison.Left).Query.Body);
    }

    [Fact]
    public void The_default_element_of_a_vector_changed()
    {
        const string sql = "SELECT TO_VECTOR('1,2')";
        Assert.Equal(VectorElement.Float, Element(IrisVersion.V2024_3));
        Assert.Equal(VectorElement.Double, Element(IrisVersion.V2024_1));

        VectorElement Element(IrisVersion version) =>
            Walk.All(IrisParser.Parse(sql, version)).OfType<ToVector>().Single().Element;
    }

    [Fact]
    public void The_text_of_a_view_is_kept()
    {
        var view = Assert.IsType<CreateView>(Parse("CREATE VIEW v AS SELECT a,  b FROM t -- end\n WITH READ ONLY"));
        Assert.Equal("SELECT a,  b FROM t", view.Text);
        Assert.True(view.ReadOnly);
    }

    [Fact]
    public void On_update_of_a_reference_and_of_a_column_are_told_apart()
    {
        var table = Assert.IsType<CreateTable>(Parse(
            "CREATE TABLE t (a TIMESTAMP REFERENCES u ON UPDATE SET NULL ON UPDATE CURRENT_TIMESTAMP)"));
        Assert.Equal(ReferentialAction.SetNull, table.Columns[0].References!.OnUpdate);
        Assert.IsType<DefaultExpression>(table.Columns[0].OnUpdate);
    }

    [Fact]
    public void A_frame_without_between_ends_at_the_current_row()
    {
        var call = Assert.IsType<WindowCall>(First("SELECT SUM(a) OVER (ORDER BY b ROWS 2 PRECEDING) FROM t"));
        Assert.Equal(FrameBoundKind.Preceding, call.Frame!.Start.Kind);
        Assert.Equal(FrameBoundKind.CurrentRow, call.Frame.End.Kind);
        Assert.Null(Assert.IsType<WindowCall>(First("SELECT SUM(a) OVER (ORDER BY b) FROM t")).Frame);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("t.Abc", "Abc")]
    [InlineData("\"x y\"", "x y")]
    [InlineData("a AS Bcd", "Bcd")]
    [InlineData("%ID", "ID")]
    [InlineData("c->d->E", "E")]
    [InlineData("'x'", "HostVar_2")]
    [InlineData("5", "HostVar_2")]
    [InlineData("-5", "HostVar_2")]
    [InlineData("?", "HostVar_2")]
    [InlineData("{d '2024-01-01'}", "HostVar_2")]
    [InlineData("NULL", "Literal_2")]
    [InlineData("USER", "Literal_2")]
    [InlineData("$HOROLOG", "Literal_2")]
    [InlineData("CURRENT_TIMESTAMP(3)", "Expression_2")]
    [InlineData("a + 1", "Expression_2")]
    [InlineData("UPPER(a)", "Expression_2")]
    [InlineData("CAST(a AS INT)", "Expression_2")]
    [InlineData("CASE WHEN a = 1 THEN 2 END", "Expression_2")]
    [InlineData("COUNT(*)", "Aggregate_2")]
    [InlineData("SUM(a) OVER ()", "Window_2")]
    [InlineData("(SELECT 1)", "Subquery_2")]
    public void A_column_is_labelled_by_its_kind_and_position(string item, string label) =>
        Assert.Equal([null, label], Columns.Labels(Query($"SELECT *, {item} FROM t").Body));

    [Fact]
    public void Labels_of_a_union_are_those_of_its_first_leg() =>
        Assert.Equal(["x"], Columns.Labels(Query("(SELECT TOP 1 a AS x FROM t) UNION SELECT b AS y FROM u UNION SELECT 1").Body));

    [Fact]
    public void Same_trees_are_the_same_and_others_are_not()
    {
        var a = Select("SELECT SUM(a + 1) FROM t GROUP BY b, c");
        Assert.True(Walk.Same(a, Select("SELECT sum( A+1 ) FROM \"T\" GROUP BY B,c")));
        Assert.False(Walk.Same(a, Select("SELECT SUM(a + 1) FROM t GROUP BY b")));
        Assert.False(Walk.Same(a, Select("SELECT SUM(a + 2) FROM t GROUP BY b, c")));
        Assert.False(Walk.Same(a, Select("SELECT AVG(a + 1) FROM t GROUP BY b, c")));
    }

    [Fact]
    public void The_own_level_of_a_query_leaves_subqueries_out()
    {
        var select = Select("SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE d = 1)");
        Assert.Equal(["a", "t", "b"], Walk.OwnLevel(select).Select(node => node switch
        {
            ColumnReference column => column.Column.Text,
            NamedTable table => table.Table.Object.Text,
            _ => null,
        }).Where(name => name is not null));
    }
}
