using Gateway.Types;

namespace Corpus.Tests.Format;

/// <summary>A value that is bound to a statement: its type (0: inferred) and its text, null for NULL.</summary>
internal sealed record Parameter(uint TypeOid, string? Text);

/// <summary>One statement of a check.</summary>
/// <param name="Text">As the file writes it.</param>
/// <param name="Sql">As it is sent: repetitions written out.</param>
internal sealed record Step(string Text, string Sql, IReadOnlyList<Parameter> Parameters);

/// <summary>What is sent in one transaction, which is rolled back: a statement and those that look at what it did.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Construct">The heading above it.</param>
/// <param name="Key">Its text on one line, by which answers and refusals are found.</param>
internal sealed record Check(string File, int Line, string Construct, string Key, IReadOnlyList<Step> Steps);

internal static class ParameterTypes
{
    /// <summary>By pg_type.typname, <c>int4[]</c> for arrays; <c>?</c> leaves it to the server.</summary>
    public static uint Oid(string name)
    {
        if (name == "?") return 0;
        var plain = name.EndsWith("[]", StringComparison.Ordinal) ? "_" + name[..^2] : name;
        return PgTypes.Find(plain)?.Oid ?? throw new FormatException($"no type {name}");
    }
}
