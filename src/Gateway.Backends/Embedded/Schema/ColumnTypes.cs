using Gateway.Sql.Tree;
using Gateway.Types;
using TypeNames = Gateway.Sql.Analysis.TypeNames;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Types of column definitions.</summary>
internal static class ColumnTypes
{
    public static TypeRef Resolve(TypeName name, string column)
    {
        var type = TypeNames.Resolve(name);
        return PgTypes.Get(type.Oid) is { Kind: 'p' } pseudo
            ? throw new PgException("42P16", $"column \"{column}\" has pseudo-type {pseudo.Name}")
            : type;
    }

    /// <summary>The integer type behind serial and its kin, or 0.</summary>
    public static uint SerialType(TypeName? name) => name is { ArrayDimensions: 0, Name.Parts.Length: 1 } ? name.Name.Last switch
    {
        "serial" or "serial4" => Oids.Int4,
        "bigserial" or "serial8" => Oids.Int8,
        "smallserial" or "serial2" => Oids.Int2,
        _ => 0,
    } : 0;
}
