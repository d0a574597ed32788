using Gateway.Actors.Statements;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;

namespace Gateway.Actors.Sessions;

/// <summary>A statement made ready by Parse or PREPARE: for the backend (with a translation), for the session, or empty.</summary>
internal sealed class Prepared(ParsedStatement? source, Translation? translation, FieldDescription[] localFields, uint[] declared)
    : PreparedStatement
{
    public static readonly FieldDescription[] NoFields = [];

    /// <summary>Null for an empty statement.</summary>
    public ParsedStatement? Source { get; } = source;

    /// <summary>Null for statements that the session answers itself.</summary>
    public Translation? Translation { get; set; } = translation;

    public ReadOnlySpan<uint> Declared => declared;

    /// <summary>The text it came in, when (µs since 2000), and whether that was a PREPARE: for pg_prepared_statements.</summary>
    public (string Text, long At, bool FromSql) Origin { get; set; } = ("", 0, false);

    /// <summary>What the parameters of a DECLARE or EXPLAIN belong to, and the rows of a FETCH have been described from.</summary>
    public Translation? Query { get; init; }

    public override IReadOnlyList<uint> ParameterTypes =>
        Translation is { } t ? t.ParameterTypes : Source?.Tree is Gateway.Sql.Tree.DeclareCursor or Gateway.Sql.Tree.ExplainStatement && Query is { } q ? q.ParameterTypes : [];

    public override bool ReturnsRows => Translation?.ReturnsRows ?? localFields.Length > 0;

    public override IReadOnlyList<FieldDescription> Fields => Translation?.Result.Fields ?? localFields;
}
