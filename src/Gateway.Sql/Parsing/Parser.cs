using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>PostgreSQL SQL text to trees.</summary>
public static class Parser
{
    /// <summary>All statements of a query string; empty statements (<c>;;</c>, comments only) are left out.</summary>
    /// <exception cref="Gateway.Types.PgException">42601 with a position; 54001 when nested too deeply.</exception>
    public static ImmutableArray<Statement> ParseScript(string sql)
    {
        using var grammar = new Grammar(sql);
        return grammar.Script();
    }

    /// <summary>Exactly one statement, or null when the text holds none.</summary>
    /// <exception cref="Gateway.Types.PgException">42601 <c>cannot insert multiple commands into a prepared statement</c> for more.</exception>
    public static Statement? ParseSingle(string sql)
    {
        var statements = ParseScript(sql);
        return statements.Length switch
        {
            0 => null,
            1 => statements[0],
            _ => throw PgException.Syntax("cannot insert multiple commands into a prepared statement"),
        };
    }

    /// <summary>One expression, for defaults and checks kept as text.</summary>
    public static Expr ParseExpression(string sql)
    {
        using var grammar = new Grammar(sql);
        return grammar.SingleExpression();
    }

    /// <summary>One query, as a view's definition is kept.</summary>
    public static Query ParseQuery(string sql) =>
        ParseSingle(sql) is QueryStatement statement ? statement.Query : throw PgException.Syntax("a query was expected");
}
