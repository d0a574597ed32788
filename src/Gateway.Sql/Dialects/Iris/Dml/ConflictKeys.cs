using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>The unique keys that ON CONFLICT means.</summary>
internal static class ConflictKeys
{
    public static ImmutableArray<ImmutableArray<string>> Of(OnConflict conflict, RelationInfo table)
    {
        var keys = All(table).DistinctBy(key => string.Join('\0', key.Order(StringComparer.Ordinal))).ToList();
        if (conflict.Constraint is { } name)
        {
            var constraint = table.Constraints.First(candidate => candidate.Name == name);
            return constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique
                ? [constraint.Columns]
                : throw new PgException(SqlStates.WrongObjectType, "constraint in ON CONFLICT clause has no associated index");
        }

        if (conflict.Target.IsDefaultOrEmpty) return [.. keys];
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in conflict.Target)
            if (element.Value is ColumnRef { Column.Name: var column }) wanted.Add(column);
            else throw NoKey();

        // A key matches whatever order its columns are in. IRIS has no partial index that a WHERE could choose.
        return keys.Find(key => wanted.SetEquals(key)) is { IsDefault: false } found ? [found] : throw NoKey();
    }

    private static IEnumerable<ImmutableArray<string>> All(RelationInfo table) => table.Constraints
        .Where(key => key.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique)
        .Select(key => key.Columns)
        .Concat(table.Indexes.Where(index => index.Unique && index.Predicate is null && !index.Columns.Any(column => column.StartsWith('('))).Select(index => index.Columns));

    private static PgException NoKey() => new("42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification");
}
