using System.Collections.Immutable;
using System.Text;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>A table's columns and keys as IRIS writes them.</summary>
internal static class TableText
{
    public static string Create(RelationInfo table, DdlContext context)
    {
        if (table.Columns.IsEmpty) throw DdlRefusals.Unsupported("a table without columns");
        var elements = new List<string>();
        if (table.Comment is { } comment) elements.Add($"%DESCRIPTION {Quoted(comment)}");
        foreach (var column in table.Columns) elements.Add(Column(column, context));
        foreach (var key in table.Constraints)
            if (key.Kind != ConstraintKind.Check) elements.Add(Key(table, key, context));
        return $"CREATE TABLE {IrisNames.Table(table)} ({string.Join(", ", elements)})";
    }

    public static string Column(ColumnInfo column, DdlContext context)
    {
        var text = new StringBuilder(IrisNames.Column(column)).Append(' ');
        if (IrisDefaults.IsNumbered(column))
        {
            // Numbers come by themselves, and a number that is given is kept.
            RefuseShared(column, context);
            text.Append("SERIAL");
        }
        else
        {
            if (column.Type.Oid == Oids.Vector && !context.Options.HasVector) throw DdlRefusals.Unsupported("type vector before version 2024.1");
            text.Append(DdlNames.Type(column));
            if (IrisDefaults.Clause(column) is { } value) text.Append(" DEFAULT ").Append(value);
            if (column.NotNull) text.Append(" NOT NULL");
        }

        if (column.Comment is { } comment) text.Append(" %DESCRIPTION ").Append(Quoted(comment));
        return text.ToString();
    }

    public static string Key(RelationInfo table, ConstraintInfo key, DdlContext context)
    {
        RefuseInexact(table, key.Columns, $"constraint \"{key.Name}\"");
        var columns = DdlNames.Columns(table, key.Columns);
        var text = $"CONSTRAINT {DdlNames.Object(key.Name)} ";
        switch (key.Kind)
        {
            case ConstraintKind.PrimaryKey:
                return text + $"PRIMARY KEY ({columns})";
            case ConstraintKind.Unique:
                return text + $"UNIQUE ({columns})";
            default:
                var target = key.ReferencedSchema == table.Schema && key.ReferencedTable == table.Name
                    ? table
                    : context.After.Find(key.ReferencedSchema!, key.ReferencedTable!)
                        ?? throw new PgException(SqlStates.UndefinedTable, $"relation \"{key.ReferencedTable}\" does not exist");
                return text + $"FOREIGN KEY ({columns}) REFERENCES {IrisNames.Table(target)} ({DdlNames.Columns(target, key.ReferencedColumns)})"
                    + Action("DELETE", key.OnDelete) + Action("UPDATE", key.OnUpdate);
        }
    }

    // RESTRICT and NO ACTION differ only for constraints that are checked late.
    private static string Action(string on, string? action) =>
        action is "cascade" or "set null" or "set default" ? $" ON {on} {action.ToUpperInvariant()}" : "";

    /// <summary>IRIS tells keys apart by what it keeps: of some types equal values are kept in several forms.</summary>
    public static void RefuseInexact(RelationInfo table, ImmutableArray<string> columns, string what)
    {
        foreach (var name in columns)
            if (table.FindColumn(name) is { } column && !DdlNames.HasOneForm(column.Type))
                throw PgException.Unsupported($"{what} on column \"{name}\" of type {TypeNames.Format(column.Type.Oid, column.Type.Typmod)} is not supported by IRIS");
    }

    private static void RefuseShared(ColumnInfo column, DdlContext context)
    {
        if (column.Sequence is not { } sequence) return;
        var users = context.After.Relations.Sum(relation => relation.Kind == RelationKind.Table ? relation.Columns.Count(other => other.Sequence == sequence) : 0);
        if (users > 1) throw DdlRefusals.Unsupported($"a second column that takes its numbers from sequence \"{sequence[(sequence.IndexOf('.', StringComparison.Ordinal) + 1)..]}\"");
    }

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
