using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

internal sealed partial class SchemaDifference
{
    /// <param name="rewritten">Numbers of the columns that IRIS gets anew: what stands on them must go first.</param>
    private void AlterKeys(RelationInfo old, RelationInfo relation, HashSet<short> rewritten)
    {
        foreach (var key in old.Constraints)
        {
            var kept = relation.Constraints.FirstOrDefault(candidate => candidate.Oid == key.Oid);
            if (key.Kind == ConstraintKind.Check || (kept is not null && !MustRemake(key, kept, old, rewritten))) continue;
            if (kept is not null && key.Kind != ConstraintKind.ForeignKey) RefuseWhenReferenced(old, key);
            Add(
                key.Kind == ConstraintKind.ForeignKey ? Phase.DropForeignKeys : Phase.DropKeys,
                $"ALTER TABLE {IrisNames.Table(old)} DROP CONSTRAINT {DdlNames.Object(key.Name)}");
        }

        foreach (var key in relation.Constraints)
        {
            var known = old.Constraints.FirstOrDefault(candidate => candidate.Oid == key.Oid);
            if (known is not null && (key.Kind == ConstraintKind.Check || !MustRemake(known, key, old, rewritten))) continue;
            if (key.Kind == ConstraintKind.Check)
            {
                if (!IsNotValid(relation, key) && context.Rows is { } rows) Add(Phase.Rows, rows.Verify(relation, key));
                continue;
            }

            if (key.Kind == ConstraintKind.ForeignKey && IsNotValid(relation, key)) throw DdlRefusals.Unsupported("a foreign key that is NOT VALID");
            Add(
                key.Kind == ConstraintKind.ForeignKey ? Phase.ForeignKeys : Phase.Keys,
                $"ALTER TABLE {IrisNames.Table(relation)} ADD {TableText.Key(relation, key, context)}");
        }
    }

    private static bool MustRemake(ConstraintInfo old, ConstraintInfo key, RelationInfo table, HashSet<short> rewritten) =>
        old.Name != key.Name || old.Columns.Any(name => table.FindColumn(name) is { } column && rewritten.Contains(column.Number));

    private void RefuseWhenReferenced(RelationInfo table, ConstraintInfo key)
    {
        foreach (var other in context.Before.Relations)
            foreach (var reference in other.Constraints)
                if (reference.Kind == ConstraintKind.ForeignKey && reference.ReferencedTable == table.Name && reference.ReferencedSchema == table.Schema
                    && reference.ReferencedColumns.ToHashSet().SetEquals(key.Columns))
                    throw DdlRefusals.Unsupported($"changing constraint \"{key.Name}\", to which foreign key \"{reference.Name}\" refers,");
    }

    private bool IsNotValid(RelationInfo table, ConstraintInfo key) => Actions(table).Any(action =>
        action is AddConstraint { NotValid: true, Constraint: var added } && (added.Name is null || added.Name == key.Name));

    private void AlterIndexes(RelationInfo old, RelationInfo relation, HashSet<short> rewritten)
    {
        var before = OwnIndexes(old);
        var after = OwnIndexes(relation);
        foreach (var index in before)
            if (!after.Any(kept => kept.Oid == index.Oid && kept.Name == index.Name) || Stands(index))
                Add(Phase.DropKeys, $"DROP INDEX {DdlNames.Object(index.Name)} ON TABLE {IrisNames.Table(old)}");
        foreach (var index in after)
            if (!before.Any(known => known.Oid == index.Oid && known.Name == index.Name && !Stands(known)))
                CreateIndex(relation, index);

        bool Stands(IndexInfo index) => index.Columns.Any(name => old.FindColumn(name) is { } column && rewritten.Contains(column.Number));
    }

    /// <summary>Without those of keys, which come and go with their constraints.</summary>
    private static ImmutableArray<IndexInfo> OwnIndexes(RelationInfo table) =>
    [
        .. table.Indexes.Where(index => !table.Constraints.Any(key =>
            key.Name == index.Name && key.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && key.Name == index.Name)),
    ];

    private void CreateIndex(RelationInfo table, IndexInfo index)
    {
        var name = DdlNames.Object(index.Name);
        if (index.Method is not ("btree" or "hnsw")) throw DdlRefusals.Unsupported($"index method \"{index.Method}\"");
        if (index.Predicate is not null) throw DdlRefusals.Unsupported("a partial index");
        if (index.Columns.Any(column => column.StartsWith('('))) throw DdlRefusals.Unsupported("an index on an expression");
        if (index.Method == "hnsw")
        {
            Add(Phase.Indexes, $"CREATE INDEX {name} ON TABLE {IrisNames.Table(table)} ({DdlNames.Columns(table, index.Columns)}) AS {Hnsw(index)}");
            return;
        }

        if (index.Unique) TableText.RefuseInexact(table, index.Columns, $"unique index \"{index.Name}\"");
        Add(Phase.Indexes, $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {name} ON TABLE {IrisNames.Table(table)} ({DdlNames.Columns(table, index.Columns)})");
    }

    private string Hnsw(IndexInfo index)
    {
        if (!context.Options.HasHnsw) throw DdlRefusals.Unsupported("index method \"hnsw\" before version 2025.1");
        var distance = index.OperatorClass switch
        {
            "vector_cosine_ops" => "Cosine",
            "vector_ip_ops" => "DotProduct",
            var operators => throw DdlRefusals.Unsupported($"operator class \"{operators}\" of hnsw"),
        };
        var options = (index.Options ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Replace("ef_construction", "efConstruction", StringComparison.Ordinal).Replace("m=", "M=", StringComparison.Ordinal));
        return $"HNSW({string.Join(", ", options.Prepend($"Distance='{distance}'"))})";
    }
}
