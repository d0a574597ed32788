using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>The text of a statement with its parameters cast.</summary>
internal static class TypedText
{
    /// <summary>Null when it holds ODBC's escapes, which PostgreSQL does not read.</summary>
    /// <param name="marks">
    /// When given, parameters are written <c>?</c> and their numbers are added here in the order of the text; null is then
    /// answered for a text with an operator that holds a <c>?</c> too, which a provider would take for a parameter.
    /// </param>
    public static string? Of(string sql, ImmutableArray<uint> types, bool inferText, List<int>? marks = null)
    {
        var lexer = new Lexer(sql);
        StringBuilder? text = null;
        var from = 0;
        while (true)
        {
            var token = lexer.Next();
            switch (token.Kind)
            {
                case TokenKind.End:
                    return text?.Append(sql, from, sql.Length - from).ToString() ?? sql;
                case TokenKind.OpenBrace or TokenKind.Error:
                    return null;
                case TokenKind.Parameter:
                    var marker = sql.AsSpan(token.Offset, token.Length);
                    if (!int.TryParse(marker[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > types.Length) return null;
                    var castable = PostgresNames.Castable(types[number - 1]);
                    if (inferText && types[number - 1] is (Oids.Text or Oids.TextArray)) castable = null;
                    if (castable is null && marks is null) break;
                    marks?.Add(number);
                    text ??= new StringBuilder(sql.Length + 32);
                    text.Append(sql, from, token.Offset - from);
                    from = token.End;
                    if (marks is not null) marker = "?";
                    if (castable is not { } type)
                    {
                        text.Append(' ').Append(marker).Append(' ');
                        break;
                    }

                    text.Append('(').Append(marker).Append("::");
                    PostgresNames.Type(text, type, static _ => { });
                    text.Append(')');
                    break;
                case TokenKind.Operator when marks is not null && sql.AsSpan(token.Offset, token.Length).Contains('?'):
                    return null;
            }
        }
    }

    /// <summary>Whether it holds an operator with a <c>?</c> in its name.</summary>
    public static bool HasMarkers(string sql)
    {
        if (!sql.Contains('?', StringComparison.Ordinal)) return false;
        var lexer = new Lexer(sql);
        while (lexer.Next() is { Kind: not (TokenKind.End or TokenKind.Error) } token)
            if (token.Kind == TokenKind.Operator && sql.AsSpan(token.Offset, token.Length).Contains('?')) return true;
        return false;
    }
}
