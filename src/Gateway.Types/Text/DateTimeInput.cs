using System.Globalization;

namespace Gateway.Types;

/// <summary>What a date/time text said, and the conversion to each type.</summary>
/// <remarks>Source: appendix B of PostgreSQL's manual, with its server as the referee.</remarks>
internal ref partial struct DateTimeInput
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _type;
    private readonly FormatSettings _settings;
    private readonly DateOrder _order;
    private readonly bool _isTimeOnly;

    private int _at;
    private int _year;
    private int _yearDigits;
    private int _month;
    private int _day;
    private int _dayOfYear;
    private int? _julian;
    private long _time;
    private int _hour;
    private bool _hasYear;
    private bool _hasMonth;
    private bool _hasTextMonth;
    private bool _hasDay;
    private bool _hasTime;
    private bool _isBc;
    private bool _hasEra;
    private char _meridiem;
    private bool _timeExpected;
    private int? _offset;
    private TimeZoneInfo? _zone;
    private Keyword _keyword;

    private DateTimeInput(ReadOnlySpan<byte> text, string type, FormatSettings settings)
    {
        _text = text;
        _type = type;
        _settings = settings;
        _order = settings.Order();
        _isTimeOnly = type is "time" or "time with time zone";
    }

    private enum Keyword
    {
        None,
        Now,
        Today,
        Tomorrow,
        Yesterday,
        Epoch,
        Infinity,
        MinusInfinity,
    }

    private readonly bool HasDate => _hasYear && _hasMonth && _hasDay;

    private readonly bool HasNoDate => !_hasYear && !_hasMonth && !_hasDay;

    /// <exception cref="PgException">22007 for what cannot be read, 22008 for a field or value out of range, 22009 for a zone.</exception>
    public static DateTimeInput Parse(ReadOnlySpan<byte> text, string type, FormatSettings settings)
    {
        var input = new DateTimeInput(text, type, settings);
        input.Read();
        return input;
    }

    /// <summary>Days since 2000-01-01.</summary>
    public readonly long ToDate()
    {
        switch (_keyword)
        {
            case Keyword.Infinity: return int.MaxValue;
            case Keyword.MinusInfinity: return int.MinValue;
            case Keyword.Epoch: return Calendar.UnixEpochDays;
            case Keyword.Now or Keyword.Today or Keyword.Tomorrow or Keyword.Yesterday: return Today();
        }

        if (_julian is null && !HasDate) throw Syntax();
        var days = Days();
        return days is >= Calendar.FirstDay and <= Calendar.LastDay ? days : throw ValueOutOfRange("date");
    }

    /// <summary>µs since midnight.</summary>
    public readonly long ToTime()
    {
        if (_keyword == Keyword.Now) return Calendar.Modulo(LocalNow(), Calendar.MicrosecondsPerDay);
        return _hasTime && _keyword == Keyword.None ? _time : throw Syntax();
    }

    public readonly (long Time, int OffsetSeconds) ToTimeTz()
    {
        var time = ToTime();
        if (_offset is { } offset) return (time, offset);
        var day = HasDate ? Days() * Calendar.MicrosecondsPerDay : LocalNow() - Calendar.Modulo(LocalNow(), Calendar.MicrosecondsPerDay);
        return (time, Zones.OffsetAtLocal(_zone ?? _settings.TimeZone, day + time));
    }

    /// <summary>µs since 2000-01-01 on the clock that was written; a zone is read and ignored, as PostgreSQL does.</summary>
    public readonly long ToTimestamp() => _keyword switch
    {
        Keyword.Infinity => long.MaxValue,
        Keyword.MinusInfinity => long.MinValue,
        Keyword.Epoch => Calendar.UnixEpochDays * Calendar.MicrosecondsPerDay,
        Keyword.Now => LocalNow(),
        _ => Checked(Local()),
    };

    /// <summary>µs since 2000-01-01 UTC.</summary>
    public readonly long ToTimestampTz()
    {
        switch (_keyword)
        {
            case Keyword.Infinity: return long.MaxValue;
            case Keyword.MinusInfinity: return long.MinValue;
            case Keyword.Epoch: return Calendar.UnixEpochDays * Calendar.MicrosecondsPerDay;
            case Keyword.Now: return UtcNow();
        }

        var local = Local();
        var offset = _offset ?? Zones.OffsetAtLocal(_zone ?? _settings.TimeZone, Checked(local));
        return Checked(local - ((Int128)offset * Calendar.MicrosecondsPerSecond));
    }

    private readonly Int128 Local()
    {
        if (_keyword != Keyword.None) return ((Int128)Today() * Calendar.MicrosecondsPerDay) + (_hasTime ? _time : 0);
        if (_julian is null && !HasDate) throw Syntax();
        return ((Int128)Days() * Calendar.MicrosecondsPerDay) + _time;
    }

    private readonly long Checked(Int128 value) =>
        value >= Calendar.FirstTimestamp && value < Calendar.EndTimestamp ? (long)value : throw ValueOutOfRange("timestamp");

    private readonly long Days() => _julian is { } julian ? julian : Calendar.ToDays(_year, _month, _day);

    private readonly long Today()
    {
        var today = Calendar.FloorDiv(LocalNow(), Calendar.MicrosecondsPerDay);
        return _keyword switch { Keyword.Tomorrow => today + 1, Keyword.Yesterday => today - 1, _ => today };
    }

    private static long UtcNow() => (DateTime.UtcNow.Ticks - 630822816000000000) / 10;

    private readonly long LocalNow() => Zones.ToLocal(_settings.TimeZone, UtcNow());

    // Once everything is read: the meridiem, the year's century and era, then the ranges.
    private void Complete()
    {
        if (_meridiem != '\0')
        {
            if (_hour > 12) throw FieldOutOfRange();
            if (_meridiem == 'a' && _hour == 12) _time -= 12 * Calendar.MicrosecondsPerHour;
            if (_meridiem == 'p' && _hour != 12) _time += 12 * Calendar.MicrosecondsPerHour;
        }

        if (_hasYear)
        {
            if (_isBc)
            {
                if (_year <= 0) throw FieldOutOfRange();
                _year = 1 - _year;
            }
            else if (_yearDigits <= 2 && !_hasEra)
            {
                _year += _year < 70 ? 2000 : 1900;
            }
            else if (_year <= 0)
            {
                throw FieldOutOfRange();
            }
        }

        if (_dayOfYear > 0 && _hasYear)
        {
            if (_dayOfYear > (Calendar.IsLeapYear(_year) ? 366 : 365)) throw FieldOutOfRange();
            (_year, _month, _day) = Calendar.FromDays(Calendar.ToDays(_year, 1, 1) + _dayOfYear - 1);
            return;
        }

        if (_hasMonth && _month is < 1 or > 12) throw FieldOutOfRange(hint: true);
        if (_hasDay && _day is < 1 or > 31) throw FieldOutOfRange(hint: true);
        if (!HasDate) return;
        if (_day > Calendar.DaysInMonth(_year, _month)) throw FieldOutOfRange();
        if (_year > 5874897) throw ValueOutOfRange(_type == "date" ? "date" : "timestamp");
    }

    private readonly PgException Syntax() => new(
        SqlStates.InvalidDatetimeFormat, $"invalid input syntax for type {_type}: \"{Ascii.String(_text)}\"");

    private readonly PgException FieldOutOfRange(bool hint = false) => new(
        SqlStates.DatetimeFieldOverflow, $"date/time field value out of range: \"{Ascii.String(_text)}\"")
    {
        Hint = hint ? "Perhaps you need a different \"datestyle\" setting." : null,
    };

    private readonly PgException ValueOutOfRange(string what) => new(
        SqlStates.DatetimeFieldOverflow, $"{what} out of range: \"{Ascii.String(_text)}\"");

    private readonly PgException ZoneOutOfRange() => new(
        "22009", $"time zone displacement out of range: \"{Ascii.String(_text)}\"");

    // Digits behind a dot, as microseconds. More than six are rounded as a binary fraction, as PostgreSQL rounds them.
    internal static int Microseconds(ReadOnlySpan<byte> digits)
    {
        if (digits.Length <= 6)
        {
            var value = 0;
            for (var i = 0; i < 6; i++) value = (value * 10) + (i < digits.Length ? digits[i] - '0' : 0);
            return value;
        }

        Span<byte> number = stackalloc byte[Math.Min(digits.Length, 40) + 2];
        "0."u8.CopyTo(number);
        digits[..(number.Length - 2)].CopyTo(number[2..]);
        return (int)Math.Round(double.Parse(number, CultureInfo.InvariantCulture) * 1e6, MidpointRounding.ToEven);
    }
}
