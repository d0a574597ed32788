using System.Collections.Immutable;
using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>Chooses what relations and columns are called in IRIS, which ignores case and cannot write every name.</summary>
public static class RemoteNames
{
    /// <summary>The schema with <see cref="RelationInfo.Remote"/> and <see cref="ColumnInfo.Remote"/> set where names differ.</summary>
    /// <param name="before">What has a name keeps it until it is renamed.</param>
    public static SchemaSnapshot Choose(SchemaSnapshot before, SchemaSnapshot after)
    {
        var known = before.Relations.Where(IsOurs).ToDictionary(relation => relation.Oid);
        var taken = new Dictionary<string, HashSet<string>>(IrisNames.Comparer);
        var chosen = new List<RelationInfo>();
        foreach (var relation in after.Relations.OrderBy(relation => relation.Oid))
        {
            if (!IsOurs(relation))
            {
                chosen.Add(relation);
                continue;
            }

            known.TryGetValue(relation.Oid, out var old);
            chosen.Add(Named(relation, old, Schema(relation, old)));
        }

        return new SchemaSnapshot(after.Version, after.Schemas, chosen) { Database = after.Database, Details = after.Details, SystemColumns = after.SystemColumns };

        RelationInfo Named(RelationInfo relation, RelationInfo? old, string schema)
        {
            var names = taken.TryGetValue(schema, out var set) ? set : taken[schema] = Kept(schema);
            var kept = IsKept(relation, old);
            var name = kept ? old!.Remote?.Name ?? old.Name : IrisNames.Unique(relation.Name, names);
            var foreign = old?.Remote?.Foreign ?? relation.Remote?.Foreign ?? false;
            var same = name == relation.Name && schema == IrisNames.Schema(relation.Schema) && !foreign;
            return relation with { Remote = same ? null : new RemoteTable(schema, name, foreign), Columns = Columns(relation, old) };
        }

        // Names that stay are taken before new ones are looked for.
        HashSet<string> Kept(string schema) => after.Relations
            .Where(relation => IsOurs(relation) && known.TryGetValue(relation.Oid, out var old) && IsKept(relation, old)
                && IrisNames.Comparer.Equals(Schema(relation, old), schema))
            .Select(relation => known[relation.Oid].Remote?.Name ?? relation.Name)
            .ToHashSet(IrisNames.Comparer);
    }

    private static bool IsOurs(RelationInfo relation) =>
        relation.Kind is RelationKind.Table or RelationKind.View && !relation.Temporary && relation.Schema is not ("pg_catalog" or "information_schema" or "pg_temp");

    private static bool IsKept(RelationInfo relation, RelationInfo? old) => old is not null && IrisNames.Comparer.Equals(old.Name, relation.Name) && old.Schema == relation.Schema;

    private static string Schema(RelationInfo relation, RelationInfo? old) =>
        old?.Remote?.Schema is { } schema && old.Schema == relation.Schema ? schema : IrisNames.Schema(relation.Schema);

    private static ImmutableArray<ColumnInfo> Columns(RelationInfo relation, RelationInfo? old)
    {
        var taken = new HashSet<string>(IrisNames.Comparer);
        var remote = new Dictionary<short, string>();
        foreach (var column in relation.Columns)
            if (old?.Columns.FirstOrDefault(candidate => candidate.Number == column.Number) is { } known && IrisNames.Comparer.Equals(known.Name, column.Name))
                taken.Add(remote[column.Number] = known.Remote?.Name ?? known.Name);
        return
        [
            .. relation.Columns.Select(column =>
            {
                var name = remote.TryGetValue(column.Number, out var kept) ? kept : IrisNames.Unique(column.Name, taken);
                var type = column.Remote?.DataType;
                var folds = column.Remote?.FoldsCase ?? false;
                return column with { Remote = name == column.Name && type is null && !folds ? null : new RemoteColumn(name == column.Name ? null : name, type, folds) };
            }),
        ];
    }
}
