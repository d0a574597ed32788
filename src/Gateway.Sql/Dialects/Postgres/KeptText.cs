using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;
using TypeNames = Gateway.Sql.Analysis.TypeNames;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>The text of a view's query with the database's own types under their OIDs, so that they may be renamed.</summary>
public static class KeptText
{
    /// <param name="names">The names of types in the text's tree, each at the place where it was written.</param>
    public static string Of(string text, IEnumerable<TypeName> names)
    {
        var kept = new StringBuilder();
        var from = 0;
        foreach (var name in names.Where(name => name.Position >= 0).DistinctBy(name => name.Position).OrderBy(name => name.Position))
        {
            if (TypeNames.Find(name.Name) is not { Oid: >= UserTypes.FirstOid } || End(text, name) is not { } end) continue;
            kept.Append(text, from, name.Position - from);
            PostgresNames.Qualified(kept, TypeNames.Kept(name).Name);
            from = end;
        }

        return kept.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Whether a kept text names a type.</summary>
    public static bool Names(string text, uint type) =>
        text.Contains(PostgresNames.Kept(type), StringComparison.Ordinal);

    private static int? End(string text, TypeName name)
    {
        var lexer = new Lexer(text[name.Position..]);
        var end = 0;
        for (var i = 0; i < name.Name.Parts.Length; i++)
        {
            if (i > 0 && lexer.Next().Kind != TokenKind.Dot) return null;
            var token = lexer.Next();
            if (token.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier)) return null;
            end = token.End;
        }

        return name.Position + end;
    }
}
