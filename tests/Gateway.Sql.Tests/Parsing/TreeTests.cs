using Gateway.Sql.Parsing;

namespace Gateway.Sql.Tests.Parsing;

public sealed class TreeTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var lines = File.ReadAllLines(Path.Combine(Corpus.Folder, "trees.txt")).Where(l => !l.StartsWith('#')).ToArray();
            var pairs = new TheoryData<string, string>();
            for (var i = 0; i + 1 < lines.Length; i += 2) pairs.Add(lines[i], lines[i + 1].Trim());
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_statement_becomes_its_tree(string sql, string tree) =>
        Assert.Equal(tree, TreePrinter.Print(Parser.ParseSingle(sql)));

    [Theory]
    [InlineData("a or b and c", "(or a (and b c))")]
    [InlineData("not a is null", "(not (IsNull operand=a))")]
    [InlineData("a = b is null", "(IsNull operand=(= a b))")]
    [InlineData("a < b || c", "(< a (|| b c))")]
    [InlineData("a like b || c", "(Like operand=a pattern=(|| b c))")]
    [InlineData("a || b like c", "(Like operand=(|| a b) pattern=c)")]
    [InlineData("a = b like c", "(= a (Like operand=b pattern=c))")]
    [InlineData("a between b || c and d = e", "(= (Between operand=a low=(|| b c) high=d) e)")]
    [InlineData("a + b * c", "(+ a (* b c))")]
    [InlineData("a * b + c", "(+ (* a b) c)")]
    [InlineData("a - b - c", "(- (- a b) c)")]
    [InlineData("2 ^ 3 ^ 2", "(^ (^ 2 3) 2)")]
    [InlineData("- 2 ^ 2", "(^ (- 2) 2)")]
    [InlineData("-a::int", "(- (:: a int4))")]
    [InlineData("-a[1]", "(- (Subscript operand=a items=[(SubscriptItem lower=1)]))")]
    [InlineData("@ a + b", "(@ (+ a b))")]
    [InlineData("@ a || b", "(|| (@ a) b)")]
    [InlineData("a -> b ->> c = d", "(= (->> (-> a b) c) d)")]
    [InlineData("a *- b", "(* a (- b))")]
    [InlineData("a @- b", "(@- a b)")]
    [InlineData("a != -1", "(<> a (- 1))")]
    [InlineData("a operator(pg_catalog.+) b * c", "(pg_catalog.+ a (* b c))")]
    [InlineData("true = not false and true", "(and (= true (not false)) true)")]
    [InlineData("a in (1) = b", "(= (InList operand=a items=[1]) b)")]
    [InlineData("a is null::text", "(:: (IsNull operand=a) text)")]
    public void Operators_bind_as_in_PostgreSQL(string sql, string tree) =>
        Assert.Equal(tree, TreePrinter.Print(Parser.ParseExpression(sql)));

    [Theory]
    [InlineData("'a''b'", "a'b")]
    [InlineData("'a'\n  -- more\n 'b'", "ab")]
    [InlineData(@"E'\x41\102\u0043\U00000044\n\'\\'", "ABCD\n'\\")]
    [InlineData(@"E'\xC3\xA9\303\251'", "éé")]
    [InlineData(@"e'\uD83D\uDE00'", "\U0001F600")]
    [InlineData(@"U&'d\0061t\+000061\\'", "data\\")]
    [InlineData("u&'d!0061' uescape '!'", "da")]
    [InlineData("$$a'b$$", "a'b")]
    [InlineData("$x$a$$b$x$", "a$$b")]
    [InlineData(@"'a\b'", @"a\b")]
    public void String_literals_are_unescaped(string sql, string value) =>
        Assert.Equal(value, Assert.IsType<Gateway.Sql.Tree.StringLiteral>(Parser.ParseExpression(sql)).Value);

    [Theory]
    [InlineData("FooBar", "foobar")]
    [InlineData("\"Foo\"\"Bar\"", "Foo\"Bar")]
    [InlineData("ÄB", "Äb")]
    [InlineData("U&\"d\\0061t\"", "dat")]
    [InlineData("a$b1", "a$b1")]
    [InlineData("name", "name")]
    public void Names_are_folded(string sql, string name) =>
        Assert.Equal(name, Assert.IsType<Gateway.Sql.Tree.ColumnRef>(Parser.ParseExpression(sql)).Name);

    [Fact]
    public void Names_are_cut_to_63_bytes()
    {
        Assert.Equal(new string('a', 63), TreePrinter.Print(Parser.ParseExpression(new string('a', 70))));
        Assert.Equal(new string('é', 31), TreePrinter.Print(Parser.ParseExpression('"' + new string('é', 40) + '"')));
    }

    [Fact]
    public void A_script_gives_each_statement_its_place()
    {
        var sql = "  select 1 ;; /* x */ insert into t values (2) -- end\n; commit";
        var places = Parser.ParseScript(sql).Select(s => sql.Substring(s.Position, s.Length));
        Assert.Equal(["select 1", "insert into t values (2)", "commit"], places);
    }

    [Fact]
    public void Nodes_know_their_place_and_that_of_their_operator()
    {
        var sum = Assert.IsType<Gateway.Sql.Tree.BinaryOp>(Parser.ParseExpression(" a.b + f(c)"));
        Assert.Equal((1, 5, 7), (sum.Position, sum.OperatorPosition, sum.Right.Position));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; -- x")]
    [InlineData("/* x */")]
    public void Nothing_is_no_statement(string sql) => Assert.Null(Parser.ParseSingle(sql));
}
