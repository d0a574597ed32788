using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>LIKE, ILIKE, and the regular expressions that are no more than that.</summary>
public sealed partial class IrisWriter
{
    private bool Like(Like e, bool negated)
    {
        negated ^= e.Negated;
        if (e.Kind == LikeKind.SimilarTo) return Refuse("SIMILAR TO is tested here");
        if (e.Operand.Type.Oid is not (Oids.Text or Oids.VarChar or Oids.Name)) return Refuse($"LIKE over {TypeNames.Format(e.Operand.Type.Oid)} is tested here");
        var fold = e.Kind == LikeKind.ILike;
        var escape = '\\';
        if (e.Escape is not null)
        {
            if (TextLiteral(e.Escape) is not { Length: <= 1 } given) return Refuse("LIKE with an escape character that is not a constant");
            escape = given.Length == 0 ? '\0' : given[0];
        }

        if (TextLiteral(e.Pattern) is { } pattern)
            return Normal(pattern, escape) is not { } normal ? Refuse("LIKE with a pattern that ends in its escape character")
                : HasAnyCharacter(normal) ? Refuse("LIKE with _ is tested here: for IRIS a character beyond U+FFFF is two")
                : Pattern(e.Operand, normal, negated, fold, exact: false);
        if (escape == '\0') return Refuse("LIKE without an escape character is tested here");
        var exact = Folds(e.Operand) && options.ExactComparison;
        if (exact) Write("%EXACT(");
        if (!(fold ? Write("LOWER(") && Value(e.Operand, Need.None) && Write(')') : Value(e.Operand, Need.None))) return false;
        if (exact) Write(')');
        Write(negated ? " NOT LIKE " : " LIKE ");
        if (!(fold ? Write("LOWER(") && Value(e.Pattern, Need.None) && Write(')') : Value(e.Pattern, Need.None))) return false;
        return Write(" ESCAPE '") && Write(escape == '\'' ? "''" : escape.ToString()) && Write('\'');
    }

    private static bool HasAnyCharacter(string normal)
    {
        for (var i = 0; i < normal.Length; i++)
        {
            if (normal[i] == '\\') i++;
            else if (normal[i] == '_') return true;
        }

        return false;
    }

    /// <summary>A pattern in which <c>\</c> stands before %, _ and itself only.</summary>
    private static string? Normal(string pattern, char escape)
    {
        if (escape == '\\' && !pattern.Contains('\\')) return pattern;
        var text = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c != escape || escape == '\0')
            {
                text.Append(c == '\\' ? "\\\\" : c.ToString());
                continue;
            }

            if (++i == pattern.Length) return null;
            if (pattern[i] is '%' or '_' or '\\') text.Append('\\');
            text.Append(pattern[i]);
        }

        return text.ToString();
    }

    /// <summary>A text as a pattern that matches only it.</summary>
    private static string LikeText(string text) =>
        text.AsSpan().IndexOfAny('%', '_', '\\') < 0 ? text : text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    /// <param name="pattern">With <c>\</c> as escape character.</param>
    /// <param name="exact">Never by the server's own comparison.</param>
    private bool Pattern(Expr operand, string pattern, bool negated, bool fold, bool exact)
    {
        if (fold) pattern = pattern.ToLowerInvariant();
        var wrap = Folds(operand) && (exact || options.ExactComparison);
        if (wrap) Write("%EXACT(");
        if (!(fold ? Write("LOWER(") && Value(operand, Need.None) && Write(')') : Value(operand, Need.None))) return false;
        if (wrap) Write(')');
        Write(negated ? " NOT LIKE " : " LIKE ");
        if (IrisLiterals.Text(pattern) is { } text) Write(text);
        else if (!Hoist(new StringLiteral(pattern) { Type = new TypeRef(Oids.Text) }, Need.None)) return false;
        return !pattern.Contains('\\') || Write(" ESCAPE '\\'");
    }

    /// <summary>A regular expression that is a plain text, possibly bound to the beginning or the end.</summary>
    private bool Regex(BinaryOp e, bool negated, bool fold)
    {
        if (e.Left.Type.Oid is not (Oids.Text or Oids.VarChar or Oids.Name)) return Refuse($"a regular expression over {TypeNames.Format(e.Left.Type.Oid)} is tested here");
        if (TextLiteral(e.Right) is not { Length: > 0 } regex) return Refuse("a regular expression that is not a constant is tested here");
        var start = regex[0] == '^';
        var end = regex.Length > 1 && regex[^1] == '$' && regex[^2] != '\\';
        var text = new StringBuilder();
        for (var i = start ? 1 : 0; i < regex.Length - (end ? 1 : 0); i++)
        {
            var c = regex[i];
            if (c == '\\' && i + 1 < regex.Length && !char.IsLetterOrDigit(regex[i + 1])) c = regex[++i];
            else if (c is '\\' or '.' or '[' or ']' or '(' or ')' or '{' or '}' or '*' or '+' or '?' or '|' or '^' or '$')
                return Refuse("this regular expression is tested here");
            text.Append(c);
        }

        // *** at the start would change its syntax; an empty one matches everything.
        if (text.Length == 0) return Refuse("this regular expression is tested here");
        var pattern = LikeText(text.ToString());
        return Pattern(e.Left, $"{(start ? "" : "%")}{pattern}{(end ? "" : "%")}", negated, fold, exact: true);
    }
}
