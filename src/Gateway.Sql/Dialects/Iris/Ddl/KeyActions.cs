using Gateway.Sql.Dialects.Iris.Dml;
using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>IRIS carries out ON DELETE and ON UPDATE by itself: nothing that only the gateway knows may depend on it.</summary>
internal static class KeyActions
{
    /// <exception cref="Gateway.Types.PgException">0A000 for an action that would pass by a check, a generated column or a default.</exception>
    public static void Check(RelationInfo table)
    {
        if (table.Constraints.FirstOrDefault(key => key.Kind == ConstraintKind.ForeignKey && Changes(key)) is null) return;
        var target = new TargetTable(table);
        var watched = target.Checks.SelectMany(check => TargetTable.ColumnsOf(check.Condition))
            .Concat(target.Generated.SelectMany(generated => TargetTable.ColumnsOf(generated.Value))).ToHashSet();
        foreach (var key in table.Constraints.Where(key => key.Kind == ConstraintKind.ForeignKey))
        {
            if (Changes(key) && key.Columns.FirstOrDefault(watched.Contains) is { } column)
                throw DdlRefusals.Unsupported($"an action of foreign key \"{key.Name}\" on column \"{column}\", which a check or generated column uses,");
            if (key.OnDelete != "set default" && key.OnUpdate != "set default") continue;
            if (key.Columns.Select(name => table.FindColumn(name)!).FirstOrDefault(value => value.Default is not null && IrisDefaults.Clause(value) is null) is { } unknown)
                throw DdlRefusals.Unsupported($"SET DEFAULT for column \"{unknown.Name}\", whose default IRIS does not have,");
        }
    }

    private static bool Changes(ConstraintInfo key) =>
        key.OnDelete is "set null" or "set default" || key.OnUpdate is "cascade" or "set null" or "set default";
}
