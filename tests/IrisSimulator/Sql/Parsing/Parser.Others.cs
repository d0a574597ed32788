using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Calls, plans, options, maintenance.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Options = [.. Resource.Lines("options.txt").SelectMany(line => line.Split(' '))];

    private Call Call(bool result = false)
    {
        Expect("CALL");
        var procedure = QualifiedName();
        return new(procedure, Arguments(), result);
    }

    private Call CallWithResult()
    {
        Marker();
        Expect("=");
        return Call(result: true);
    }

    private Call EscapedCall()
    {
        Expect("{");
        var call = Current.Kind == TokenKind.Parameter ? CallWithResult() : Call();
        Expect("}");
        return call;
    }

    private Explain Explain()
    {
        Expect("EXPLAIN");
        var alternatives = Accept("ALT") || Accept("ALL");
        var statistics = Accept("STAT") || Accept("STATS");
        if (At("INSERT")) throw Fail(-481, "EXPLAIN does not support INSERT");
        Statement statement = Current.Key switch
        {
            "SELECT" => new QueryStatement(Query()),
            "WITH" => WithStatement(),
            "UPDATE" => Update(),
            "DELETE" => Delete(),
            _ => throw Fail(-51, $"SELECT, UPDATE or DELETE expected, {Current} found"),
        };
        return new(alternatives, statistics, statement);
    }

    private Statement Set()
    {
        Expect("SET");
        if (At("TRANSACTION")) return SetTransaction();
        Expect("OPTION");
        var key = Current.Key;
        if (!Options.Contains(key)) throw Fail(-129, $"SET OPTION {Current} is not supported");
        _tokens.Take();
        Expect("=");
        return new SetOption(key, OptionValue());
    }

    private CheckPrivilege CheckPrivilege()
    {
        Expect("%CHECKPRIV");
        var privileges = List(Privilege);
        return new(privileges, Accept("ON") ? QualifiedName() : null);
    }

    private CancelQuery CancelQuery()
    {
        Gate("CANCEL QUERY", -51);
        Expect("CANCEL", "QUERY");
        var process = NumberOrText();
        Expression? statement = null, timeout = null;
        if (Accept("IDENTIFIED"))
        {
            Expect("BY");
            statement = NumberOrText();
        }
        if (Accept("TIMEOUT")) timeout = NumberOrText();
        return new(process, statement, timeout);
    }

    private Expression NumberOrText() => Current.Kind switch
    {
        TokenKind.Number => new NumberLiteral(_tokens.Take().Text),
        TokenKind.String => new StringLiteral(_tokens.Take().Text),
        TokenKind.Parameter => Marker(),
        _ => throw Fail(-53, $"A number expected, {Current} found"),
    };

    private Maintenance Maintenance()
    {
        var verb = _tokens.Take().Key;
        if (verb == "PURGE")
        {
            Accept("CACHED");
            Expect("QUERIES");
        }
        else Expect("PLANS");
        return new(verb);
    }

    private TuneTable TuneTable()
    {
        Expect("TUNE", "TABLE");
        return new(QualifiedName());
    }

    private CollectStatistics CollectStatistics()
    {
        Expect("COLLECT", "STATISTICS", "FOR", "TABLE");
        return new(QualifiedName());
    }

    private BuildIndex BuildIndex()
    {
        Expect("BUILD", "INDEX");
        var keywords = Keywords("%NOLOCK", "%NOJOURN");
        Expect("FOR", "TABLE");
        var table = QualifiedName();
        return new(keywords, table, Accept("INDEX") ? List(Name) : []);
    }

    private UseDatabase UseDatabase()
    {
        Expect("USE");
        Accept("DATABASE");
        return new(Name());
    }

    private LoadData LoadData()
    {
        Expect("LOAD");
        if (Accept("BULK")) Accept("%NOINDEX");
        Accept("%NOJOURN");
        Expect("DATA", "FROM");
        if (ExpectAny("FILE", "JDBC") == "FILE") QuotedText();
        else JdbcSource();
        if (Accept("COLUMNS")) Bracketed(() => (Name(), ColumnType()));
        Expect("INTO");
        var table = QualifiedName();
        if (At("(")) Bracketed(Name);
        if (Accept("VALUES")) Bracketed(Name);
        if (Accept("USING")) Json();
        return new(table);
    }

    /// <summary>CONNECTION name | URL '…', then TABLE name | QUERY '…'.</summary>
    private void JdbcSource()
    {
        if (ExpectAny("CONNECTION", "URL") == "URL") QuotedText();
        else Name();
        if (ExpectAny("TABLE", "QUERY") == "QUERY") QuotedText();
        else QualifiedName();
    }

    private string Json()
    {
        if (!At("{")) throw Fail(-1, $"A JSON object expected, {Current} found");
        return _tokens.TakeBraces();
    }
}
