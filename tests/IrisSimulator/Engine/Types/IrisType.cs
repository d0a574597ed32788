namespace IrisSimulator.Engine.Types;

public enum IrisKind
{
    Null, Bit, TinyInt, SmallInt, Integer, BigInt, Numeric, Double, VarChar, Guid, Date, Time, Timestamp, PosixTime,
    VarBinary, LongVarChar, LongVarBinary, Vector, List,
}

/// <summary>The static type of a column or an expression.</summary>
/// <param name="Length">Characters, bytes or vector elements; null is without a limit.</param>
/// <param name="Precision">Digits in all of a NUMERIC; fractional digits of a TIME or a timestamp.</param>
/// <param name="Element">FLOAT, DOUBLE, DECIMAL, INTEGER or TIMESTAMP for a vector.</param>
/// <param name="Ddl">The class behind the column where it differs in behaviour: Counter, RowVersion, Currency, Char, Small.</param>
public sealed record IrisType(IrisKind Kind, int? Length = null, int Precision = 0, int Scale = 0, string? Element = null, string? Ddl = null)
{
    public static readonly IrisType Null = new(IrisKind.Null);
    public static readonly IrisType Bit = new(IrisKind.Bit);
    public static readonly IrisType TinyInt = new(IrisKind.TinyInt);
    public static readonly IrisType SmallInt = new(IrisKind.SmallInt);
    public static readonly IrisType Integer = new(IrisKind.Integer);
    public static readonly IrisType BigInt = new(IrisKind.BigInt);
    public static readonly IrisType Double = new(IrisKind.Double);
    public static readonly IrisType Text = new(IrisKind.VarChar);
    public static readonly IrisType Guid = new(IrisKind.Guid, 36);
    public static readonly IrisType Date = new(IrisKind.Date);
    public static readonly IrisType Time = new(IrisKind.Time);
    public static readonly IrisType Timestamp = new(IrisKind.Timestamp, null, 9);
    public static readonly IrisType PosixTime = new(IrisKind.PosixTime, null, 6);
    public static readonly IrisType Binary = new(IrisKind.VarBinary);
    public static readonly IrisType List = new(IrisKind.List);

    public static IrisType Numeric(int precision, int scale) => new(IrisKind.Numeric, null, precision, Math.Clamp(scale, 0, 18));
    public static IrisType VarChar(int? length) => new(IrisKind.VarChar, length);

    public bool IsInteger => Kind is IrisKind.Bit or IrisKind.TinyInt or IrisKind.SmallInt or IrisKind.Integer or IrisKind.BigInt;
    public bool IsNumber => IsInteger || Kind is IrisKind.Numeric or IrisKind.Double;
    public bool IsText => Kind is IrisKind.VarChar or IrisKind.Guid or IrisKind.List;
    public bool IsStream => Kind is IrisKind.LongVarChar or IrisKind.LongVarBinary;
    public bool IsBinary => Kind is IrisKind.VarBinary or IrisKind.LongVarBinary;
    public bool IsTimestamp => Kind is IrisKind.Timestamp or IrisKind.PosixTime;
    public bool IsDateTime => IsTimestamp || Kind is IrisKind.Date or IrisKind.Time;

    /// <summary>Upper-case ODBC name, as the driver and INFORMATION_SCHEMA give it. A vector and a list show as VARCHAR.</summary>
    public string OdbcName => Kind switch
    {
        IrisKind.Null or IrisKind.VarChar or IrisKind.Vector or IrisKind.List => "VARCHAR",
        IrisKind.PosixTime or IrisKind.Timestamp => "TIMESTAMP",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>ODBC type code (section 8.1 of the reference).</summary>
    public int OdbcCode => Kind switch
    {
        IrisKind.Bit => -7, IrisKind.TinyInt => -6, IrisKind.SmallInt => 5, IrisKind.Integer => 4, IrisKind.BigInt => -5,
        IrisKind.Numeric => 2, IrisKind.Double => 8, IrisKind.Guid => -11, IrisKind.Date => 9, IrisKind.Time => 10,
        IrisKind.Timestamp or IrisKind.PosixTime => 11, IrisKind.VarBinary => -3, IrisKind.LongVarChar => -1,
        IrisKind.LongVarBinary => -4, _ => 12,
    };

    public Type ClrType => Kind switch
    {
        IrisKind.Bit => typeof(bool),
        IrisKind.TinyInt or IrisKind.SmallInt => typeof(short),
        IrisKind.Integer => typeof(int),
        IrisKind.BigInt => typeof(long),
        IrisKind.Numeric => typeof(decimal),
        IrisKind.Double => typeof(double),
        IrisKind.Date or IrisKind.Timestamp or IrisKind.PosixTime => typeof(DateTime),
        IrisKind.Time => typeof(TimeSpan),
        IrisKind.VarBinary or IrisKind.LongVarBinary => typeof(byte[]),
        _ => typeof(string),
    };

    /// <summary>Digits in all, for the metadata of a numeric column.</summary>
    public int? NumericPrecision => Kind switch
    {
        IrisKind.Bit => 1, IrisKind.TinyInt => 3, IrisKind.SmallInt => 5, IrisKind.Integer => 10, IrisKind.BigInt => 19,
        IrisKind.Numeric => Precision, IrisKind.Double => 20, _ => null,
    };

    public int? NumericScale => Kind switch
    {
        IrisKind.Numeric => Scale,
        IrisKind.Bit or IrisKind.TinyInt or IrisKind.SmallInt or IrisKind.Integer or IrisKind.BigInt => 0,
        IrisKind.Double => 16,
        _ => null,
    };

    /// <summary>The widest value an integer type holds; the narrowest is one less than its negative.</summary>
    public long MaxInteger => Kind switch
    {
        IrisKind.Bit => 1, IrisKind.TinyInt => sbyte.MaxValue, IrisKind.SmallInt => short.MaxValue,
        IrisKind.Integer => int.MaxValue, _ => long.MaxValue,
    };

    public long MinInteger => Kind is IrisKind.Bit ? 0 : -MaxInteger - 1;
}
