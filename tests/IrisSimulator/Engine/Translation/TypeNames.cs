using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

/// <summary>From the spelling of a type to what it stores (section 8.1).</summary>
internal static class TypeNames
{
    /// <summary>The type of a column; lengths default to 1.</summary>
    public static (IrisType Type, TextOrder Order) Column(DataType type)
    {
        var length = type.Length;
        var precision = type.Length;
        switch (type.Name.ToUpperInvariant())
        {
            case "BIT": return Exact(IrisType.Bit);
            case "TINYINT": return Exact(IrisType.TinyInt);
            case "SMALLINT": return Exact(IrisType.SmallInt);
            case "INT" or "INTEGER" or "MEDIUMINT": return Exact(IrisType.Integer);
            case "BIGINT": return Exact(IrisType.BigInt);
            case "SERIAL": return Exact(IrisType.BigInt with { Ddl = "Counter" });
            case "ROWVERSION": return Exact(IrisType.BigInt with { Ddl = "RowVersion" });
            case "NUMERIC" or "DECIMAL" or "DEC" or "NUMBER": return Exact(Numeric(precision ?? 15, type.Scale ?? 0));
            case "MONEY" or "SMALLMONEY": return Exact(IrisType.Numeric(19, 4) with { Ddl = "Currency" });
            case "DOUBLE" or "DOUBLE PRECISION" or "FLOAT" or "REAL": return Exact(IrisType.Double);
            case "VARCHAR" when type.Arguments is ["MAX"]: return Exact(new(IrisKind.LongVarChar));
            case "VARCHAR" when type.Arguments is [""]: return (IrisType.VarChar(3_641_144), TextOrder.SqlUpper);
            case "SYSNAME": return (IrisType.VarChar(128), TextOrder.SqlUpper);
            case "CHAR" or "CHARACTER" or "NCHAR": return (IrisType.VarChar(length ?? 1) with { Ddl = "Char" }, TextOrder.SqlUpper);
            case "TEXT" or "NTEXT" or "LONGTEXT" or "CLOB" or "LONGVARCHAR" or "LONG": return Exact(new(IrisKind.LongVarChar));
            case "BINARY" or "VARBINARY" or "RAW" or "BINARY VARYING": return Exact(new(IrisKind.VarBinary, length ?? 1));
            case "BLOB" or "IMAGE" or "LONGVARBINARY" or "LONG BINARY" or "LONG RAW": return Exact(new(IrisKind.LongVarBinary));
            case "DATE": return Exact(IrisType.Date);
            case "TIME": return Exact(IrisType.Time with { Precision = precision ?? 0 });
            case "TIMESTAMP" or "POSIXTIME": return Exact(IrisType.PosixTime);
            case "DATETIME" or "DATETIME2": return Exact(IrisType.Timestamp with { Precision = 6, Ddl = "DateTime" });
            case "TIMESTAMP2": return Exact(IrisType.Timestamp);
            case "SMALLDATETIME": return Exact(IrisType.Timestamp with { Precision = 0, Ddl = "Small" });
            case "UNIQUEIDENTIFIER" or "GUID": return Exact(IrisType.Guid);
            case "VECTOR":
                var element = type.Arguments.Count > 0 ? Vectors.Name(type.Arguments[0]) : null;
                return Exact(new(IrisKind.Vector, type.Scale, Element: element));
            case "EMBEDDING": return Exact(new(IrisKind.Vector, Element: "FLOAT"));
            case "%LIST" or "%LIBRARY.LIST": return Exact(IrisType.List);
            case var name when name.Contains("VARYING") || name.Contains("VARCHAR"): return (IrisType.VarChar(length ?? 1), TextOrder.SqlUpper);
            case var name when name.StartsWith('%'): return Class(name, type.ClassParameters);
            default: throw Fail.With(-400, $"ERROR #5373: Class '{type.Name}' does not exist");
        }

        static (IrisType, TextOrder) Exact(IrisType type) => (type, TextOrder.Exact);
    }

    private static IrisType Numeric(int precision, int scale)
    {
        if (scale is < 0 or > 18 || precision < 1 || precision > 19 + scale || scale > precision)
            throw Fail.With(-400, $"ERROR #5490: NUMERIC({precision},{scale}) is out of range");
        return IrisType.Numeric(precision, scale);
    }

    /// <summary>A data type class by name. Without MAXLEN a string class holds 50 characters.</summary>
    private static (IrisType, TextOrder) Class(string name, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var length = parameters.Where(p => p.Key.Equals("MAXLEN", StringComparison.OrdinalIgnoreCase)).Select(p => p.Value).FirstOrDefault();
        var scale = parameters.Where(p => p.Key.Equals("SCALE", StringComparison.OrdinalIgnoreCase)).Select(p => int.Parse(p.Value)).FirstOrDefault(0);
        return name[(name.LastIndexOf('.') + 1)..].TrimStart('%') switch
        {
            "STRING" => (IrisType.VarChar(length is null ? 50 : length.Length == 0 ? 3_641_144 : int.Parse(length)), TextOrder.SqlUpper),
            "INTEGER" => (IrisType.Integer, TextOrder.Exact),
            "SMALLINT" => (IrisType.SmallInt, TextOrder.Exact),
            "TINYINT" => (IrisType.TinyInt, TextOrder.Exact),
            "BIGINT" => (IrisType.BigInt, TextOrder.Exact),
            "BOOLEAN" => (IrisType.Bit, TextOrder.Exact),
            "NUMERIC" or "DECIMAL" => (IrisType.Numeric(19 + scale, scale), TextOrder.Exact),
            "CURRENCY" => (IrisType.Numeric(19, 4), TextOrder.Exact),
            "DOUBLE" => (IrisType.Double, TextOrder.Exact),
            "DATE" => (IrisType.Date, TextOrder.Exact),
            "TIME" => (IrisType.Time, TextOrder.Exact),
            "TIMESTAMP" or "DATETIME" => (IrisType.Timestamp, TextOrder.Exact),
            "POSIXTIME" => (IrisType.PosixTime, TextOrder.Exact),
            "BINARY" => (new(IrisKind.VarBinary, length is null ? 50 : int.Parse(length)), TextOrder.Exact),
            "COUNTER" => (IrisType.BigInt with { Ddl = "Counter" }, TextOrder.Exact),
            "ROWVERSION" => (IrisType.BigInt with { Ddl = "RowVersion" }, TextOrder.Exact),
            "UNIQUEIDENTIFIER" => (IrisType.Guid, TextOrder.Exact),
            "LIST" => (IrisType.List, TextOrder.Exact),
            _ => throw Fail.With(-400, $"ERROR #5373: Class '{name}' does not exist"),
        };
    }

    /// <summary>CAST: CHAR cuts at 1, VARCHAR at 30, CHAR VARYING nowhere; NUMERIC without a scale keeps 15 digits of it.</summary>
    public static IrisType CastTarget(DataType type) => type.Name.ToUpperInvariant() switch
    {
        "CHAR" or "CHARACTER" or "NCHAR" => IrisType.VarChar(type.Length ?? 1),
        "VARCHAR" when type.Arguments is ["MAX"] => throw Fail.With(-376, "Unsupported CAST target"),
        "VARCHAR" when type.Arguments is [""] => IrisType.Text,
        "VARCHAR" or "NVARCHAR" => IrisType.VarChar(type.Length ?? 30),
        "CHAR VARYING" or "CHARACTER VARYING" or "NATIONAL VARCHAR" => IrisType.VarChar(type.Length),
        "DEC" or "DECIMAL" or "NUMERIC" => IrisType.Numeric(type.Length ?? 28, type.Arguments.Count > 1 ? type.Scale ?? 0 : type.Length is null ? 15 : 0),
        "BINARY" or "VARBINARY" => new(IrisKind.VarBinary, type.Length),
        "TIME" => IrisType.Time with { Precision = 6 },
        "TIMESTAMP" or "DATETIME" or "SMALLDATETIME" => IrisType.Timestamp,
        "TEXT" or "CLOB" or "LONGVARCHAR" or "BLOB" or "IMAGE" or "LONGVARBINARY" or "REAL" or "FLOAT" or "BOOLEAN" or "JSON" =>
            throw Fail.With(-376, "Unsupported CAST target"),
        _ => Column(type).Type,
    };

    /// <summary>CONVERT names types as SQL does, {fn CONVERT} as SQL_VARCHAR.</summary>
    public static IrisType ConvertTarget(DataType type)
    {
        var name = type.Name.ToUpperInvariant();
        if (name.StartsWith("SQL_", StringComparison.Ordinal)) name = name[4..];
        return name switch
        {
            "VARCHAR" or "LONGVARCHAR" when type.Arguments.Count == 0 => IrisType.Text,
            "POSIXTIME" => IrisType.PosixTime,
            "FLOAT" or "REAL" or "DOUBLE" => IrisType.Double,
            _ => CastTarget(type with { Name = name }),
        };
    }
}
