using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>TRUNCATE: the tables that refer to others go before those.</summary>
internal static class Truncation
{
    public static ImmutableArray<PlanStep> Of(TruncateStatement statement, SchemaSnapshot schema, IReadOnlyList<string> searchPath)
    {
        var tables = new List<RelationInfo>();
        foreach (var name in statement.Tables)
        {
            var table = schema.Resolve(name.Schema, name.Last, searchPath)
                ?? throw new PgException(SqlStates.UndefinedTable, $"relation \"{name}\" does not exist");
            if (table.Kind != RelationKind.Table) throw new PgException(SqlStates.WrongObjectType, $"\"{table.Name}\" is not a table");
            if (!tables.Contains(table)) tables.Add(table);
        }

        for (var i = 0; i < tables.Count; i++)
            foreach (var other in Referencing(tables[i], schema))
            {
                if (tables.Contains(other)) continue;
                if (!statement.Cascade)
                    throw new PgException(SqlStates.FeatureNotSupported, "cannot truncate a table referenced in a foreign key constraint")
                    {
                        Detail = $"Table \"{other.Name}\" references \"{tables[i].Name}\".",
                        Hint = $"Truncate table \"{other.Name}\" at the same time, or use TRUNCATE ... CASCADE.",
                    };
                tables.Add(other);
            }

        return [.. Ordered(tables, schema).Select(table => Empty(table.Table, table.Circular, statement.RestartIdentity))];
    }

    // TRUNCATE TABLE sets the numbers back, DELETE does not. Rows that refer to each other go unchecked: all of them go.
    private static CommandStep Empty(RelationInfo table, bool circular, bool restart)
    {
        var numbered = table.Columns.Any(IrisDefaults.IsNumbered);
        var keyword = circular ? " %NOCHECK" : "";
        return new CommandStep(
            restart || !numbered ? $"TRUNCATE TABLE{keyword} {IrisNames.Table(table)}" : $"DELETE{keyword} FROM {IrisNames.Table(table)}", [], Counts: false);
    }

    private static IEnumerable<(RelationInfo Table, bool Circular)> Ordered(List<RelationInfo> tables, SchemaSnapshot schema)
    {
        var left = tables.ToList();
        while (left.Count > 0)
        {
            var free = left.Find(table => !Referencing(table, schema).Any(left.Contains));
            var next = free ?? left[0];
            yield return (next, free is null);
            left.Remove(next);
        }
    }

    private static IEnumerable<RelationInfo> Referencing(RelationInfo table, SchemaSnapshot schema) => schema.Relations
        .Where(other => other.Constraints.Any(key => key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == table.Name && key.ReferencedSchema == table.Schema))
        .OrderBy(other => other.Oid);
}
