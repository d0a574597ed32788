using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>ALTER … RENAME: of relations, columns and constraints.</summary>
internal sealed partial class SchemaChange
{
    private void Rename(StoredRelation relation, string newName)
    {
        var info = relation.Info;
        if (info.Name == newName) throw Duplicate(newName);
        if (Exists(info.Schema, newName)) throw Duplicate(newName);
        if (info.Kind != RelationKind.Sequence) RequireNoType(info.Schema, newName);
        RefuseForViews(relation, null);
        var renamed = relation with { Info = info with { Name = newName } };
        if (info.Kind != RelationKind.Table)
        {
            var view = connection.Query($"SELECT sql FROM {(info.Temporary ? "temp" : "main")}.sqlite_schema WHERE type = 'view' AND name = ?", row => row.GetString(0), StorageNames.Stored(info))[0];
            connection.Run($"DROP VIEW {StorageNames.Sql(info)}");
            var body = view[view.IndexOf(StorageNames.Quote(StorageNames.Of(info)), StringComparison.Ordinal)..][StorageNames.Quote(StorageNames.Of(info)).Length..];
            connection.Run($"CREATE {(info.Temporary ? "TEMP " : "")}VIEW {StorageNames.Quote(StorageNames.Of(renamed.Info))}{body}");
            connection.Save(renamed);
            if (info.Kind == RelationKind.Sequence)
                foreach (var (table, column) in DefaultsOf(relation))
                    connection.Save(table with { Info = table.Info with { Columns = table.Info.Columns.Replace(column, column with { Sequence = $"{info.Schema}.{newName}", Default = column.Default!.Replace(info.Name, newName, StringComparison.Ordinal) }) } });
            return;
        }

        connection.Run($"ALTER TABLE {StorageNames.Sql(info)} RENAME TO {StorageNames.Quote(StorageNames.Of(renamed.Info))}");
        foreach (var (table, _) in Referencing(info).DistinctBy(key => key.Table.Info.Oid))
        {
            var source = table.Info.Oid == info.Oid ? renamed : table;
            var changed = source with
            {
                Info = source.Info with
                {
                    Constraints = [.. source.Info.Constraints.Select(key => key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == info.Name && key.ReferencedSchema == info.Schema ? key with { ReferencedTable = newName } : key)],
                },
            };
            if (table.Info.Oid == info.Oid) renamed = changed;
            else connection.Save(changed);
        }

        connection.Save(renamed);
    }

    private void Rename(StoredRelation table, RenameColumn rename)
    {
        var column = Column(table, rename.Column);
        if (table.Info.FindColumn(rename.NewName) is not null)
            throw new PgException(SqlStates.DuplicateColumn, $"column \"{rename.NewName}\" of relation \"{table.Info.Name}\" already exists");
        RefuseForViews(table, rename.Column);
        connection.Run($"ALTER TABLE {StorageNames.Sql(table.Info)} RENAME COLUMN {StorageNames.Quote(rename.Column)} TO {StorageNames.Quote(rename.NewName)}");

        string Name(string name) => name == rename.Column ? rename.NewName : name;
        string Expression(string text) => PostgresDialect.Write(Parser.ParseExpression(text), reference => reference.Name == rename.Column ? rename.NewName : null);

        var info = table.Info;
        var changed = info with
        {
            Columns = [.. info.Columns.Select(c => (c == column ? c with { Name = rename.NewName } : c) with { Generated = c.Generated is null ? null : Expression(c.Generated) })],
            Constraints = [.. info.Constraints.Select(c => c with
            {
                Columns = [.. c.Columns.Select(Name)],
                Expression = c.Expression is null ? null : Expression(c.Expression),
            })],
            Indexes = [.. info.Indexes.Select(i => i with
            {
                Columns = [.. i.Columns.Select(name => name.StartsWith('(') ? $"({Expression(name)})" : Name(name))],
                Predicate = i.Predicate is null ? null : Expression(i.Predicate),
            })],
        };
        connection.Save(table with { Info = changed });
        foreach (var (other, _) in Referencing(changed).DistinctBy(key => key.Table.Info.Oid))
        {
            var current = connection.FindStored(other.Info.Oid)!;
            connection.Save(current with
            {
                Info = current.Info with
                {
                    Constraints = [.. current.Info.Constraints.Select(key => key.Kind == ConstraintKind.ForeignKey && key.ReferencedTable == info.Name && key.ReferencedSchema == info.Schema ? key with { ReferencedColumns = [.. key.ReferencedColumns.Select(Name)] } : key)],
                },
            });
        }

        foreach (var sequence in OwnedSequences(info.Oid, rename.Column))
            connection.Save(sequence with { Sequence = sequence.Sequence! with { OwnerColumn = rename.NewName } });
    }

    private void Rename(StoredRelation table, RenameConstraint rename)
    {
        var constraint = table.Info.Constraints.FirstOrDefault(candidate => candidate.Name == rename.Constraint)
            ?? throw new PgException(SqlStates.UndefinedObject, $"constraint \"{rename.Constraint}\" for table \"{table.Info.Name}\" does not exist");
        if (table.Info.Constraints.Any(candidate => candidate.Name == rename.NewName))
            throw new PgException(SqlStates.DuplicateObject, $"constraint \"{rename.NewName}\" for relation \"{table.Info.Name}\" already exists");
        if (TableSql.IsIndex(constraint, EmbeddedNames.ClusteredColumn(table.Info)))
            connection.Run($"DROP INDEX {TableSql.IndexName(table.Info, rename.Constraint)}");
        var changed = table with
        {
            Info = table.Info with
            {
                Constraints = table.Info.Constraints.Replace(constraint, constraint with { Name = rename.NewName }),
                Indexes = [.. table.Info.Indexes.Select(index => index.Name == rename.Constraint ? index with { Name = rename.NewName } : index)],
            },
        };
        if (TableSql.IsIndex(constraint, EmbeddedNames.ClusteredColumn(table.Info)))
        {
            var key = changed.Info.Constraints.First(candidate => candidate.Name == rename.NewName);
            connection.Run(TableSql.CreateKey(changed.Info, key, StorageNames.Quote(StorageNames.Of(changed.Info))));
            connection.Save(changed);
            return;
        }

        Rebuild(table, changed);
    }
}
