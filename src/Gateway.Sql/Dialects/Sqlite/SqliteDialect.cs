using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>SQLite as docs/embedded.md lays it out: carriers in columns, PostgreSQL's functions as <c>pg_</c> + prosrc.</summary>
/// <param name="functions">What the engine implements: <c>name/arity</c>, or <c>name/*</c> for any number of arguments.</param>
public sealed class SqliteDialect(IReadOnlySet<string> functions) : Dialect
{
    public override string Name => "sqlite";

    protected override Plan Translate(BoundStatement statement)
    {
        // A second look is needed where a part turns out to read what another part has changed.
        var old = new HashSet<uint>();
        while (true)
        {
            var writer = new SqliteWriter(functions) { ParameterCount = statement.ParameterTypes.Length, Old = old };
            var steps = Steps(statement, writer);
            if (!writer.NeedsOld) return new Plan(steps);
        }
    }

    /// <summary>A default, check, generated column or index expression: columns are written without their table.</summary>
    public string RenderExpression(Expr bound) => new SqliteWriter(functions).Standalone(bound);

    /// <summary>The condition of a CHECK that holds a column to the constraints of its domain; null when there are none.</summary>
    public string? RenderDomainCheck(uint domain, string column) => new SqliteWriter(functions).DomainCheck(domain, column);

    /// <summary>A view's query, or the source of CREATE TABLE AS; <paramref name="columns"/> renames its output.</summary>
    public string RenderQuery(Query bound, IReadOnlyList<string>? columns = null) =>
        new SqliteWriter(functions).Query(bound, columns);

    /// <summary>What the gateway finishes of a remote backend's query: its tables are <see cref="SourceRef"/>s, or system catalogs.</summary>
    /// <exception cref="PgException">0A000 for what the engine cannot do either.</exception>
    public LocalQuery RenderLocal(Query bound, ImmutableArray<RowSource> sources)
    {
        var writer = new SqliteWriter(functions);
        var query = writer.Local(bound, sources);
        if (writer.ReadsTwice) query = new SqliteWriter(functions).Local(bound, sources, collected: true);
        return query;
    }

    private static ImmutableArray<PlanStep> Steps(BoundStatement statement, SqliteWriter writer)
    {
        switch (statement.Tree)
        {
            case QueryStatement { Query: Select { Into: { } into } select } source:
                return [new SchemaStep(new CreateTableAs
                {
                    Name = into.Table,
                    Temporary = into.Temporary,
                    Source = source with { Query = select with { Into = null } },
                })];
            case QueryStatement or DmlStatement:
                return writer.Statement(statement.Tree, statement.ReturnsRows);
            case DdlStatement or TruncateStatement or RefreshMaterializedView or ReindexStatement or VacuumStatement:
                return [new SchemaStep(statement.Tree)];
            case NativeStatement native:
                throw PgException.Unsupported($"{native.Tag} is a statement of IRIS and not supported by the embedded engine");
            case OpaqueStatement opaque:
                throw PgException.Unsupported($"{opaque.Tag} is not supported by the embedded engine");
            default:
                throw PgException.Unsupported($"{statement.Tree.GetType().Name} is not supported by the embedded engine");
        }
    }
}
