using System.Data;
using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Types;

namespace IrisSimulator.Provider;

/// <summary>Between the engine's stored values and what ADO.NET hands over.</summary>
internal static class ClientValues
{
    public static object Value(object stored, IrisType type) => (type.Kind, stored) switch
    {
        (IrisKind.Bit, long bit) => bit != 0,
        (IrisKind.TinyInt or IrisKind.SmallInt, long number) => checked((short)number),
        (IrisKind.Integer, long number) => checked((int)number),
        (IrisKind.BigInt, long number) => number,
        (IrisKind.Numeric, _) => Conversions.Number(stored, type),
        (IrisKind.Double, _) => Conversions.Double(stored, type),
        (IrisKind.Date, long day) => Calendar.DateOf(day),
        (IrisKind.Time, long micros) => TimeSpan.FromTicks(micros * 10),
        (IrisKind.Timestamp or IrisKind.PosixTime, long micros) => Calendar.TimeOf(micros, DateTimeKind.Unspecified),
        (IrisKind.VarBinary or IrisKind.LongVarBinary, byte[] bytes) => bytes,
        _ => Conversions.Odbc(stored, type),
    };

    /// <summary>A parameter's value and the type it brings along. Types the driver does not know are refused.</summary>
    public static Argument Parameter(object? value)
    {
        var (stored, type) = Stored(value);
        return new Argument(stored, type);
    }

    private static (object? Stored, IrisType Type) Stored(object? value) => value switch
    {
        null or DBNull => (null, IrisType.Null),
        string text => (text, IrisType.VarChar(text.Length)),
        char one => (one.ToString(), IrisType.VarChar(1)),
        bool flag => (flag ? 1L : 0L, IrisType.Bit),
        sbyte or byte or short => (Convert.ToInt64(value), IrisType.SmallInt),
        ushort or int => (Convert.ToInt64(value), IrisType.Integer),
        uint or long => (Convert.ToInt64(value), IrisType.BigInt),
        decimal number => (Numbers.Store(number), IrisType.Numeric(28, number.Scale)),
        float number => ((double)number, IrisType.Double),
        double number => (number, IrisType.Double),
        DateTime moment => (Calendar.MicrosOf(moment), IrisType.Timestamp),
        TimeSpan time => (time.Ticks / 10, IrisType.Time),
        byte[] bytes => (bytes, IrisType.Binary),
        Guid guid => (guid.ToString(), IrisType.Guid),
        _ => throw new ArgumentException($"The driver has no parameter type for {value.GetType().Name}."),
    };

    public static DataTable SchemaTable(IReadOnlyList<ResultColumn> columns)
    {
        var table = new DataTable("SchemaTable");
        foreach (var (name, type) in new (string, Type)[]
        {
            ("ColumnName", typeof(string)), ("ColumnOrdinal", typeof(int)), ("ColumnSize", typeof(int)),
            ("NumericPrecision", typeof(short)), ("NumericScale", typeof(short)), ("DataType", typeof(Type)),
            ("ProviderType", typeof(int)), ("AllowDBNull", typeof(bool)), ("BaseSchemaName", typeof(string)),
            ("BaseTableName", typeof(string)), ("BaseColumnName", typeof(string)), ("IsAutoIncrement", typeof(bool)),
        })
            table.Columns.Add(name, type);
        for (var i = 0; i < columns.Count; i++)
        {
            var (label, type) = (columns[i].Label, columns[i].Type);
            table.Rows.Add(label, i, type.Length ?? 4096, type.NumericPrecision ?? 0, type.NumericScale ?? 0, type.ClrType, type.OdbcCode,
                columns[i].Nullable, columns[i].Schema, columns[i].Table, columns[i].Column, columns[i].Identity);
        }
        return table;
    }
}
