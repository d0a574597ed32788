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
/// <param name="adapter">How the provider has parameters written and columns read.</param>
internal sealed class AdoDialect(Dialect here, ProviderAdapter adapter) : Dialect
{
    public override string Name => "postgres";

    protected override Plan Translate(BoundStatement statement)
    {
        var calls = new CallSearch();
        switch (statement.Tree)
        {
            case NativeStatement native:
                throw PgException.Unsupported($"{native.Tag} is a statement of IRIS and not supported by PostgreSQL");
            case QueryStatement { Query: Select { Into: { } into } select } source:
                RequireNoParameters(statement, "SELECT INTO");
                RequireNoMarkers(statement);
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
                    if (calls.ReadsTables || calls.Pins is not null)
                        throw PgException.Unsupported("set_config() in a query that reads tables is not supported");
                    return here.Render(statement);
                }

                return new Plan([new QueryStep(Rows(statement, calls, changes: false))]) { Writes = HasWriters(query), Pins = calls.Pins };
            case DmlStatement change:
                calls.Visit(change);
                if (calls.Sets) throw PgException.Unsupported("set_config() in a statement that changes rows is not supported");
                return new Plan([statement.ReturnsRows ? new QueryStep(Rows(statement, calls, changes: true)) : Command(statement, calls)])
                {
                    Writes = true,
                    Pins = calls.Pins,
                };
            default:
                RequireNoParameters(statement, CommandTag.Of(statement.Tree).Name);
                RequireNoMarkers(statement);
                return new Plan([new SchemaStep(statement.Tree)]) { Writes = true };
        }
    }

    private RemoteQuery Rows(BoundStatement statement, CallSearch calls, bool changes)
    {
        var types = Types(statement);
        var (text, inputs) = Write(statement, calls);
        if (adapter.PrintsColumns && WithWriters(statement.Tree) && AdoOutput.IsWrapped(types, print: true))
            throw PgException.Unsupported("WITH that changes rows, in a statement that returns other columns than text, integers, floats and booleans, is not supported by this provider");
        return new RemoteQuery(AdoOutput.Wrap(text, types, changes, adapter.PrintsColumns), inputs, types);
    }

    private CommandStep Command(BoundStatement statement, CallSearch calls)
    {
        var (text, inputs) = Write(statement, calls);
        return new CommandStep(text, inputs);
    }

    private (string Sql, ImmutableArray<Input> Inputs) Write(BoundStatement statement, CallSearch calls)
    {
        var types = statement.ParameterTypes;
        if (!adapter.HasQuestionMarks) return (PostgresDialect.WriteTyped(statement, calls.MeetsOwnTypes), [.. Enumerable.Range(1, types.Length).Select(Input)]);
        var (sql, numbers) = PostgresDialect.WriteMarked(statement, calls.MeetsOwnTypes);
        return (sql, [.. numbers.Select(Input)]);

        Input Input(int number) => new(InputKind.Parameter, number, new TypeRef(types[number - 1]));
    }

    private static ImmutableArray<TypeRef> Types(BoundStatement statement) => [.. statement.Columns.Select(column => column.Type)];

    private static bool HasWriters(Query query) =>
        query.With is { } with && with.Tables.Any(table => table.Statement is not QueryStatement);

    private static bool WithWriters(Statement tree) => tree switch
    {
        QueryStatement { Query: var query } => HasWriters(query),
        DmlStatement { With: { } with } => with.Tables.Any(table => table.Statement is not QueryStatement),
        _ => false,
    };

    /// <summary>A statement that is sent as it was written must hold nothing that the provider reads as a parameter.</summary>
    private void RequireNoMarkers(BoundStatement statement)
    {
        if (adapter.HasQuestionMarks && statement.Tree.Written is { } text && PostgresDialect.HasMarkers(text))
            throw PgException.Unsupported($"an operator with ? in its name, in {CommandTag.Of(statement.Tree).Name} through this provider, is not supported");
    }

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

        /// <summary>A table has columns of types that are only known as text.</summary>
        public bool MeetsOwnTypes { get; private set; }

        public void Visit(DmlStatement statement)
        {
            Meet(statement.Relation);
            base.Visit((Statement)statement);
            if (statement.With is { } with)
                foreach (var table in with.Tables) base.Visit(table.Statement);
            foreach (var item in statement.Returning) base.Visit(item.Value);
            if (statement is Insert { OnConflict: { } conflict })
                foreach (var assignment in conflict.Set) base.Visit(assignment.Value);
            if (statement is not Merge merge) return;
            base.Visit(merge.Source);
            foreach (var when in merge.Whens)
            {
                base.Visit(when.Condition);
                foreach (var assignment in when.Set.IsDefault ? [] : when.Set) base.Visit(assignment.Value);
                foreach (var value in when.Values.IsDefault ? [] : when.Values) base.Visit(value);
            }
        }

        private void Meet(Gateway.Sql.Schema.RelationInfo? relation) =>
            MeetsOwnTypes |= relation is not null && relation.Columns.Any(column => column.Remote?.DataType is not null);

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
                case "currval" or "lastval": Pins = AdoConnection.LastValue; break;
                case "nextval" or "setval": Pins ??= AdoConnection.NextValue; break;
                case "setseed": Pins ??= "the seed of random()"; break;
            }

            return true;
        }

        protected override void Enter(FromItem item)
        {
            if (item is not TableRef { Relation: { } relation }) return;
            ReadsTables = true;
            Meet(relation);
        }
    }
}
