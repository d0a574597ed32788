using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>The calls that are written with words of their own: EXTRACT(f FROM x), x AT TIME ZONE z…</summary>
internal static class SpecialForms
{
    /// <summary>Words, and behind each the argument that follows, or null.</summary>
    internal readonly record struct Part(string Words, Expr? Argument);

    /// <summary>Null where the ordinary form says the same.</summary>
    public static Part[]? Of(FunctionCall call)
    {
        var values = call.Arguments.Select(argument => argument.Value).ToArray();
        return (call.Name.Last, values) switch
        {
            ("extract", [var field, var from]) when Text(field) is { } name => [new($"EXTRACT({Identifiers.Quote(name)} FROM ", from), End],
            ("position", [var text, var part]) => [new("POSITION((", part), new(") IN (", text), new("))", null)],
            ("substring", [var text, var pattern, var escape]) when IsPattern(pattern) =>
                [new("SUBSTRING(", text), new(" SIMILAR ", pattern), new(" ESCAPE ", escape), End],
            ("substring", [var text, var from]) => [new("SUBSTRING(", text), new(" FROM ", from), End],
            ("substring", [var text, var from, var length]) => [new("SUBSTRING(", text), new(" FROM ", from), new(" FOR ", length), End],
            ("overlay", [var text, var by, var from]) => [new("OVERLAY(", text), new(" PLACING ", by), new(" FROM ", from), End],
            ("overlay", [var text, var by, var from, var length]) =>
                [new("OVERLAY(", text), new(" PLACING ", by), new(" FROM ", from), new(" FOR ", length), End],
            ("btrim" or "ltrim" or "rtrim", [var text]) => [new($"TRIM({Side(call)} FROM ", text), End],
            ("btrim" or "ltrim" or "rtrim", [var text, var set]) => [new($"TRIM({Side(call)} ", set), new(" FROM ", text), End],
            ("normalize", [var text]) => [new("NORMALIZE(", text), End],
            ("normalize", [var text, var form]) => [new("NORMALIZE(", text), new($", {Text(form)})", null)],
            ("is_normalized", [var text]) => [new("(", text), new(" IS NORMALIZED)", null)],
            ("is_normalized", [var text, var form]) => [new("(", text), new($" IS {Text(form)} NORMALIZED)", null)],
            ("pg_collation_for", [var value]) => [new("COLLATION FOR (", value), End],
            ("grouping", [var first, .. var others]) => [new("GROUPING(", first), .. others.Select(other => new Part(", ", other)), End],
            ("timezone", [var zone, var time]) => [new("(", time), new(" AT TIME ZONE ", zone), End],
            ("overlaps", [var a, var b, var c, var d]) => [new("((", a), new(", ", b), new(") OVERLAPS (", c), new(", ", d), new("))", null)],
            _ => null,
        };
    }

    private static Part End => new(")", null);

    private static string Side(FunctionCall call) => call.Name.Last switch { "ltrim" => "LEADING", "rtrim" => "TRAILING", _ => "BOTH" };

    private static string? Text(Expr value) => value switch { StringLiteral text => text.Value, Cast cast => Text(cast.Operand), _ => null };

    /// <summary>SUBSTRING(x SIMILAR p ESCAPE e) has the tree of SUBSTRING(x FROM p FOR e): the type tells them apart.</summary>
    internal static bool IsPattern(Expr value) => value is StringLiteral || value.Type.Oid == Oids.Text;
}
