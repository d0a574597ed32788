using System.Collections.Frozen;
using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>The form in which IRIS keeps a value.</summary>
public enum Storage
{
    /// <summary>BIT: 1, 0, NULL.</summary>
    Boolean,
    Integer,

    /// <summary>NUMERIC(p,s). Its values come back without their scale.</summary>
    Numeric,
    Double,
    Text,

    /// <summary>Text without the trailing blanks of char(n).</summary>
    BlankStripped,
    Date,
    Time,

    /// <summary>Timestamp, or timestamptz in UTC.</summary>
    Timestamp,

    /// <summary>36 characters, lower case.</summary>
    Uuid,
    Bytes,

    /// <summary>VECTOR(FLOAT, n). Goes and comes as text, and IRIS is not asked to compare it.</summary>
    Vector,

    /// <summary>PostgreSQL's text of the value, which IRIS can neither compare nor compute with.</summary>
    PgText,
}

/// <summary>How PostgreSQL's types are kept in IRIS: the table of docs/iris.md.</summary>
public static class IrisTypes
{
    /// <summary>Digits IRIS computes with exactly.</summary>
    public const int MaxDigits = 18;

    /// <summary>A number to compare with: bound as a number, whatever its digits, not as the text a numeric without bounds is kept in.</summary>
    internal static int AnyNumber { get; } = Typmod.Numeric(MaxDigits, MaxDigits);

    private const string Exact = " COLLATE %EXACT";

    private const string AnyText = "VARCHAR(65535)";

    private static readonly FrozenDictionary<uint, (Storage Storage, string Type)> Table = new Dictionary<uint, (Storage, string)>
    {
        [Oids.Bool] = (Storage.Boolean, "BIT"),
        [Oids.Int2] = (Storage.Integer, "SMALLINT"),
        [Oids.Int4] = (Storage.Integer, "INTEGER"),
        [Oids.Int8] = (Storage.Integer, "BIGINT"),
        [Oids.Oid] = (Storage.Integer, "BIGINT"),
        [Oids.Float4] = (Storage.Double, "DOUBLE"),
        [Oids.Float8] = (Storage.Double, "DOUBLE"),
        [Oids.Text] = (Storage.Text, AnyText),
        [Oids.VarChar] = (Storage.Text, AnyText),
        [Oids.Name] = (Storage.Text, "VARCHAR(64)"),
        [Oids.BpChar] = (Storage.BlankStripped, AnyText),
        [Oids.Date] = (Storage.Date, "DATE"),
        [Oids.Time] = (Storage.Time, "TIME(6)"),
        [Oids.Timestamp] = (Storage.Timestamp, "TIMESTAMP"),
        [Oids.TimestampTz] = (Storage.Timestamp, "TIMESTAMP"),
        [Oids.Uuid] = (Storage.Uuid, "VARCHAR(36)"),
        [Oids.Bytea] = (Storage.Bytes, "VARBINARY(65535)"),
        [Oids.Vector] = (Storage.Vector, "VECTOR(FLOAT)"),
    }.ToFrozenDictionary();

    public static Storage StorageOf(TypeRef type) => type.Oid switch
    {
        Oids.Numeric => IsBounded(type.Typmod) ? Storage.Numeric : Storage.PgText,
        _ => Table.TryGetValue(type.Oid, out var entry) ? entry.Storage : Storage.PgText,
    };

    /// <summary>A column of a table that was there before the gateway may be kept otherwise than its type says.</summary>
    public static Storage StorageOf(ColumnInfo column) => column.Remote?.DataType switch
    {
        "NUMERIC" or "DECIMAL" => Storage.Numeric,
        "DOUBLE" or "FLOAT" or "REAL" => Storage.Double,
        "LONGVARCHAR" or "WLONGVARCHAR" => Storage.PgText,
        "BINARY" or "VARBINARY" or "LONGVARBINARY" => Storage.Bytes,
        _ => StorageOf(column.Type),
    };

    /// <summary>The type a column is declared with, its collation included.</summary>
    public static string DdlType(TypeRef type)
    {
        switch (type.Oid)
        {
            case Oids.Numeric when IsBounded(type.Typmod):
                return NumericType(type.Typmod);
            case Oids.Numeric:
                return "VARCHAR(2000)" + Exact;
            case Oids.Vector when type.Typmod > 0:
                return string.Create(CultureInfo.InvariantCulture, $"VECTOR(FLOAT, {type.Typmod})");
            case Oids.VarChar or Oids.BpChar when type.Typmod >= 4:
                return string.Create(CultureInfo.InvariantCulture, $"VARCHAR({type.Typmod - 4})") + Exact;
        }

        if (!Table.TryGetValue(type.Oid, out var entry)) return AnyText + Exact;
        return entry.Storage is Storage.Text or Storage.BlankStripped or Storage.Uuid ? entry.Type + Exact : entry.Type;
    }

    /// <summary>IRIS compares and orders such values as PostgreSQL does. Of the others it can only tell whether they are NULL.</summary>
    public static bool Comparable(TypeRef type) => Comparable(StorageOf(type));

    public static bool Comparable(Storage storage) => storage is not (Storage.Bytes or Storage.Vector or Storage.PgText);

    /// <summary>The target of a CAST that gives an untyped marker its type and loses nothing; null when there is none.</summary>
    public static string? CastType(TypeRef type) => StorageOf(type) switch
    {
        Storage.Numeric => NumericType(type.Typmod),
        Storage.Bytes or Storage.Vector => null,
        Storage.PgText when type.Oid == Oids.Numeric => null,
        Storage.Text or Storage.BlankStripped or Storage.Uuid or Storage.PgText => "VARCHAR(3641144)",
        Storage.Time => "TIME",
        _ => Table[type.Oid].Type,
    };

    /// <summary>The marker of a parameter. A vector is given no length: TO_VECTOR would pad or cut it instead of failing.</summary>
    public static string Marker(TypeRef type) => type.Oid == Oids.Vector ? "TO_VECTOR(?, FLOAT)" : "?";

    /// <summary>numeric(p,s) that IRIS keeps as a number.</summary>
    private static bool IsBounded(int typmod) =>
        typmod >= 4 && Typmod.Precision(typmod) <= MaxDigits && Typmod.Scale(typmod) is >= 0 and var scale && scale <= Typmod.Precision(typmod);

    private static string NumericType(int typmod) =>
        string.Create(CultureInfo.InvariantCulture, $"NUMERIC({Typmod.Precision(typmod)},{Typmod.Scale(typmod)})");
}
