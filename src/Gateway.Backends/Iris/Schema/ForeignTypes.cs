using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Iris.Schema;

/// <summary>The PostgreSQL type of a column that was there before the gateway.</summary>
/// <remarks>docs/iris.md, from section 8.1 of the reference.</remarks>
internal static class ForeignTypes
{
    /// <summary>Beyond it varchar(n) is no type of PostgreSQL.</summary>
    private const int MaxLength = 10_485_760;

    /// <summary>Digits of an int4.</summary>
    private const int Int4Digits = 10;

    public static TypeRef Of(ColumnRow column) => column.DataType switch
    {
        "BIT" => new TypeRef(Oids.Bool),
        "TINYINT" or "SMALLINT" => new TypeRef(Oids.Int2),

        // A class may let an %Integer have 64 bits.
        "INTEGER" or "INT" => new TypeRef(column.Precision > Int4Digits ? Oids.Int8 : Oids.Int4),
        "BIGINT" => new TypeRef(Oids.Int8),
        "NUMERIC" or "DECIMAL" => Numeric(column.Precision, column.Scale),
        "DOUBLE" or "FLOAT" or "REAL" => new TypeRef(Oids.Float8),
        "DATE" => new TypeRef(Oids.Date),
        "TIME" => new TypeRef(Oids.Time),
        "TIMESTAMP" or "POSIXTIME" or "DATETIME" => new TypeRef(Oids.Timestamp),
        "VECTOR" => new TypeRef(Oids.Vector),
        "GUID" => new TypeRef(Oids.Uuid),
        "BINARY" or "VARBINARY" or "LONGVARBINARY" => new TypeRef(Oids.Bytea),
        "CHAR" or "VARCHAR" or "WCHAR" or "WVARCHAR" when column.Length is > 0 and <= MaxLength and var length =>
            new TypeRef(Oids.VarChar, Typmod.Length(length)),
        "CHAR" or "VARCHAR" or "WCHAR" or "WVARCHAR" => new TypeRef(Oids.VarChar),
        _ => new TypeRef(Oids.Text),
    };

    /// <summary>Strings compare by SQLUPPER unless they are declared otherwise, which the catalog does not tell.</summary>
    public static bool FoldsCase(string dataType) => dataType is "CHAR" or "VARCHAR" or "WCHAR" or "WVARCHAR";

    private static TypeRef Numeric(int? precision, int? scale) =>
        precision is > 0 and <= 1000 && scale is >= 0 && scale <= precision
            ? new TypeRef(Oids.Numeric, Typmod.Numeric(precision.Value, scale.Value))
            : new TypeRef(Oids.Numeric);
}
