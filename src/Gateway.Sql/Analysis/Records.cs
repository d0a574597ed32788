using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Values of type record whose fields are known: rows as written, whole rows of tables, results of functions.</summary>
public static class Records
{
    /// <summary>Names and types of a record's fields; empty when it is none or they are not known.</summary>
    public static ImmutableArray<OutputColumn> Fields(Expr value) => value switch
    {
        RowConstructor row => [.. row.Items.Select((item, i) => new OutputColumn(row.Names.IsEmpty ? $"f{i + 1}" : row.Names[i], item.Type) { Row = Fields(item) })],
        ColumnRef { Column: { } column } => column.Row,
        FunctionCall { Resolved: { OutNames.IsEmpty: false } function } =>
            [.. function.OutNames.Zip(function.OutTypes, (name, type) => new OutputColumn(name, new TypeRef(type)))],
        ScalarSubquery { Type.Oid: Oids.Record, Query: Select { Items: [var only] } } => Fields(only.Value),
        Coalesce { Type.Oid: Oids.Record } coalesce => Fields(coalesce.Arguments[0]),
        Case { Type.Oid: Oids.Record } branches => Fields(branches.Whens[0].Result),
        _ => [],
    };

    internal static Expr Field(Expr record, ImmutableArray<OutputColumn> row, int index, int position) => record is RowConstructor { Source: null } written
        ? written.Items[index]
        : new FieldAccess(record, row[index].Name) { Index = index, Type = row[index].Type, Position = position };
}
