using System.Collections.Immutable;

namespace Gateway.Types;

/// <summary>One row of pg_enum.</summary>
/// <param name="SortOrder">enumsortorder: 1, 2, 3…; what was added in between has a fraction.</param>
/// <param name="Value">The number that stands for the label where values are kept; ordered as the labels are.</param>
public sealed record EnumLabel(uint Oid, string Name, float SortOrder, long Value);

/// <summary>A check of a domain.</summary>
/// <param name="Expression">PostgreSQL SQL over VALUE.</param>
public sealed record DomainCheck(uint Oid, string Name, string Expression);

/// <summary>What CREATE DOMAIN said.</summary>
/// <param name="Base">The type below, perhaps a domain itself.</param>
/// <param name="Default">PostgreSQL SQL, or null.</param>
public sealed record DomainDefinition(uint Base, int Typmod, bool NotNull, string? Default)
{
    public ImmutableArray<DomainCheck> Checks { get; init; } = [];
}

/// <summary>A type that somebody created: an enum, or a domain.</summary>
/// <param name="ArrayName">typname of the array type over it, <c>_mood</c>.</param>
public sealed record UserType(uint Oid, uint ArrayOid, string Schema, string Name, string ArrayName)
{
    /// <summary>The labels of an enum in their order; none for a domain (an enum may have none either).</summary>
    public ImmutableArray<EnumLabel> Labels { get; init; } = [];

    public DomainDefinition? Domain { get; init; }

    public string? Comment { get; init; }
}
