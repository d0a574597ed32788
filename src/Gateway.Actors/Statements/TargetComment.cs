using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary><c>/* gateway.target = 'replica' */ SELECT …</c>: a script that chooses its instance itself, as ORMs can write it.</summary>
internal static class TargetComment
{
    private const string Name = "gateway.target";

    /// <returns>Null when the text does not begin with such a comment.</returns>
    /// <exception cref="PgException">22023: it names no target.</exception>
    public static string? Read(string text)
    {
        var rest = text.AsSpan().TrimStart();
        if (!rest.StartsWith("/*")) return null;
        var end = rest.IndexOf("*/", StringComparison.Ordinal);
        if (end < 0) return null;
        var comment = rest[2..end].Trim();
        if (!comment.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) return null;
        comment = comment[Name.Length..].TrimStart();
        if (comment is not ['=' or ':', ..]) return null;
        return comment[1..].Trim().Trim('\'') switch
        {
            "auto" => null,
            "primary" => "primary",
            "replica" => "replica",
            "reporting" => "reporting",
            var other => throw new PgException("22023", $"invalid value for parameter \"{Name}\": \"{other}\"")
            {
                Hint = "Available values: auto, primary, replica, reporting.",
            },
        };
    }
}
