using System.Globalization;

namespace Gateway.Types;

/// <summary>Intervals as people write them: PostgreSQL's own words, ISO 8601, and the SQL standard's <c>1-2 3 4:05:06</c>.</summary>
internal ref struct IntervalInput
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private long _months;
    private long _days;
    private Int128 _time;
    private int _seen;
    private bool _any;

    // INTERVAL_MASK in PostgreSQL's timestamp.h.
    private const int Months = 1 << 1, YearsField = 1 << 2, DaysField = 1 << 3, Hours = 1 << 10, Minutes = 1 << 11, Seconds = 1 << 12;

    private readonly int _fields;

    private IntervalInput(ReadOnlySpan<byte> text, int typmod)
    {
        _text = text;
        _fields = typmod < 0 ? -1 : (typmod >> 16) & 0x7FFF;
    }

    /// <param name="typmod">Its fields (<c>day to hour</c>) say what a number without a unit counts.</param>
    /// <exception cref="PgException">22007, or 22015 when a field is too large.</exception>
    public static PgInterval Parse(ReadOnlySpan<byte> text, FormatSettings settings, int typmod = -1)
    {
        var input = new IntervalInput(text, typmod);
        var trimmed = Ascii.Trim(text);
        if (trimmed.Length > 0 && trimmed[0] == 'P') input.ReadIso(trimmed);
        else input.ReadWords();
        if (!input._any) throw input.Syntax();

        // In the standard's own style one leading minus is for everything behind it.
        if (settings.IntervalStyle == "sql_standard" && trimmed[0] == '-' && trimmed[1..].IndexOfAny((byte)'-', (byte)'+') is var sign
            && (sign < 0 || (trimmed[1 + sign] == '-' && sign > 0 && Ascii.IsDigit(trimmed[sign]) && trimmed[(2 + sign)..].IndexOfAny((byte)'-', (byte)'+') < 0)))
        {
            if (input._months > 0) input._months = -input._months;
            if (input._days > 0) input._days = -input._days;
            if (input._time > 0) input._time = -input._time;
        }

        return input.Result();
    }

    private readonly PgInterval Result() =>
        _months == (int)_months && _days == (int)_days && _time >= long.MinValue && _time <= long.MaxValue
            ? new PgInterval((int)_months, (int)_days, (long)_time)
            : throw TooLarge();

    private readonly PgException Syntax() =>
        new(SqlStates.InvalidDatetimeFormat, $"invalid input syntax for type interval: \"{Ascii.String(_text)}\"");

    private readonly PgException TooLarge() => new("22015", $"interval field value out of range: \"{Ascii.String(_text)}\"");

    private readonly byte Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : (byte)0;

    private void SkipSpace()
    {
        while (_at < _text.Length && Ascii.IsSpace(_text[_at])) _at++;
    }

    private void ReadWords()
    {
        var ago = false;
        for (SkipSpace(); _at < _text.Length; SkipSpace())
        {
            var b = _text[_at];
            if (b == '@' && !_any)
            {
                _at++;
                continue;
            }

            if (ago) throw Syntax();
            if (Ascii.IsLetter(b))
            {
                var start = _at;
                while (Ascii.IsLetter(Peek())) _at++;
                if (!Ascii.Is(_text[start.._at], "ago"u8) || !_any) throw Syntax();
                ago = true;
                continue;
            }

            Quantity();
            _any = true;
        }

        if (ago) (_months, _days, _time) = (-_months, -_days, -_time);
    }

    // A signed number and its unit, a time of day, or years-months.
    private void Quantity()
    {
        var negative = Peek() == '-';
        if (Peek() is (byte)'-' or (byte)'+') _at++;
        SkipSpace();
        var start = _at;
        while (Ascii.IsDigit(Peek())) _at++;
        var digits = _text[start.._at];
        if (Peek() == ':' && !digits.IsEmpty)
        {
            Time(digits, negative);
            return;
        }

        if (Peek() == '-' && !digits.IsEmpty && Ascii.IsDigit(Peek(1)))
        {
            _at++;
            start = _at;
            while (Ascii.IsDigit(Peek())) _at++;
            var months = Number(_text[start.._at]);
            if (months >= 12) throw TooLarge();
            Once(Unit.Year);
            Once(Unit.Month);
            var total = (Number(digits) * 12) + months;
            _months += negative ? -total : total;
            return;
        }

        double fraction = 0;
        if (Peek() == '.')
        {
            start = _at++;
            while (Ascii.IsDigit(Peek())) _at++;
            if (_at - start == 1 && digits.IsEmpty) throw Syntax();
            if (_at - start > 1) fraction = double.Parse(_text[start.._at], CultureInfo.InvariantCulture);
        }
        else if (digits.IsEmpty)
        {
            throw Syntax();
        }

        var unit = ReadUnit();
        Once(unit);
        var value = Number(digits);
        Add(unit, negative ? -value : value, negative ? -fraction : fraction);
    }

    private Unit ReadUnit()
    {
        SkipSpace();
        var start = _at;
        while (Ascii.IsLetter(Peek())) _at++;
        var word = _text[start.._at];
        if (!word.IsEmpty && !Ascii.Is(word, "ago"u8)) return UnitOf(word) ?? throw Syntax();
        _at = start;

        // No unit: days in front of a time of day, seconds at the end.
        var ahead = 0;
        if (Peek() is (byte)'-' or (byte)'+') ahead++;
        var firstDigit = ahead;
        while (Ascii.IsDigit(Peek(ahead))) ahead++;
        if (ahead > firstDigit && Peek(ahead) == ':') return Unit.Day;
        if (_at == _text.Length || !word.IsEmpty) return LastUnit;
        return LastUnit == Unit.Hour && ahead > firstDigit && _at + ahead == _text.Length ? Unit.Day : throw Syntax();
    }

    private readonly Unit LastUnit => _fields switch
    {
        YearsField => Unit.Year,
        Months or (YearsField | Months) => Unit.Month,
        DaysField => Unit.Day,
        Hours or (DaysField | Hours) => Unit.Hour,
        Minutes or (Hours | Minutes) or (DaysField | Hours | Minutes) => Unit.Minute,
        _ => Unit.Second,
    };

    private void Time(ReadOnlySpan<byte> first, bool negative)
    {
        _at++;
        var start = _at;
        while (Ascii.IsDigit(Peek())) _at++;
        var second = _text[start.._at];
        ReadOnlySpan<byte> third = default;
        var hasThird = Peek() == ':';
        if (hasThird)
        {
            start = ++_at;
            while (Ascii.IsDigit(Peek())) _at++;
            third = _text[start.._at];
        }

        var microseconds = 0;
        var hasFraction = Peek() == '.';
        if (hasFraction)
        {
            start = ++_at;
            while (Ascii.IsDigit(Peek())) _at++;
            microseconds = DateTimeInput.Microseconds(_text[start.._at]);
        }

        if (second.IsEmpty || (hasThird && third.IsEmpty)) throw Syntax();
        Once(Unit.Hour);
        Once(Unit.Minute);
        Once(Unit.Second);
        var shift = !hasThird && (hasFraction || _fields == (Minutes | Seconds));
        var (h, m, s) = shift ? (0, Number(first), Number(second)) : (Number(first), Number(second), third.IsEmpty ? 0 : Number(third));
        if (m > 59 || s > 60) throw TooLarge();
        var time = ((Int128)h * Calendar.MicrosecondsPerHour) + (m * Calendar.MicrosecondsPerMinute)
            + (s * Calendar.MicrosecondsPerSecond) + microseconds;
        _time += negative ? -time : time;
    }

    private readonly long Number(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 18) throw TooLarge();
        long value = 0;
        foreach (var d in digits) value = (value * 10) + (d - '0');
        return value;
    }

    private void Once(Unit unit)
    {
        if ((_seen & (1 << (int)unit)) != 0) throw Syntax();
        _seen |= 1 << (int)unit;
    }

    private void Add(Unit unit, long value, double fraction)
    {
        switch (unit)
        {
            case Unit.Microsecond: Micros(value, fraction, 1); break;
            case Unit.Millisecond: Micros(value, fraction, 1000); break;
            case Unit.Second: Micros(value, fraction, Calendar.MicrosecondsPerSecond); break;
            case Unit.Minute: Micros(value, fraction, Calendar.MicrosecondsPerMinute); break;
            case Unit.Hour: Micros(value, fraction, Calendar.MicrosecondsPerHour); break;
            case Unit.Day: WithDays(value, fraction, 1); break;
            case Unit.Week: WithDays(value, fraction, 7); break;
            case Unit.Month:
                WithMonths(value);
                WithDays(0, fraction, 30);
                break;
            case Unit.Year: Years(value, fraction, 1); break;
            case Unit.Decade: Years(value, fraction, 10); break;
            case Unit.Century: Years(value, fraction, 100); break;
            case Unit.Millennium: Years(value, fraction, 1000); break;
        }
    }

    private void Years(long value, double fraction, int years)
    {
        WithMonths(checked(Math.Clamp(value, int.MinValue, int.MaxValue) * 12 * years));
        WithMonths((long)Math.Round(fraction * years * 12, MidpointRounding.ToEven));
    }

    private void WithMonths(long months)
    {
        _months += Math.Clamp(months, -(1L << 40), 1L << 40);
    }

    // The whole days of a fraction, and what is left of the last one as time.
    private void WithDays(long value, double fraction, int days)
    {
        _days += Math.Clamp(value, -(1L << 40), 1L << 40) * days;
        fraction *= days;
        var whole = (int)fraction;
        _days += whole;
        Micros(0, fraction - whole, Calendar.MicrosecondsPerDay);
    }

    private void Micros(long value, double fraction, long unit)
    {
        _time += (Int128)value * unit;
        fraction *= unit;
        var whole = (long)fraction;
        fraction -= whole;
        _time += whole + (fraction > 0.5 ? 1 : fraction < -0.5 ? -1 : 0);
    }

    private void ReadIso(ReadOnlySpan<byte> text)
    {
        _at = _text.IndexOf((byte)'P') + 1;
        var end = _text.Length;
        while (Ascii.IsSpace(_text[end - 1])) end--;
        var inTime = false;
        if (text.Length == 1) throw Syntax();
        while (_at < end)
        {
            if (Peek() == 'T')
            {
                inTime = _any = true;
                _at++;
                continue;
            }

            var (value, fraction, negative) = IsoNumber();
            if (_at < end && Peek() == '-' && !inTime && fraction == 0) { IsoDate(value); continue; }
            if (_at < end && Peek() == ':' && inTime) { IsoTime(value, negative); continue; }
            if (_at == end) throw Syntax();
            var unit = (char)_text[_at++] switch
            {
                'Y' when !inTime => Unit.Year,
                'M' when !inTime => Unit.Month,
                'W' when !inTime => Unit.Week,
                'D' when !inTime => Unit.Day,
                'H' when inTime => Unit.Hour,
                'M' when inTime => Unit.Minute,
                'S' when inTime => Unit.Second,
                _ => throw Syntax(),
            };
            Add(unit, value, fraction);
            _any = true;
        }
    }

    private (long Value, double Fraction, bool Negative) IsoNumber()
    {
        var negative = Peek() == '-';
        if (Peek() is (byte)'-' or (byte)'+') _at++;
        var start = _at;
        while (Ascii.IsDigit(Peek())) _at++;
        var value = Number(_text[start.._at]);
        var digits = _at - start;
        double fraction = 0;
        if (Peek() == '.')
        {
            start = _at++;
            while (Ascii.IsDigit(Peek())) _at++;
            digits += _at - start - 1;
            if (_at - start > 1) fraction = double.Parse(_text[start.._at], CultureInfo.InvariantCulture);
        }

        if (digits == 0) throw Syntax();
        return negative ? (-value, -fraction, true) : (value, fraction, false);
    }

    private void IsoDate(long year)
    {
        WithMonths(year * 12);
        _at++;
        WithMonths(IsoNumber().Value);
        if (Peek() == '-')
        {
            _at++;
            _days += IsoNumber().Value;
        }

        _any = true;
    }

    private void IsoTime(long hour, bool negative)
    {
        Micros(hour, 0, Calendar.MicrosecondsPerHour);
        _at++;
        var minute = IsoNumber().Value;
        Micros(negative ? -minute : minute, 0, Calendar.MicrosecondsPerMinute);
        if (Peek() == ':')
        {
            _at++;
            var (second, fraction, _) = IsoNumber();
            Micros(negative ? -second : second, negative ? -fraction : fraction, Calendar.MicrosecondsPerSecond);
        }

        _any = true;
    }

    private enum Unit
    {
        Microsecond,
        Millisecond,
        Second,
        Minute,
        Hour,
        Day,
        Week,
        Month,
        Year,
        Decade,
        Century,
        Millennium,
    }

    private static Unit? UnitOf(ReadOnlySpan<byte> word)
    {
        if (word.Length > 16) return null;
        return Ascii.String(word).ToLowerInvariant() switch
        {
            "microsecond" or "microseconds" or "microsecon" or "us" or "usec" or "usecs" or "usecond" or "useconds" => Unit.Microsecond,
            "millisecond" or "milliseconds" or "millisecon" or "ms" or "msec" or "msecs" or "msecond" or "mseconds" => Unit.Millisecond,
            "s" or "sec" or "secs" or "second" or "seconds" => Unit.Second,
            "m" or "min" or "mins" or "minute" or "minutes" => Unit.Minute,
            "h" or "hr" or "hrs" or "hour" or "hours" => Unit.Hour,
            "d" or "day" or "days" => Unit.Day,
            "w" or "week" or "weeks" => Unit.Week,
            "mon" or "mons" or "month" or "months" => Unit.Month,
            "y" or "yr" or "yrs" or "year" or "years" => Unit.Year,
            "dec" or "decs" or "decade" or "decades" => Unit.Decade,
            "c" or "cent" or "century" or "centuries" => Unit.Century,
            "mil" or "mils" or "millennium" or "millennia" => Unit.Millennium,
            _ => null,
        };
    }
}
