using System.Numerics;

namespace Gateway.Types;

/// <summary>The four operations, rounding and their result scales.</summary>
public readonly partial struct PgNumeric
{
    // A quotient shows at least this many significant digits, and never more than so many behind the dot.
    private const int MinSignificantDigits = 16;
    private const int MaxDisplayScale = 1000;

    public static PgNumeric operator -(PgNumeric value) => value._kind switch
    {
        NumericKind.PositiveInfinity => NegativeInfinity,
        NumericKind.NegativeInfinity => PositiveInfinity,
        NumericKind.NaN => value,
        NumericKind.Small when value._small != long.MinValue => new PgNumeric(-value._small, value._scale),
        _ => new PgNumeric(-value.Mantissa, value._scale),
    };

    public static PgNumeric operator +(PgNumeric left, PgNumeric right)
    {
        if (!left.IsFinite || !right.IsFinite)
            return left.IsNaN || right.IsNaN || (left.IsInfinity && right.IsInfinity && left._kind != right._kind) ? NaN : left.IsFinite ? right : left;
        if (left.IsSmall && right.IsSmall && left._scale == right._scale)
        {
            var sum = unchecked(left._small + right._small);
            if (((left._small ^ sum) & (right._small ^ sum)) >= 0) return new PgNumeric(sum, left._scale);
        }

        var (a, b, scale) = Align(left, right);
        return Checked(a + b, scale);
    }

    public static PgNumeric operator -(PgNumeric left, PgNumeric right) => left + -right;

    public static PgNumeric operator *(PgNumeric left, PgNumeric right)
    {
        if (!left.IsFinite || !right.IsFinite)
        {
            if (left.IsNaN || right.IsNaN || left.IsZero || right.IsZero) return NaN;
            return left.Sign * right.Sign > 0 ? PositiveInfinity : NegativeInfinity;
        }

        var scale = left._scale + right._scale;
        if (left.IsSmall && right.IsSmall && scale <= NumericText.MaxScale)
        {
            var product = (Int128)left._small * right._small;
            if (product >= long.MinValue && product <= long.MaxValue) return new PgNumeric((long)product, scale);
        }

        var result = left.Mantissa * right.Mantissa;
        if (scale > NumericText.MaxScale) (result, scale) = (Powers.RoundedShift(result, scale - NumericText.MaxScale), NumericText.MaxScale);
        return Checked(result, scale);
    }

    /// <exception cref="PgException">22012 division by zero.</exception>
    public static PgNumeric operator /(PgNumeric left, PgNumeric right)
    {
        if (!left.IsFinite || !right.IsFinite)
        {
            if (left.IsNaN || right.IsNaN || (left.IsInfinity && right.IsInfinity)) return NaN;
            if (right.IsInfinity) return Zero;
            if (right.IsZero) throw DivisionByZero();
            return left.Sign * right.Sign > 0 ? PositiveInfinity : NegativeInfinity;
        }

        if (right.IsZero) throw DivisionByZero();
        var scale = QuotientScale(left, right);
        return Checked(Quotient(left, right, scale), scale);
    }

    /// <summary>The remainder of truncating division; the sign is the dividend's.</summary>
    /// <exception cref="PgException">22012 division by zero.</exception>
    public static PgNumeric operator %(PgNumeric left, PgNumeric right)
    {
        if (!left.IsFinite || !right.IsFinite)
        {
            if (left.IsNaN || right.IsNaN) return NaN;
            if (left.IsInfinity) return right.IsZero ? throw DivisionByZero() : NaN;
            return left;
        }

        if (right.IsZero) throw DivisionByZero();
        var (a, b, scale) = Align(left, right);
        return new PgNumeric(BigInteger.Remainder(a, b), scale);
    }

    /// <summary>div(): the quotient truncated to an integer.</summary>
    /// <exception cref="PgException">22012 division by zero.</exception>
    public PgNumeric IntegerDivide(PgNumeric divisor)
    {
        if (!IsFinite || !divisor.IsFinite) return this / divisor;
        if (divisor.IsZero) throw DivisionByZero();
        var (a, b, _) = Align(this, divisor);
        return new PgNumeric(BigInteger.Divide(a, b), 0);
    }

    public PgNumeric Abs() => Sign < 0 ? -this : this;

    /// <summary>Rounds half away from zero to a number of digits behind the dot (negative: in front of it).</summary>
    public PgNumeric Round(int digits) => Shorten(digits, round: true);

    /// <summary>Cuts off all but a number of digits behind the dot (negative: in front of it).</summary>
    public PgNumeric Truncate(int digits) => Shorten(digits, round: false);

    public PgNumeric Ceiling()
    {
        var cut = Truncate(0);
        return IsFinite && Sign > 0 && cut != this ? cut + One : cut;
    }

    public PgNumeric Floor()
    {
        var cut = Truncate(0);
        return IsFinite && Sign < 0 && cut != this ? cut - One : cut;
    }

    /// <summary>trim_scale(): without the zeros at the end of the fraction.</summary>
    public PgNumeric TrimScale()
    {
        if (!IsFinite || _scale == 0) return this;
        if (IsZero) return Zero;
        var (mantissa, scale) = (Mantissa, _scale);
        while (scale > 0)
        {
            var shorter = BigInteger.DivRem(mantissa, 10, out var digit);
            if (!digit.IsZero) break;
            (mantissa, scale) = (shorter, scale - 1);
        }

        return new PgNumeric(mantissa, scale);
    }

    internal static PgException Overflow() => new(SqlStates.NumericValueOutOfRange, "value overflows numeric format");

    private static PgException DivisionByZero() => new(SqlStates.DivisionByZero, "division by zero");

    private static PgNumeric Checked(BigInteger mantissa, int scale)
    {
        var result = new PgNumeric(mantissa, scale);
        // 2^435000 has fewer than 131072 digits, so that only giants are counted.
        return !result.IsSmall && mantissa.GetBitLength() > 435_000 && Powers.DigitCount(mantissa) - scale > NumericText.MaxIntegerDigits
            ? throw Overflow()
            : result;
    }

    private static BigInteger Quotient(PgNumeric left, PgNumeric right, int scale)
    {
        var shift = scale + right._scale - left._scale;
        var (a, b) = (left.Mantissa, right.Mantissa);
        if (shift >= 0) a *= Powers.Big(shift);
        else b *= Powers.Big(-shift);
        return Powers.RoundedDivide(a, b);
    }

    // Enough for 16 significant digits, and no less than either operand shows. Counted in groups of four digits, as
    // PostgreSQL stores them, hence the leading group decides and not the leading digit.
    private static int QuotientScale(PgNumeric left, PgNumeric right)
    {
        var (leftWeight, leftFirst) = left.LeadingGroup();
        var (rightWeight, rightFirst) = right.LeadingGroup();
        var weight = leftWeight - rightWeight;
        if (leftFirst <= rightFirst) weight--;
        return DisplayScale(MinSignificantDigits - (weight * 4), Math.Max(left._scale, right._scale));
    }

    private static int DisplayScale(long wanted, int atLeast) => (int)Math.Min(Math.Max(Math.Max(wanted, atLeast), 0), MaxDisplayScale);

    /// <summary>The weight and value of the first group of four digits counted from the dot; (0, 0) for 0.</summary>
    private (int Weight, int Value) LeadingGroup()
    {
        if (IsZero) return (0, 0);
        var digits = IsSmall ? SmallDigits() : Powers.DigitCount(_big);
        var exponent = digits - 1 - _scale;
        var weight = (int)Calendar.FloorDiv(exponent, 4);
        // The group is the value shifted so that 10^(4 weight) is its unit.
        var shift = _scale + (weight * 4);
        if (IsSmall && shift is >= 0 and <= 18) return (weight, (int)Math.Abs(_small / Powers.Int64(shift)));
        var group = shift >= 0 ? BigInteger.Divide(Mantissa, Powers.Big(shift)) : Mantissa * Powers.Big(-shift);
        return (weight, (int)BigInteger.Abs(group));
    }

    /// <summary>The decimal exponent plus one: 3 for 123.4, -1 for 0.01; very small for 0.</summary>
    internal int IntegerDigits() => IsZero ? int.MinValue / 2 : (IsSmall ? SmallDigits() : Powers.DigitCount(_big)) - _scale;

    private int SmallDigits()
    {
        var value = _small < 0 ? (ulong)-_small : (ulong)_small;
        var digits = 0;
        for (; value > 0; value /= 10) digits++;
        return digits;
    }

    private PgNumeric Shorten(int digits, bool round)
    {
        if (!IsFinite) return this;
        digits = Math.Clamp(digits, -NumericText.MaxIntegerDigits - 1, NumericText.MaxScale);
        if (digits >= _scale) return digits == _scale ? this : new PgNumeric(Mantissa * Powers.Big(digits - _scale), digits);
        var drop = _scale - digits;
        if (IsSmall && digits >= 0)
        {
            if (drop > 19) return new PgNumeric(0L, digits);
            if (drop == 19) return new PgNumeric(round && Math.Abs((double)_small) >= 5e18 ? Math.Sign(_small) : 0L, digits);
            var power = Powers.Int64(drop);
            var quotient = _small / power;
            var rest = Math.Abs(_small % power);
            if (round && rest >= power - rest) quotient += Math.Sign(_small);
            return new PgNumeric(quotient, digits);
        }

        var cut = round ? Powers.RoundedShift(Mantissa, drop) : BigInteger.Divide(Mantissa, Powers.Big(drop));
        return digits >= 0 ? Checked(cut, digits) : Checked(cut * Powers.Big(-digits), 0);
    }
}
