using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    private static readonly string[] BareHints =
        ["%ALLINDEX", "%FULL", "%INORDER", "%NOFLATTEN", "%NOMERGE", "%NOREDUCE", "%NOSVSO", "%NOTOPOPT", "%NOUNIONOROPT", "%PARALLEL"];

    private FromClause From()
    {
        Expect("FROM");
        var hints = new List<Hint>();
        while (Hint() is { } hint) hints.Add(hint);
        var from = new FromClause(hints, List(TableExpression));
        FromRules.Check(from);
        return from;
    }

    private Hint? Hint()
    {
        if (AtAny(BareHints)) return new(_tokens.Take().Key, []);
        if (!AtAny("%FIRSTTABLE", "%STARTTABLE", "%IGNOREINDEX")) return null;
        var name = _tokens.Take().Key;
        var arguments = new List<Name> { Name() };
        while (Accept(".")) arguments.Add(Name());
        return new(name, arguments);
    }

    private TableReference TableExpression()
    {
        var left = TablePrimary();
        while (Join(left) is { } join)
        {
            CountOperator();
            left = join;
        }
        return left;
    }

    private Join? Join(TableReference left)
    {
        if (Accept("CROSS"))
        {
            Expect("JOIN");
            return new(JoinKind.Cross, left, TablePrimary(), null, [], false);
        }
        var natural = Accept("NATURAL");
        JoinKind? written = Current.Key switch
        {
            "INNER" => JoinKind.Inner,
            "LEFT" => JoinKind.Left,
            "RIGHT" => JoinKind.Right,
            "FULL" => JoinKind.Full,
            _ => null,
        };
        if (written is not null)
        {
            _tokens.Take();
            if (written != JoinKind.Inner) Accept("OUTER");
        }
        else if (!natural && !At("JOIN")) return null;
        Expect("JOIN");
        var kind = written ?? JoinKind.Inner;
        var right = TablePrimary();
        return natural ? NaturalJoin(kind, left, right) : ConditionedJoin(kind, left, right);
    }

    private Join NaturalJoin(JoinKind kind, TableReference left, TableReference right)
    {
        if (kind == JoinKind.Full) throw Fail(-94, "NATURAL FULL JOIN is not supported");
        FromRules.RequireBaseTables("NATURAL", left, right);
        return new(kind, left, right, null, [], true);
    }

    private Join ConditionedJoin(JoinKind kind, TableReference left, TableReference right)
    {
        if (Accept("USING"))
        {
            if (kind == JoinKind.Full) throw Fail(-94, "FULL JOIN needs ON");
            FromRules.RequireBaseTables("USING", left, right);
            return new(kind, left, right, null, Bracketed(Name), false);
        }
        Expect("ON");
        return new(kind, left, right, Condition(), [], false);
    }

    private TableReference TablePrimary()
    {
        if (At("LATERAL"))
        {
            Gate("LATERAL", -1);
            _tokens.Take();
            return At("(") ? DerivedTable(lateral: true) : ProcedureTable(QualifiedName(), lateral: true);
        }
        if (At("JSON_TABLE")) return JsonTable();
        if (At("(")) return DerivedTable(lateral: false);
        var name = QualifiedName();
        if (At(".")) throw Fail(-1, "A table name has at most two parts");
        return At("(") ? ProcedureTable(name, lateral: false) : new NamedTable(name, Alias());
    }

    private DerivedTable DerivedTable(bool lateral)
    {
        var query = BracketedQuery();
        return new(query, Alias(), lateral);
    }

    private TableFunction ProcedureTable(QualifiedName procedure, bool lateral)
    {
        var arguments = Arguments();
        return new(procedure, arguments, Alias(), lateral);
    }

    private JsonTable JsonTable()
    {
        Gate("JSON_TABLE", -1);
        Expect("JSON_TABLE", "(");
        var value = Scalar();
        Expect(",");
        var path = QuotedText();
        Expect("COLUMNS");
        var columns = Bracketed(JsonTableColumn);
        Expect(")");
        return new(value, path, columns, Alias());
    }

    private JsonTableColumn JsonTableColumn()
    {
        var name = Name();
        var type = ColumnType();
        Expect("PATH");
        return new(name, type, QuotedText());
    }

    private List<Expression> Arguments()
    {
        Expect("(");
        if (Accept(")")) return [];
        var arguments = List(Scalar);
        Expect(")");
        return arguments;
    }
}
