using System.Collections.Immutable;
using Gateway.Types;

namespace Gateway.Sql.Tree;

/// <summary>A node of the syntax tree. Trees are immutable; the analyzer returns an annotated copy.</summary>
public abstract record Node
{
    /// <summary>Offset of the node's first character in the source text, from 0; -1 when the node was made, not read.</summary>
    public int Position { get; init; } = -1;
}

/// <summary>A type with its modifier; <c>default</c> means not yet known.</summary>
public readonly record struct TypeRef(uint Oid, int Typmod = -1)
{
    public bool IsKnown => Oid != 0;

    public bool IsUnknownLiteral => Oid == Oids.Unknown;
}

/// <summary>A possibly qualified name, folded as PostgreSQL folds it: <c>a.b."C"</c> has the parts a, b, C.</summary>
public sealed record QualifiedName(ImmutableArray<string> Parts) : Node
{
    public string Last => Parts[^1];

    public string? Schema => Parts.Length > 1 ? Parts[^2] : null;

    public string? Catalog => Parts.Length > 2 ? Parts[^3] : null;

    public bool Equals(QualifiedName? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    public override int GetHashCode() => string.GetHashCode(Last, StringComparison.Ordinal);

    public override string ToString() => string.Join('.', Parts);
}

/// <summary>A type as written: <c>pg_catalog.numeric(10,2)[]</c>, <c>interval day to second(3)</c>, <c>setof x</c>.</summary>
/// <param name="Name">The canonical typname for SQL spellings (<c>int</c> is int4, <c>character varying</c> is varchar).</param>
/// <param name="Modifiers">The modifiers as written, usually number literals.</param>
/// <param name="ArrayDimensions">0 for no array; else the number of <c>[]</c> pairs.</param>
/// <param name="IntervalFields">For interval: the field words as written, lower case ("day to second"), else null.</param>
public sealed record TypeName(
    QualifiedName Name,
    ImmutableArray<Expr> Modifiers,
    int ArrayDimensions = 0,
    bool SetOf = false,
    string? IntervalFields = null) : Node;

/// <summary>One statement of a query string.</summary>
public abstract record Statement : Node
{
    /// <summary>Length in characters of the statement's text, without the semicolon.</summary>
    public int Length { get; init; }

    /// <summary>The statement as it was written (of DECLARE its query), for a backend of PostgreSQL's own language; null where it is part of another or was made here.</summary>
    public string? Written { get; init; }
}
