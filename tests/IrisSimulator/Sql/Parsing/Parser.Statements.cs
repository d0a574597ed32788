using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    /// <summary>One statement and nothing behind it.</summary>
    public Statement Statement()
    {
        var statement = Dispatch();
        if (Current.Kind != TokenKind.End) throw Fail(-25, $"Input ({Current}) encountered after end of query");
        return statement with { ParameterCount = _tokens.Parameters };
    }

    private Statement Dispatch() => Current.Key switch
    {
        "SELECT" or "(" => new QueryStatement(Query()),
        "WITH" => WithStatement(),
        "INSERT" => Insert(),
        "UPDATE" => Update(),
        "DELETE" => Delete(),
        "TRUNCATE" => Truncate(),
        "CREATE" => Create(),
        "ALTER" => Alter(),
        "DROP" => Drop(),
        "START" => StartTransaction(),
        "SET" => Set(),
        "COMMIT" => Commit(),
        "ROLLBACK" => Rollback(),
        "SAVEPOINT" => Savepoint(),
        "%INTRANSACTION" or "%INTRANS" => InTransaction(),
        "LOCK" => Lock(),
        "UNLOCK" => Unlock(),
        "CALL" => Call(),
        "{" => EscapedCall(),
        "EXPLAIN" => Explain(),
        "%CHECKPRIV" => CheckPrivilege(),
        "CANCEL" => CancelQuery(),
        "PURGE" or "FREEZE" or "UNFREEZE" => Maintenance(),
        "TUNE" => TuneTable(),
        "COLLECT" => CollectStatistics(),
        "BUILD" => BuildIndex(),
        "LOAD" => LoadData(),
        "USE" => UseDatabase(),
        "GRANT" => Grant(),
        "REVOKE" => Revoke(),
        "TRAIN" => TrainModel(),
        "VALIDATE" => ValidateModel(),
        _ when Current.Kind == TokenKind.Parameter => CallWithResult(),
        _ => throw Fail(-51, $"SQL statement expected, {Current} found"),
    };

    private Statement WithStatement()
    {
        Gate("WITH", -51);
        var tables = CommonTables();
        if (!AtAny("SELECT", "(")) throw Fail(-383, "Common table expressions are only supported with SELECT");
        return new QueryStatement(Query(tables));
    }

    private Statement Create()
    {
        Expect("CREATE");
        if (Accept("OR"))
        {
            Expect("REPLACE");
            return Current.Key switch
            {
                "VIEW" => CreateView(orReplace: true),
                "TRIGGER" => CreateTrigger(orReplace: true),
                "PROCEDURE" or "FUNCTION" or "METHOD" or "QUERY" => CreateRoutine(orReplace: true),
                _ => throw Fail(-1, $"VIEW, TRIGGER or a routine expected, {Current} found"),
            };
        }
        return Current.Key switch
        {
            "TABLE" or "GLOBAL" => CreateTable(),
            "INDEX" or "UNIQUE" or "BITMAP" or "BITMAPEXTENT" or "BITSLICE" or "COLUMNAR" => CreateIndex(),
            "VIEW" => CreateView(orReplace: false),
            "SCHEMA" => CreateSchema(),
            "DATABASE" => CreateDatabase(),
            "TRIGGER" => CreateTrigger(orReplace: false),
            "PROCEDURE" or "FUNCTION" or "METHOD" or "QUERY" => CreateRoutine(orReplace: false),
            "USER" => CreateUser(),
            "ROLE" => CreateRole(),
            "MODEL" => CreateModel(),
            _ => throw Fail(-1, $"CREATE cannot be followed by {Current}"),
        };
    }

    private Statement Alter()
    {
        Expect("ALTER");
        return Current.Key switch
        {
            "TABLE" => AlterTable(),
            "VIEW" => AlterView(),
            "USER" => AlterUser(),
            _ => throw Fail(-1, $"ALTER cannot be followed by {Current}"),
        };
    }

    private Statement Drop()
    {
        Expect("DROP");
        return Current.Key switch
        {
            "TABLE" => DropTable(),
            "INDEX" => DropIndex(),
            "VIEW" => DropView(),
            "SCHEMA" => DropSchema(),
            "DATABASE" => DropDatabase(),
            "TRIGGER" => DropTrigger(),
            "PROCEDURE" or "FUNCTION" or "METHOD" or "QUERY" => DropRoutine(),
            "USER" => DropUser(),
            "ROLE" => DropRole(),
            "MODEL" => DropModel(),
            _ => throw Fail(-1, $"DROP cannot be followed by {Current}"),
        };
    }

    private bool IfExists() => AcceptIf() && Exists();

    private bool IfNotExists()
    {
        if (!AcceptIf()) return false;
        Expect("NOT");
        return Exists();
    }

    /// <summary>IF is no reserved word: only what follows makes it the clause.</summary>
    private bool AcceptIf() => _tokens.Peek(1).Key is "EXISTS" or "NOT" && Accept("IF");

    private bool Exists()
    {
        Expect("EXISTS");
        return true;
    }

    private DropBehavior Behavior() =>
        Accept("CASCADE") ? DropBehavior.Cascade : Accept("RESTRICT") ? DropBehavior.Restrict : DropBehavior.Unspecified;

    private bool? DeleteData() => Accept("%DELDATA") ? true : Accept("%NODELDATA") ? false : null;
}
