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
    public static string? Of(string sql, ImmutableArray<uint> types, bool inferText)
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
                    if (PostgresNames.Castable(types[number - 1]) is not { } type || (inferText && types[number - 1] is (Oids.Text or Oids.TextArray))) break;
                    text ??= new StringBuilder(sql.Length + 32);
                    text.Append(sql, from, token.Offset - from).Append('(').Append(marker).Append("::");
                    PostgresNames.Type(text, type, static _ => { });
                    text.Append(')');
                    from = token.End;
                    break;
            }
        }
    }
}
