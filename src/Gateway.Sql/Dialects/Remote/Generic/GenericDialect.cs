using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Generic;

/// <summary>A server whose SQL is not known: it is asked for rows of single tables, and changes them one by one; all else is done here.</summary>
/// <param name="local">The engine that does it.</param>
public sealed class GenericDialect(SqliteDialect local, ServerNames names) : Dialect
{
    public override string Name => "generic";

    protected override Plan Translate(BoundStatement statement)
    {
        var hoisted = new HoistedValues();
        var planner = new QueryPlanner(_ => new TableSpeech(names), local) { Schema = statement.Schema };
        ImmutableArray<PlanStep> steps = statement.Tree switch
        {
            QueryStatement { Query: Select { Into: not null } } => throw Unsupported("SELECT INTO"),
            QueryStatement { Query: var query } => [new QueryStep(planner.Plan(query, hoisted))],
            DmlStatement change => [new KeyedChanges(names, rows => planner.Plan(rows, hoisted)).Plan(change)],
            NativeStatement native => throw Unsupported(native.Tag),
            var other => throw Unsupported(CommandTag.Of(other).Name),
        };
        return new Plan(steps) { Writes = statement.Tree is DmlStatement, Notes = [.. planner.Notes] };
    }

    internal static PgException Unsupported(string what) => PgException.Unsupported($"{what} is not supported by a server of the generic dialect");
}
