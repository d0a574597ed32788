using System.Numerics;

namespace Gateway.Types;

/// <summary>Roots, powers, exponentials and logarithms, correctly rounded at the scale PostgreSQL chooses.</summary>
public readonly partial struct PgNumeric
{
    /// <exception cref="PgException">2201F for a negative number.</exception>
    public PgNumeric Sqrt()
    {
        if (IsNaN || _kind == NumericKind.PositiveInfinity) return this;
        if (Sign < 0) throw new PgException("2201F", "cannot take square root of a negative number");
        return Sqrt(DisplayScale(MinSignificantDigits - ((LeadingGroup().Weight * 2) + 1), _scale));
    }

    /// <summary>The square root with that many digits behind the point; the number is finite and not negative.</summary>
    public PgNumeric Sqrt(int scale)
    {
        if (IsZero) return new PgNumeric(0L, scale);
        // One digit more than wanted, then rounded: the root of a decimal is never half way between two others.
        var shift = (2 * (scale + 1)) - _scale;
        var radicand = shift >= 0 ? Mantissa * Powers.Big(shift) : BigInteger.Divide(Mantissa, Powers.Big(-shift));
        return new PgNumeric(Powers.RoundedShift(FixedPoint.Sqrt(radicand), 1), scale);
    }

    /// <exception cref="PgException">22003 when the result is too large.</exception>
    public PgNumeric Exp()
    {
        if (IsNaN || _kind == NumericKind.PositiveInfinity) return this;
        if (IsInfinity) return Zero;
        var magnitude = Math.Clamp(ToDouble() * 0.434294481903252, -2000, 2000);
        var scale = DisplayScale(MinSignificantDigits - (long)magnitude, _scale);
        return ExpAtScale(Mantissa, _scale, scale);
    }

    /// <summary>The natural logarithm.</summary>
    /// <exception cref="PgException">2201E for zero and below.</exception>
    public PgNumeric Ln()
    {
        RequirePositive();
        if (!IsFinite) return this;
        var scale = DisplayScale(MinSignificantDigits - LnWeight(this), _scale);
        var guard = scale + 10;
        return new PgNumeric(Powers.RoundedShift(FixedPoint.Ln(Mantissa, _scale, guard), guard - scale), scale);
    }

    /// <summary>The decimal logarithm.</summary>
    /// <exception cref="PgException">2201E for zero and below.</exception>
    public PgNumeric Log10() => Log(new PgNumeric(10L, 0));

    /// <summary>The logarithm to a base.</summary>
    /// <exception cref="PgException">2201E for zero and below, 22012 for base 1.</exception>
    public PgNumeric Log(PgNumeric logBase)
    {
        if (IsNaN || logBase.IsNaN) return NaN;
        logBase.RequirePositive();
        RequirePositive();
        if (!IsFinite || !logBase.IsFinite) return logBase.IsFinite ? PositiveInfinity : IsFinite ? Zero : NaN;
        var scale = DisplayScale(MinSignificantDigits - (LnWeight(this) - LnWeight(logBase)), Math.Max(_scale, logBase._scale));
        var guard = scale + 20 + Math.Max(LnWeight(this), 0) + Math.Max(-LnWeight(logBase), 0);
        var divisor = FixedPoint.Ln(logBase.Mantissa, logBase._scale, guard);
        if (divisor.IsZero) throw DivisionByZero();
        var dividend = FixedPoint.Ln(Mantissa, _scale, guard);
        return new PgNumeric(Powers.RoundedDivide(dividend * Powers.Big(scale), divisor), scale);
    }

    /// <exception cref="PgException">2201F for results that do not exist, 22003 for one too large.</exception>
    public PgNumeric Power(PgNumeric exponent)
    {
        if (!IsFinite || !exponent.IsFinite) return PowerOfSpecial(exponent);
        if (IsZero && exponent.Sign < 0) throw new PgException("2201F", "zero raised to a negative power is undefined");
        var whole = exponent.Truncate(0);
        var isWhole = whole == exponent;
        if (Sign < 0 && !isWhole)
            throw new PgException("2201F", "a negative number raised to a non-integer power yields a complex result");
        if (isWhole && whole.IsSmall && whole._small is >= int.MinValue and <= int.MaxValue)
            return WholePower((int)whole._small, DisplayScale(MinSignificantDigits, _scale));
        if (IsZero) return new PgNumeric(0L, MinSignificantDigits);
        return RealPower(exponent, negative: Sign < 0 && !whole.Mantissa.IsEven);
    }

    private PgNumeric RealPower(PgNumeric exponent, bool negative)
    {
        var positive = Abs();
        var estimate = (double)positive.LnEstimate() * exponent.ToDouble();
        if (Math.Abs(estimate) > 2000 * 3.01)
            return estimate > 0 ? throw Overflow() : new PgNumeric(0L, MaxDisplayScale);
        var decimals = (long)(estimate * 0.434294481903252);
        var scale = DisplayScale(MinSignificantDigits - decimals, Math.Max(_scale, exponent._scale));
        var guard = scale + 20 + (int)Math.Max(decimals, 0) + Powers.DigitCount(exponent.Mantissa);
        var ln = FixedPoint.Ln(positive.Mantissa, positive._scale, guard);
        var result = ExpAtScale(ln * exponent.Mantissa, guard + exponent._scale, scale);
        return negative ? -result : result;
    }

    private PgNumeric WholePower(int exponent, int scale)
    {
        if (exponent == 0) return new PgNumeric(Powers.Big(scale), scale);
        if (exponent == 1) return Round(scale);
        if (IsZero) return new PgNumeric(0L, scale);
        var power = Math.Abs((long)exponent);
        var digits = (BigInteger.Log10(BigInteger.Abs(Mantissa)) - _scale) * exponent;
        if (digits > NumericText.MaxIntegerDigits + 1) throw Overflow();
        if (digits < -scale - 2) return new PgNumeric(0L, scale);

        // Exact while that is cheap; otherwise with more significant digits than the result can show.
        if (Powers.DigitCount(Mantissa) * (double)power <= 20_000)
        {
            var exact = BigInteger.Pow(Mantissa, (int)power);
            var exactScale = checked(_scale * power);
            if (exponent > 0) return Checked(Rescale(exact, exactScale, scale), scale);
            return Checked(Powers.RoundedDivide(Powers.Big((int)exactScale + scale), exact), scale);
        }

        var keep = (int)Math.Max(digits, 0) + scale + 25 + (int)Math.Log10(power);
        var (mantissa, ten) = FixedPoint.Pow(Mantissa, -(long)_scale, power, keep);
        if (exponent > 0) return Checked(Rescale(mantissa, -ten, scale), scale);
        return Checked(Rescale(BigInteger.Divide(Powers.Big(2 * keep), mantissa), ten + (2L * keep), scale), scale);
    }

    private static BigInteger Rescale(BigInteger mantissa, long scale, int wanted)
    {
        if (scale <= wanted) return mantissa * Powers.Big((int)(wanted - scale));
        return Powers.RoundedShift(mantissa, (int)(scale - wanted));
    }

    private PgNumeric PowerOfSpecial(PgNumeric exponent)
    {
        if (IsNaN) return exponent.IsZero ? One : NaN;
        if (exponent.IsNaN) return this == One ? One : NaN;
        if (exponent.IsZero || this == One) return One;
        if (IsZero) return exponent.Sign < 0 ? throw new PgException("2201F", "zero raised to a negative power is undefined") : Zero;
        if (exponent.IsInfinity)
        {
            var magnitude = Abs().CompareTo(One);
            if (magnitude == 0) return One;
            return magnitude > 0 == exponent.Sign > 0 ? PositiveInfinity : Zero;
        }

        if (exponent.Sign < 0) return Zero;
        if (Sign > 0) return PositiveInfinity;
        var whole = exponent.Truncate(0);
        if (whole != exponent) throw new PgException("2201F", "a negative number raised to a non-integer power yields a complex result");
        return whole.Mantissa.IsEven ? PositiveInfinity : NegativeInfinity;
    }

    private static PgNumeric ExpAtScale(BigInteger mantissa, int mantissaScale, int scale)
    {
        var decimals = (BigInteger.IsNegative(mantissa) ? -1 : 1) * Math.Exp(BigInteger.Log(BigInteger.Abs(mantissa)) - (mantissaScale * Math.Log(10))) * 0.434294481903252;
        if (mantissa.IsZero) decimals = 0;
        if (decimals > NumericText.MaxIntegerDigits) throw Overflow();
        if (decimals < -scale - 2) return new PgNumeric(0L, scale);
        var guard = scale + 12 + (int)Math.Max(decimals, 0);
        return Checked(Powers.RoundedShift(FixedPoint.Exp(mantissa, mantissaScale, guard), guard - scale), scale);
    }

    private double LnEstimate() => BigInteger.Log(Mantissa) - (_scale * Math.Log(10));

    // The decimal exponent of ln(value), which decides how many digits are shown.
    private static int LnWeight(PgNumeric value)
    {
        if (value.Sign <= 0) return 0;
        var distance = (value - One).Abs();
        if (distance <= new PgNumeric(1L, 1))
        {
            if (distance.IsZero) return 0;
            var (weight, group) = distance.LeadingGroup();
            return (weight * 4) + (int)Math.Log10(group);
        }

        return (int)Math.Log10(Math.Abs(value.LnEstimate()));
    }

    private void RequirePositive()
    {
        if (IsNaN) return;
        if (IsZero) throw new PgException("2201E", "cannot take logarithm of zero");
        if (Sign < 0) throw new PgException("2201E", "cannot take logarithm of a negative number");
    }
}
