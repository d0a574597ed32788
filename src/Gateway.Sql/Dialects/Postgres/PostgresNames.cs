using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;
using TypeNames = Gateway.Sql.Analysis.TypeNames;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>Identifiers, literals and types as PostgreSQL reads them back.</summary>
internal static class PostgresNames
{
    /// <summary>Types with a grammar of their own: their bare name is a key word, and quoted it would mean something else.</summary>
    private static readonly HashSet<string> OwnGrammar = new(StringComparer.Ordinal) { "interval", "time", "timestamp", "numeric", "bit" };

    /// <summary>A type that a parameter can be cast to, under a name that no search path bends; null for pseudo-types.</summary>
    public static TypeName? Castable(uint oid)
    {
        if (PgTypes.Find(oid) is not { } type || type.Kind == 'p' || oid == Oids.Unknown) return null;
        var name = TypeNames.Of(oid);

        // Those of an extension are in no fixed schema.
        return oid is >= Oids.Vector and < UserTypes.FirstOid ? name with { Name = new QualifiedName([name.Name.Last]) } : name;
    }

    /// <summary>How a text that is kept names a type of the database.</summary>
    public static string Kept(uint type) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{TypeNames.ByOid}.\"{type}\"");

    public static void Qualified(StringBuilder text, QualifiedName name)
    {
        for (var i = 0; i < name.Parts.Length; i++)
        {
            if (i > 0) text.Append('.');
            text.Append(Identifiers.Quote(name.Parts[i]));
        }
    }

    public static void Literal(StringBuilder text, string value)
    {
        var escaped = value.Contains('\\', StringComparison.Ordinal);
        text.Append(escaped ? "E'" : "'");
        foreach (var c in value)
        {
            if (c == '\'' || (c == '\\' && escaped)) text.Append(c);
            text.Append(c);
        }

        text.Append('\'');
    }

    /// <summary>The name of a type with its modifiers and brackets, for a cast.</summary>
    public static void Type(StringBuilder text, TypeName type, Action<Expr> expression)
    {
        if (type.SetOf) text.Append("SETOF ");
        if (type.Name.Parts.Length == 1 && OwnGrammar.Contains(type.Name.Last)) text.Append(type.Name.Last);
        else Qualified(text, type.Name);
        if (type.IntervalFields is { } fields) text.Append(' ').Append(fields);
        if (!type.Modifiers.IsDefaultOrEmpty)
        {
            text.Append('(');
            for (var i = 0; i < type.Modifiers.Length; i++)
            {
                if (i > 0) text.Append(", ");
                expression(type.Modifiers[i]);
            }

            text.Append(')');
        }

        for (var i = 0; i < type.ArrayDimensions; i++) text.Append("[]");
    }
}
