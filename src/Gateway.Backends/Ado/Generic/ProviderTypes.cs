using System.Data.Common;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>The PostgreSQL type that holds every value of a column, and no more than that.</summary>
internal static class ProviderTypes
{
    /// <summary>By the .NET type that the provider hands its values over as; null when they are only known by their text.</summary>
    public static TypeRef? Of(DbColumn column)
    {
        var name = column.DataTypeName?.ToUpperInvariant() ?? "";
        return column.DataType switch
        {
            { } type when type == typeof(bool) => new TypeRef(Oids.Bool),
            { } type when type == typeof(short) || type == typeof(byte) || type == typeof(sbyte) => new TypeRef(Oids.Int2),
            { } type when type == typeof(int) || type == typeof(ushort) => new TypeRef(Oids.Int4),
            { } type when type == typeof(long) || type == typeof(uint) => new TypeRef(Oids.Int8),
            { } type when type == typeof(ulong) => new TypeRef(Oids.Numeric),
            { } type when type == typeof(float) => new TypeRef(Oids.Float4),
            { } type when type == typeof(double) => new TypeRef(Oids.Float8),
            { } type when type == typeof(decimal) => Numeric(column),
            { } type when type == typeof(string) || type == typeof(char) => new TypeRef(Oids.Text),
            { } type when type == typeof(byte[]) => new TypeRef(Oids.Bytea),
            { } type when type == typeof(Guid) => new TypeRef(Oids.Uuid),
            { } type when type == typeof(DateTimeOffset) => new TypeRef(Oids.TimestampTz),
            { } type when type == typeof(DateOnly) || (type == typeof(DateTime) && name == "DATE") => new TypeRef(Oids.Date),
            { } type when type == typeof(DateTime) => new TypeRef(Oids.Timestamp),
            { } type when type == typeof(TimeOnly) => new TypeRef(Oids.Time),
            { } type when type == typeof(TimeSpan) => new TypeRef(Oids.Interval),
            _ => null,
        };
    }

    /// <summary>By what the column was declared as: SQLite keeps to it no further than its affinity, so no lengths and scales.</summary>
    public static TypeRef? OfSqlite(string declared)
    {
        var name = declared.ToUpperInvariant();
        if (name.IndexOf('(', StringComparison.Ordinal) is > 0 and var at) name = name[..at];
        name = name.Trim();
        return name switch
        {
            "BOOL" or "BOOLEAN" or "BIT" => new TypeRef(Oids.Bool),
            "DATE" => new TypeRef(Oids.Date),
            "DATETIME" or "TIMESTAMP" or "DATETIME2" => new TypeRef(Oids.Timestamp),
            "DATETIMEOFFSET" or "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => new TypeRef(Oids.TimestampTz),
            "TIME" => new TypeRef(Oids.Time),
            "UUID" or "GUID" or "UNIQUEIDENTIFIER" => new TypeRef(Oids.Uuid),
            "NUMERIC" or "DECIMAL" or "NUMBER" or "MONEY" => new TypeRef(Oids.Numeric),
            _ when name.Contains("INT", StringComparison.Ordinal) => new TypeRef(Oids.Int8),
            _ when name.Contains("CHAR", StringComparison.Ordinal) || name.Contains("CLOB", StringComparison.Ordinal) || name.Contains("TEXT", StringComparison.Ordinal) => new TypeRef(Oids.Text),
            _ when name.Contains("BLOB", StringComparison.Ordinal) || name.Contains("BINARY", StringComparison.Ordinal) || name == "BYTEA" => new TypeRef(Oids.Bytea),
            _ when name.Contains("REAL", StringComparison.Ordinal) || name.Contains("FLOA", StringComparison.Ordinal) || name.Contains("DOUB", StringComparison.Ordinal) => new TypeRef(Oids.Float8),
            _ => null,
        };
    }

    private static TypeRef Numeric(DbColumn column) =>
        column is { NumericPrecision: > 0 and var precision, NumericScale: >= 0 and var scale } && scale <= precision
            ? new TypeRef(Oids.Numeric, Typmod.Numeric(precision, scale))
            : new TypeRef(Oids.Numeric);
}
