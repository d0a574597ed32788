using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Resolves names and infers types with PostgreSQL's rules (manual, chapter 10), before a statement runs.</summary>
public sealed class Analyzer(SchemaSnapshot schema, IReadOnlyList<string> searchPath)
{
    public SchemaSnapshot Schema { get; } = schema;

    public IReadOnlyList<string> SearchPath { get; } = searchPath;

    /// <param name="declared">Parameter types the client gave; 0 for "infer".</param>
    /// <exception cref="Gateway.Types.PgException">42P01, 42703, 42883, 42804, 42P18… as PostgreSQL words them.</exception>
    public BoundStatement Bind(Statement statement, ReadOnlySpan<uint> declared) => throw new NotSupportedException();
}
