using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>One change of the schema, as IRIS statements sorted by what must be gone, or be there, before what.</summary>
internal sealed partial class SchemaDifference(DdlContext context)
{
    private enum Phase
    {
        DropForeignKeys,
        DropViews,
        DropKeys,
        DropTables,
        Schemas,
        RenameTables,
        CreateTables,
        Columns,
        Keys,
        ForeignKeys,
        Indexes,
        Views,
        Rows,
        DropSchemas,
    }

    private readonly List<PlanStep>[] _steps = [.. Enum.GetValues<Phase>().Select(_ => new List<PlanStep>())];

    public ImmutableArray<PlanStep> Steps()
    {
        var before = Ours(context.Before);
        var after = Ours(context.After);
        CompareSchemas();
        foreach (var old in before.Values.OrderByDescending(relation => relation.Oid))
            if (!after.ContainsKey(old.Oid)) Drop(old, after);
        foreach (var relation in after.Values.OrderBy(relation => relation.Oid))
            if (!before.TryGetValue(relation.Oid, out var old)) Create(relation);
            else if (!ReferenceEquals(old, relation)) Alter(old, relation);
        return [.. _steps.SelectMany(steps => steps)];
    }

    private void Add(Phase phase, string sql) => _steps[(int)phase].Add(new CommandStep(sql, [], Counts: false));

    private void Add(Phase phase, ImmutableArray<PlanStep> steps) => _steps[(int)phase].AddRange(steps);

    private static Dictionary<uint, RelationInfo> Ours(SchemaSnapshot schema) => schema.Relations
        .Where(relation => !relation.Temporary && relation.Schema is not ("pg_catalog" or "information_schema" or "pg_temp"))
        .ToDictionary(relation => relation.Oid);

    private void CompareSchemas()
    {
        foreach (var schema in context.After.Schemas.Except(context.Before.Schemas).Order(StringComparer.Ordinal))
        {
            var name = DdlNames.Schema(schema);
            if (context.Options.HasCreateSchema) Add(Phase.Schemas, $"CREATE SCHEMA {name}");
        }

        foreach (var schema in context.Before.Schemas.Except(context.After.Schemas).Order(StringComparer.Ordinal))
            if (context.Options.HasCreateSchema) Add(Phase.DropSchemas, $"DROP SCHEMA IF EXISTS {DdlNames.Schema(schema)}");
    }

    private void Drop(RelationInfo old, Dictionary<uint, RelationInfo> after)
    {
        switch (old.Kind)
        {
            case RelationKind.Table:
                // Tables that go together may refer to each other in a circle.
                foreach (var key in old.Constraints)
                    if (key.Kind == ConstraintKind.ForeignKey && IsReferenceToDropped(key, old, after))
                        Add(Phase.DropForeignKeys, $"ALTER TABLE {IrisNames.Table(old)} DROP CONSTRAINT {DdlNames.Object(key.Name)}");
                Add(Phase.DropTables, $"DROP TABLE {IrisNames.Table(old)}");
                break;
            case RelationKind.View:
                DropView(old);
                break;
        }
    }

    private bool IsReferenceToDropped(ConstraintInfo key, RelationInfo table, Dictionary<uint, RelationInfo> after) =>
        context.Before.Find(key.ReferencedSchema!, key.ReferencedTable!) is { } target && target.Oid != table.Oid && !after.ContainsKey(target.Oid);

    private void Create(RelationInfo relation)
    {
        switch (relation.Kind)
        {
            case RelationKind.Table:
                KeyActions.Check(relation);
                Add(Phase.CreateTables, TableText.Create(relation, context));
                foreach (var index in OwnIndexes(relation)) CreateIndex(relation, index);
                if (context.Statement is CreateTableAs { WithData: true, Source: QueryStatement { Query: var query } } && context.Rows is { } rows)
                    Add(Phase.Rows, rows.Copy(query, relation));
                break;
            case RelationKind.View:
                CreateView(relation);
                break;
            case RelationKind.Sequence when !IsOwned(relation):
                throw DdlRefusals.Unsupported("CREATE SEQUENCE");
            case RelationKind.MaterializedView:
                throw DdlRefusals.Unsupported("a materialized view");
        }
    }

    private bool IsOwned(RelationInfo sequence)
    {
        var name = $"{sequence.Schema}.{sequence.Name}";
        return context.After.Relations.Any(table => table.Columns.Any(column => column.Sequence == name));
    }

    private void Alter(RelationInfo old, RelationInfo relation)
    {
        if (relation.Kind == RelationKind.View)
        {
            if (old.Definition == relation.Definition && old.Name == relation.Name && old.Schema == relation.Schema) return;
            DropView(old);
            CreateView(relation);
        }

        if (relation.Kind != RelationKind.Table) return;
        if (DdlNames.RemoteSchema(old) != DdlNames.RemoteSchema(relation)) throw DdlRefusals.Unsupported("ALTER TABLE SET SCHEMA");
        if (IrisNames.Table(old) != IrisNames.Table(relation))
            Add(Phase.RenameTables, $"ALTER TABLE {IrisNames.Table(old)} RENAME {DdlNames.BareTable(relation)}");
        KeyActions.Check(relation);
        var rewritten = AlterColumns(old, relation);
        AlterKeys(old, relation, rewritten);
        AlterIndexes(old, relation, rewritten);
    }
}
