using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>Names and types as DDL writes them.</summary>
internal static class DdlNames
{
    public static string Schema(string schema)
    {
        if (schema != "public" && (!IrisNames.IsWritable(schema) || IrisNames.Comparer.Equals(schema, IrisNames.DefaultSchema)))
            throw PgException.Unsupported($"schema name \"{schema}\" is not supported by IRIS");
        return IrisNames.Quote(IrisNames.Schema(schema));
    }

    public static string RemoteSchema(RelationInfo relation) => relation.Remote?.Schema ?? IrisNames.Schema(relation.Schema);

    /// <summary>Without its schema.</summary>
    public static string BareTable(RelationInfo relation) => IrisNames.Quote(relation.Remote?.Name ?? relation.Name);

    public static string Columns(RelationInfo table, ImmutableArray<string> names) => string.Join(", ", names.Select(name => IrisNames.Column(table.FindColumn(name)!)));

    /// <summary>A constraint's or index's name. Nothing keeps another one for it, so it must be derived from its own.</summary>
    public static string Object(string name) => IrisNames.Quote(IrisNames.Unique(name, new HashSet<string>(IrisNames.Comparer)));

    public static string Type(ColumnInfo column) => IrisTypes.DdlType(column.Type);

    /// <summary>Equal values are kept in one form only, so that IRIS can tell keys apart.</summary>
    public static bool HasOneForm(TypeRef type) => IrisTypes.Comparable(type)
        || type.Oid is Oids.Bytea or Oids.Inet or Oids.Cidr or Oids.Macaddr or Oids.Macaddr8 or Oids.Bit or Oids.VarBit or Oids.TimeTz or Oids.Money;
}
