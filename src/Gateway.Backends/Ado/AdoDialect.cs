using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Plans of one statement for a server that speaks PostgreSQL's SQL.</summary>
/// <param name="here">What the gateway computes itself: calls that are about the session alone.</param>
internal sealed class AdoDialect(Dialect here) : Dialect
{
    public override string Name => "postgres";

    public override Plan Render(BoundStatement statement)
    {
        var calls = new CallSearch();
        switch (statement.Tree)
        {
            case NativeStatement native:
                throw PgException.Unsupported($"{native.Tag} is a statement of IRIS and not supported by PostgreSQL");
            case QueryStatement { Query: Select { Into: { } into } select } source:
                RequireNoParameters(statement, "SELECT INTO");
                return new Plan([new SchemaStep(new CreateTableAs
                {
                    Name = into.Table,
                    Temporary = into.Temporary,
                    Source = source with { Query = select with { Into = null } },
                    Written = PostgresDialect.WriteTyped(statement),
                })]) { Writes = true };
            case QueryStatement { Query: var query }:
                calls.Visit(query);
                if (calls.ConcernsSession)
                {
                    if (calls.ReadsTables || calls.Sets && calls.Pins is not null)
                        throw PgException.Unsupported("set_config() in a query that reads tables is not supported");
                    return here.Render(statement);
                }

                return new Plan([new QueryStep(Rows(statement, changes: false))])
                {
                    Writes = HasWriters(query),
                    Pins = calls.Pins,
                };
            case DmlStatement:
                return new Plan([statement.ReturnsRows
                    ? new QueryStep(Rows(statement, changes: true))
                    : new CommandStep(PostgresDialect.WriteTyped(statement), Inputs(statement))]) { Writes = true };
            default:
                RequireNoParameters(statement, CommandTag.Of(statement.Tree).Name);
                return new Plan([new SchemaStep(statement.Tree)]) { Writes = true };
        }
    }

    private static RemoteQuery Rows(BoundStatement statement, bool changes)
    {
        var types = Types(statement);
        return new RemoteQuery(AdoOutput.Wrap(PostgresDialect.WriteTyped(statement), types, changes), Inputs(statement), types);
    }

    private static ImmutableArray<Input> Inputs(BoundStatement statement) =>
        [.. statement.ParameterTypes.Select((type, i) => new Input(InputKind.Parameter, i + 1, new TypeRef(type)))];

    private static ImmutableArray<TypeRef> Types(BoundStatement statement) => [.. statement.Columns.Select(column => column.Type)];

    private static bool HasWriters(Query query) =>
        query.With is { } with && with.Tables.Any(table => table.Statement is not QueryStatement);

    private static void RequireNoParameters(BoundStatement statement, string what)
    {
        if (!statement.ParameterTypes.IsEmpty) throw PgException.Unsupported($"parameters in {what} are not supported");
    }

    /// <summary>Calls that leave something behind at the server, or that are about the client's session and not the server's.</summary>
    private sealed class CallSearch : TreeWalker
    {
        private bool _readsSettings;

        public bool Sets { get; private set; }

        public bool ReadsTables { get; private set; }

        public string? Pins { get; private set; }

        /// <summary>set_config, or settings and nothing else.</summary>
        public bool ConcernsSession => Sets || (_readsSettings && !ReadsTables);

        protected override bool Enter(Expr expression)
        {
            if (expression is not FunctionCall call) return true;
            switch (call.Name.Last)
            {
                case "set_config": Sets = true; break;
                case "current_setting": _readsSettings = true; break;
                case "pg_advisory_lock" or "pg_advisory_lock_shared" or "pg_try_advisory_lock" or "pg_try_advisory_lock_shared":
                    Pins = "advisory locks";
                    break;
                case "nextval" or "setval": Pins ??= "sequences whose last value it may ask for"; break;
                case "setseed": Pins ??= "the seed of random()"; break;
            }

            return true;
        }

        protected override void Enter(FromItem item) => ReadsTables |= item is TableRef { Relation: not null };
    }
}
