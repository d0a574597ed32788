using Gateway.Sql.Schema;

namespace Gateway.Backends.Iris;

/// <summary>What relations and columns are called in IRIS.</summary>
internal static class RemoteNames
{
    public const string DefaultSchema = "SQLUser";

    public static string Schema(string schema) => schema == "public" ? DefaultSchema : schema;

    public static RemoteTable Table(RelationInfo relation) => relation.Remote ?? new RemoteTable(Schema(relation.Schema), relation.Name);

    public static string Column(ColumnInfo column) => column.Remote?.Name ?? column.Name;
}
