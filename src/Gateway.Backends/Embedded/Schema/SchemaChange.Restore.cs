using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <remarks>Making relations again from their descriptions: for a shadow of another database, without rows.</remarks>
internal sealed partial class SchemaChange
{
    /// <summary>Relations must come after those they refer to, save for foreign keys.</summary>
    public void Restore(StoredRelation relation)
    {
        switch (relation.Info.Kind)
        {
            case RelationKind.Sequence:
                MakeSequence(relation.Info.Schema, relation.Info.Name, relation.Info.Oid, false, relation.Sequence!);
                break;
            case RelationKind.View:
                RestoreView(relation);
                break;
            default:
                RestoreTable(relation);
                break;
        }
    }

    private void RestoreTable(StoredRelation relation)
    {
        var info = relation.Info;

        // What the engine would do for a generated column or a default is nothing to a table without rows.
        var plain = info with { Columns = [.. info.Columns.Select(column => column with { Default = null, Generated = null, Sequence = null })] };
        connection.Run(TableSql.Create(plain with { Constraints = [.. info.Constraints.Where(c => c.Kind != ConstraintKind.Check)] }, StorageNames.Sql(info), _expressions));
        foreach (var sql in TableSql.CreateKeys(info, StorageNames.Quote(StorageNames.Of(info)))) connection.Run(sql);
        foreach (var index in info.Indexes)
            if (!info.Constraints.Any(key => key.Name == index.Name))
                connection.Run($"CREATE INDEX {TableSql.IndexName(info, index.Name)} ON {StorageNames.Quote(StorageNames.Of(info))} ({StorageNames.Quote(info.Columns[0].Name)})");
        connection.Save(relation);
    }

    private void RestoreView(StoredRelation relation)
    {
        var info = relation.Info;
        connection.Run($"CREATE VIEW {StorageNames.Quote(StorageNames.Of(info))} ({StorageNames.Columns(info.Columns.Select(column => column.Name))}) AS {ViewText(info)}");
        connection.Save(relation);
    }

    // A view of another database, or one that does not fit any more, is one without rows.
    private string ViewText(RelationInfo view)
    {
        try
        {
            if (view is { Remote: not { Foreign: true }, Definition: { } text } && Parser.ParseSingle(text) is QueryStatement query)
            {
                using var none = new ValueList();
                return SingleStep(Bind(query, none)).Sql;
            }
        }
        catch (PgException)
        {
        }

        return $"SELECT {string.Join(", ", view.Columns.Select(_ => "NULL"))} WHERE 0";
    }
}
