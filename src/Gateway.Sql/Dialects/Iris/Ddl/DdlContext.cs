using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>One change of the schema.</summary>
/// <param name="Before">The schema with its names in IRIS, as <see cref="RemoteNames.Choose"/> left them.</param>
/// <param name="After">What becomes of it, with its names in IRIS.</param>
/// <param name="Statement">The bound statement, which says what the schemas do not: USING, NOT VALID, the rows of CREATE TABLE AS.</param>
/// <param name="Rows">Plans what happens to rows; null when only the schema matters.</param>
public sealed record DdlContext(
    SchemaSnapshot Before,
    SchemaSnapshot After,
    IrisOptions Options,
    IReadOnlyList<string> SearchPath,
    Statement? Statement = null,
    RowChanges? Rows = null);
