using IrisSimulator.Sql.Parsing;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql;

/// <summary>SQL text to a tree, or an <see cref="IrisError"/> with the code the server of that version would give.</summary>
public static class IrisParser
{
    /// <summary>Reads one statement and checks all that needs no catalog.</summary>
    /// <exception cref="IrisError">The text is no statement of that version.</exception>
    public static Statement Parse(string sql, IrisVersion version)
    {
        var statement = new Parser(sql, version).Statement();
        StatementRules.Check(statement);
        return statement;
    }
}
