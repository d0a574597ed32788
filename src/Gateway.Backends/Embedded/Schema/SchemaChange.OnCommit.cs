using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <remarks>What ON COMMIT asks for is done at the end of every transaction that wrote something, just before its commit.</remarks>
internal sealed partial class SchemaChange
{
    /// <summary>Drops and empties the temporary tables that are to be at a commit.</summary>
    /// <exception cref="PgException">0A000 for foreign keys between tables that differ in it.</exception>
    public void EndTransaction(IReadOnlyCollection<StoredRelation> temporary)
    {
        var drop = temporary.Where(table => table.OnCommit == "drop").ToList();
        var empty = temporary.Where(table => table.OnCommit == "delete rows").ToList();
        if (drop.Count + empty.Count == 0) return;
        connection.EnforceForeignKeys(false);
        try
        {
            // Without a notice about the views that go with them.
            var together = temporary.Where(relation => relation.Info.Kind == RelationKind.View).Concat(drop).Select(relation => relation.Info.Oid).ToHashSet();
            foreach (var table in drop) DropRelation(table, cascade: true, together);
            foreach (var table in empty)
            {
                foreach (var (other, _) in Referencing(table.Info))
                    if (other.OnCommit != table.OnCommit)
                        throw new PgException(SqlStates.FeatureNotSupported, "unsupported ON COMMIT and foreign key combination")
                        {
                            Detail = $"Table \"{other.Info.Name}\" references \"{table.Info.Name}\", but they do not have the same ON COMMIT setting.",
                        };
                connection.Run($"DELETE FROM {StorageNames.Sql(table.Info)}");
            }
        }
        finally
        {
            connection.EnforceForeignKeys(true);
        }
    }

    private static void RequireTemporary(string? onCommit, string schema)
    {
        if (onCommit is not null && schema != TemporarySchema)
            throw new PgException("42P16", "ON COMMIT can only be used on temporary tables");
    }
}
