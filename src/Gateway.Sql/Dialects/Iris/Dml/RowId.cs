using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>The pseudo column <c>%ID</c> that every table of IRIS has: its row's id, a bigint that never changes.</summary>
public static class RowId
{
    public const string Name = "%ID";

    public static TypeRef Type { get; } = new(Oids.Int8);

    /// <summary>A reference to it in a bound tree.</summary>
    public static ColumnRef Of(string alias, RelationInfo relation) =>
        new([alias, Name]) { Column = new BoundColumn(alias, Name, Type, relation, null, 0), Type = Type };

    /// <summary>A column that a user called so has its <see cref="BoundColumn.Column"/>.</summary>
    public static bool Is(ColumnRef reference) => reference.Column is { Name: Name, Column: null, Relation: not null };

    public static InputRef Identity { get; } = new(new Input(InputKind.Identity, 0, Type)) { Type = Type };
}
