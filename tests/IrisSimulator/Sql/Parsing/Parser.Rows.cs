using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>INSERT, UPDATE, DELETE, TRUNCATE.</summary>
internal sealed partial class Parser
{
    private static readonly string[] RowKeywords =
        ["%NOCHECK", "%NOFPLAN", "%NOINDEX", "%NOJOURN", "%NOLOCK", "%NOTRIGGER", "%PROFILE", "%PROFILE_ALL"];

    private Insert Insert()
    {
        Expect("INSERT");
        var orUpdate = Accept("OR");
        if (orUpdate) Expect("UPDATE");
        var keywords = Keywords(RowKeywords);
        Accept("INTO");
        InsertTarget target = At("(") ? new QueryTarget(BracketedQuery()) : new TableTarget(QualifiedName());
        if (Accept("SET"))
        {
            var assignments = List(Assignment);
            return Build([.. assignments.Select(a => a.Column)], InsertValues([.. assignments.Select(a => a.Value)]));
        }
        List<Name> columns = At("(") && _tokens.Peek(1).Key != "SELECT" ? Bracketed(TargetColumn) : [];
        if (At("WITH")) throw Fail(-383, "Common table expressions are only supported with SELECT");
        return Build(columns, InsertSource(columns.Count));

        Insert Build(IReadOnlyList<Name> names, InsertSource source)
        {
            StatementRules.DistinctColumns(names);
            return new(keywords, orUpdate, target, names, source);
        }
    }

    private InsertSource InsertSource(int columns)
    {
        if (Accept("DEFAULT"))
        {
            Expect("VALUES");
            return columns == 0 ? new DefaultValuesSource() : throw Fail(-1, "DEFAULT VALUES takes no column list");
        }
        if (Accept("VALUES"))
        {
            var values = Bracketed(Scalar);
            StatementRules.ValueCount(columns, values.Count);
            return InsertValues(values);
        }
        if (!At("SELECT")) throw Fail(-1, $"VALUES, SET, DEFAULT VALUES or SELECT expected, {Current} found");
        var query = Query();
        if (columns > 0 && Columns.Count(query.Body) is { } count && count != columns)
            throw Fail(-64, $"{count} selected columns for {columns} columns");
        return new QuerySource(query);
    }

    private static ValuesSource InsertValues(IReadOnlyList<Expression> values)
    {
        foreach (var value in values)
        {
            Place.Neither(value, "VALUES");
            Place.NoSubqueries(value, -144, "an INSERT value");
            Place.NoColumns(value);
        }
        return new(values);
    }

    private (Name Column, Expression Value) Assignment()
    {
        var column = TargetColumn();
        Expect("=");
        return (column, Scalar());
    }

    private Name TargetColumn()
    {
        var column = Name();
        if (At("->")) throw Fail(-21, "A field behind an arrow cannot be modified");
        return column;
    }

    private Update Update()
    {
        Expect("UPDATE");
        var keywords = Keywords(RowKeywords);
        var table = QualifiedName();
        var alias = Alias();
        List<Name> columns;
        List<Expression> values;
        if (Accept("SET"))
        {
            var assignments = List(Assignment);
            columns = [.. assignments.Select(a => a.Column)];
            values = [.. assignments.Select(a => a.Value)];
        }
        else
        {
            columns = At("(") ? Bracketed(TargetColumn) : [];
            Expect("VALUES");
            values = Bracketed(Scalar);
            StatementRules.ValueCount(columns.Count, values.Count);
        }
        StatementRules.DistinctColumns(columns);
        foreach (var value in values) Place.Neither(value, "SET");
        var from = At("FROM") ? From() : null;
        return new(keywords, table, alias, columns, values, from, RowCondition());
    }

    private Delete Delete()
    {
        Expect("DELETE");
        var keywords = Keywords(RowKeywords);
        Accept("FROM");
        var table = QualifiedName();
        var alias = Alias();
        var from = At("FROM") ? From() : null;
        return new(keywords, table, alias, from, RowCondition());
    }

    private Predicate? RowCondition()
    {
        if (!Accept("WHERE")) return null;
        var where = Condition();
        Place.Neither(where, "WHERE");
        return where;
    }

    private Truncate Truncate()
    {
        Expect("TRUNCATE", "TABLE");
        var keywords = Keywords("%NOCHECK", "%NOLOCK", "%NOJOURN");
        return new(keywords, QualifiedName());
    }
}
