using System.Globalization;
using System.Numerics;

namespace Gateway.Types;

/// <summary>numeric: an exact decimal of any size that remembers its scale, or NaN, or an infinity.</summary>
/// <remarks>
/// The value is mantissa / 10^scale. Results carry the scale PostgreSQL 15 gives them, so that they print digit for digit
/// alike. Mantissas of 64 bits are worked on without <see cref="BigInteger"/> where that is simple. default is 0.
/// </remarks>
public readonly partial struct PgNumeric : IComparable<PgNumeric>, IEquatable<PgNumeric>
{
    private readonly BigInteger _big;
    private readonly long _small;
    private readonly int _scale;
    private readonly NumericKind _kind;

    private PgNumeric(NumericKind kind) => _kind = kind;

    private PgNumeric(long mantissa, int scale) => (_small, _scale) = (mantissa, scale);

    private PgNumeric(BigInteger mantissa, int scale)
    {
        _scale = scale;
        if (mantissa >= long.MinValue && mantissa <= long.MaxValue) _small = (long)mantissa;
        else (_big, _kind) = (mantissa, NumericKind.Big);
    }

    public static PgNumeric Zero => default;

    public static PgNumeric One { get; } = new(1L, 0);

    public static PgNumeric NaN { get; } = new(NumericKind.NaN);

    public static PgNumeric PositiveInfinity { get; } = new(NumericKind.PositiveInfinity);

    public static PgNumeric NegativeInfinity { get; } = new(NumericKind.NegativeInfinity);

    /// <summary>Digits behind the dot when printed.</summary>
    public int Scale => _scale;

    public bool IsNaN => _kind == NumericKind.NaN;

    public bool IsInfinity => _kind is NumericKind.PositiveInfinity or NumericKind.NegativeInfinity;

    public bool IsFinite => _kind <= NumericKind.Big;

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public int Sign => _kind switch
    {
        NumericKind.Small => Math.Sign(_small),
        NumericKind.Big => _big.Sign,
        NumericKind.PositiveInfinity => 1,
        NumericKind.NegativeInfinity => -1,
        _ => 0,
    };

    public bool IsZero => _kind == NumericKind.Small && _small == 0;

    private bool IsSmall => _kind == NumericKind.Small;

    private BigInteger Mantissa => _kind == NumericKind.Big ? _big : _small;

    /// <summary>mantissa / 10^scale.</summary>
    public static PgNumeric Create(BigInteger mantissa, int scale) => new(mantissa, scale);

    public static PgNumeric FromInt64(long value) => new(value, 0);

    /// <summary>The cast from float8: 15 significant digits.</summary>
    public static PgNumeric FromDouble(double value) => FromFloat(value, "E14");

    /// <summary>The cast from float4: 6 significant digits.</summary>
    public static PgNumeric FromSingle(float value) => FromFloat(value, "E5");

    public static implicit operator PgNumeric(long value) => new(value, 0);

    public double ToDouble()
    {
        if (IsNaN) return double.NaN;
        if (IsInfinity) return Sign > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        if (IsSmall && _scale <= 22 && Math.Abs((double)_small) < 9007199254740992) return _small / Math.Pow(10, _scale);
        return double.Parse(Mantissa.ToString(CultureInfo.InvariantCulture) + "E-" + _scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Rounded half away from zero.</summary>
    /// <exception cref="PgException">22003 <c>bigint out of range</c>; 0A000 for NaN and the infinities.</exception>
    public long ToInt64()
    {
        if (!IsFinite)
            throw new PgException(SqlStates.FeatureNotSupported, $"cannot convert {(IsNaN ? "NaN" : "infinity")} to bigint");
        var rounded = Round(0);
        return rounded.IsSmall ? rounded._small : throw new PgException(SqlStates.NumericValueOutOfRange, "bigint out of range");
    }

    /// <summary>NaN is greater than everything and equal to itself.</summary>
    public int CompareTo(PgNumeric other)
    {
        if (!IsFinite || !other.IsFinite) return Rank(_kind).CompareTo(Rank(other._kind));
        if (IsSmall && other.IsSmall)
        {
            if (_scale == other._scale) return _small.CompareTo(other._small);
            if (Math.Abs(_scale - other._scale) <= 18)
            {
                var (a, b) = ((Int128)_small, (Int128)other._small);
                if (_scale < other._scale) a *= Powers.Int64(other._scale - _scale);
                else b *= Powers.Int64(_scale - other._scale);
                return a.CompareTo(b);
            }
        }

        var (left, right, _) = Align(this, other);
        return left.CompareTo(right);
    }

    public bool Equals(PgNumeric other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is PgNumeric other && Equals(other);

    /// <summary>Equal values hash alike whatever their scales.</summary>
    public override int GetHashCode()
    {
        if (!IsFinite) return (int)_kind;
        var trimmed = TrimScale();
        return HashCode.Combine(trimmed.Mantissa, trimmed._scale);
    }

    public static bool operator ==(PgNumeric left, PgNumeric right) => left.CompareTo(right) == 0;

    public static bool operator !=(PgNumeric left, PgNumeric right) => left.CompareTo(right) != 0;

    public static bool operator <(PgNumeric left, PgNumeric right) => left.CompareTo(right) < 0;

    public static bool operator >(PgNumeric left, PgNumeric right) => left.CompareTo(right) > 0;

    public static bool operator <=(PgNumeric left, PgNumeric right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PgNumeric left, PgNumeric right) => left.CompareTo(right) >= 0;

    private static int Rank(NumericKind kind) => kind switch
    {
        NumericKind.NegativeInfinity => -1,
        NumericKind.PositiveInfinity => 1,
        NumericKind.NaN => 2,
        _ => 0,
    };

    private static PgNumeric FromFloat(double value, string format)
    {
        if (double.IsNaN(value)) return NaN;
        if (double.IsInfinity(value)) return value > 0 ? PositiveInfinity : NegativeInfinity;
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        var mark = text[..length].IndexOf((byte)'E');
        var mantissa = text[..mark].TrimEnd((byte)'0').TrimEnd((byte)'.');
        Span<byte> typed = stackalloc byte[40];
        mantissa.CopyTo(typed);
        text[mark..length].CopyTo(typed[mantissa.Length..]);
        return Parse(typed[..(mantissa.Length + length - mark)]);
    }

    private static (BigInteger Left, BigInteger Right, int Scale) Align(PgNumeric a, PgNumeric b)
    {
        var (left, right) = (a.Mantissa, b.Mantissa);
        if (a._scale < b._scale) left *= Powers.Big(b._scale - a._scale);
        else if (b._scale < a._scale) right *= Powers.Big(a._scale - b._scale);
        return (left, right, Math.Max(a._scale, b._scale));
    }

    private enum NumericKind : byte
    {
        Small,
        Big,
        NaN,
        PositiveInfinity,
        NegativeInfinity,
    }
}
