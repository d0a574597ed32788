namespace Gateway.Types;

/// <summary>The tokens of a date/time text.</summary>
internal ref partial struct DateTimeInput
{
    private void Read()
    {
        var any = false;
        while (_at < _text.Length)
        {
            var b = _text[_at];
            if (Ascii.IsSpace(b))
            {
                _at++;
                continue;
            }

            if (Ascii.IsDigit(b)) Number();
            else if (Ascii.IsLetter(b)) Word();
            else if (b is (byte)'+' or (byte)'-') Signed();
            else if (b is (byte)',' or (byte)'(' or (byte)')' or (byte)';' or (byte)'/') { _at++; continue; }
            else throw Syntax();
            any = true;
        }

        if (!any) throw Syntax();
        Complete();
    }

    private ReadOnlySpan<byte> Digits()
    {
        var start = _at;
        while (_at < _text.Length && Ascii.IsDigit(_text[_at])) _at++;
        return _text[start.._at];
    }

    private ReadOnlySpan<byte> Letters()
    {
        var start = _at;
        while (_at < _text.Length && Ascii.IsLetter(_text[_at])) _at++;
        return _text[start.._at];
    }

    private readonly byte Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : (byte)0;

    private readonly int Value(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 9) throw FieldOutOfRange();
        var value = 0;
        foreach (var d in digits) value = (value * 10) + (d - '0');
        return value;
    }

    // A token that begins with a digit: a time, a date, or a number whose meaning depends on what is known.
    private void Number()
    {
        var start = _at;
        var digits = Digits();
        var next = Peek();
        if (next == ':')
        {
            Time(digits);
        }
        else if (next == '.' && !IsDottedDate())
        {
            _at++;
            Fractional(digits, Digits());
        }
        else if (next is (byte)'-' or (byte)'/' or (byte)'.' && !HasDate && !(_isTimeOnly && digits.Length == 6) && (Ascii.IsDigit(Peek(1)) || Ascii.IsLetter(Peek(1))))
        {
            _at = start;
            DateToken(next);
        }
        else
        {
            Plain(digits);
        }
    }

    private readonly bool IsDottedDate()
    {
        if (HasDate) return false;
        var i = _at + 1;
        if (i >= _text.Length || !Ascii.IsDigit(_text[i])) return i < _text.Length && Ascii.IsLetter(_text[i]);
        while (i < _text.Length && Ascii.IsDigit(_text[i])) i++;
        return i < _text.Length && _text[i] == '.';
    }

    // Fields between equal separators. A text month is taken first, for it decides what the numbers mean.
    private void DateToken(byte separator)
    {
        Span<Range> fields = stackalloc Range[3];
        var count = 0;
        while (count < 3)
        {
            var start = _at;
            if (Ascii.IsDigit(Peek())) Digits();
            else if (Letters().IsEmpty) throw Syntax();
            fields[count++] = start.._at;
            if (Peek() != separator || !(Ascii.IsDigit(Peek(1)) || Ascii.IsLetter(Peek(1)))) break;
            if (count < 3) _at++;
        }

        for (var i = 0; i < count; i++)
        {
            var field = _text[fields[i]];
            if (Ascii.IsDigit(field[0])) continue;
            if (!TryMonth(field, out var month) || _hasMonth) throw Syntax();
            TextMonth(month);
        }

        for (var i = 0; i < count; i++)
            if (_text[fields[i]] is var field && Ascii.IsDigit(field[0])) DateNumber(field);
        if (Peek() == separator && separator != '-') _at++;
    }

    private void Plain(ReadOnlySpan<byte> digits)
    {
        if (!_hasTime && (HasDate || _isTimeOnly || _julian is not null || _timeExpected || _keyword != Keyword.None) && digits.Length is 4 or 6 or 2)
        {
            if (digits.Length == 2 && !_timeExpected) throw Syntax();
            PackedTime(digits, default);
        }
        else if (HasNoDate && digits.Length >= 6)
        {
            PackedDate(digits);
        }
        else
        {
            DateNumber(digits);
        }
    }

    private void PackedDate(ReadOnlySpan<byte> digits)
    {
        _yearDigits = digits.Length - 4;
        _year = Value(digits[..^4]);
        _month = Value(digits[^4..^2]);
        _day = Value(digits[^2..]);
        _hasYear = _hasMonth = _hasDay = true;
    }

    private void PackedTime(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> fraction)
    {
        SetTime(
            Value(digits[..2]),
            digits.Length > 2 ? Value(digits[2..4]) : 0,
            digits.Length > 4 ? Value(digits[4..6]) : 0,
            Microseconds(fraction));
    }

    private void Fractional(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> fraction)
    {
        if (HasNoDate && digits.Length is 4 && fraction.Length == 3)
        {
            DateNumber(digits);
            DayOfYear(Value(fraction));
        }
        else if (!_hasTime && digits.Length == 6 && (HasDate || _isTimeOnly || _timeExpected))
        {
            PackedTime(digits, fraction);
        }
        else
        {
            throw Syntax();
        }
    }

    // One number of a date: which field it is follows from the fields already read, then from DateStyle.
    private void DateNumber(ReadOnlySpan<byte> digits)
    {
        var value = Value(digits);
        if (digits.Length == 3 && _hasYear && !_hasMonth && !_hasDay) DayOfYear(value);
        else if (HasNoDate && (digits.Length >= 3 || _order == DateOrder.Ymd)) SetYear(value, digits.Length);
        else if (HasNoDate && _order == DateOrder.Dmy) SetDay(value);
        else if (HasNoDate) SetMonth(value);
        else if (_hasYear && !_hasMonth && !_hasDay) SetMonth(value);
        else if (_hasYear && _hasMonth && !_hasDay) FinishDay(value, digits.Length);
        else if (!_hasYear && _hasMonth && !_hasDay)
        {
            if (_hasTextMonth && (digits.Length >= 3 || _order == DateOrder.Ymd)) SetYear(value, digits.Length);
            else SetDay(value);
        }
        else if (!_hasYear && !_hasMonth) SetMonth(value);
        else if (!_hasYear) SetYear(value, digits.Length);
        else throw Syntax();
    }

    private void FinishDay(int value, int digits)
    {
        if (_hasTextMonth && digits >= 3 && _yearDigits <= 2)
        {
            // "Jan-08-1999" in YMD order: what looked like the year was the day.
            (_day, _hasDay) = (_year, true);
            SetYear(value, digits);
            return;
        }

        SetDay(value);
    }

    private void SetYear(int value, int digits) => (_year, _yearDigits, _hasYear) = (value, digits, true);

    private void SetMonth(int value) => (_month, _hasMonth) = (value, true);

    private void TextMonth(int value)
    {
        // A number taken for the month before the name came is the day.
        if (_hasMonth && !_hasTextMonth && !_hasDay) SetDay(_month);
        else if (_hasMonth) throw Syntax();
        (_month, _hasMonth, _hasTextMonth) = (value, true, true);
    }

    private void SetDay(int value) => (_day, _hasDay) = (value, true);

    private void DayOfYear(int value)
    {
        if (value == 0) throw FieldOutOfRange();
        _dayOfYear = value;
        _hasMonth = _hasDay = true;
    }

    private void Time(ReadOnlySpan<byte> first)
    {
        if (_hasTime) throw Syntax();
        _at++;
        var second = Digits();
        ReadOnlySpan<byte> third = default, fraction = default;
        var hasThird = Peek() == ':';
        if (hasThird)
        {
            _at++;
            third = Digits();
        }

        var hasFraction = Peek() == '.';
        if (hasFraction)
        {
            _at++;
            fraction = Digits();
        }

        if (second.IsEmpty || (hasThird && third.IsEmpty)) throw Syntax();
        // Two fields and a fraction are minutes and seconds.
        if (!hasThird && hasFraction) SetTime(0, Value(first), Value(second), Microseconds(fraction));
        else SetTime(Value(first), Value(second), hasThird ? Value(third) : 0, Microseconds(fraction));
    }

    private void SetTime(int hour, int minute, int second, int microseconds)
    {
        if (_hasTime) throw Syntax();
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0 || microseconds > 0)))
            throw FieldOutOfRange();
        _hasTime = true;
        _hour = hour;
        _time = (hour * Calendar.MicrosecondsPerHour) + (minute * Calendar.MicrosecondsPerMinute)
            + (second * Calendar.MicrosecondsPerSecond) + microseconds;
    }

    private void Signed()
    {
        var negative = _text[_at++] == '-';
        while (Ascii.IsSpace(Peek())) _at++;
        if (Ascii.IsLetter(Peek()))
        {
            if (!Ascii.Is(Letters(), "infinity"u8) || _keyword != Keyword.None) throw Syntax();
            _keyword = negative ? Keyword.MinusInfinity : Keyword.Infinity;
            return;
        }

        if (!Ascii.IsDigit(Peek()) || _offset is not null || !(_hasTime || HasDate)) throw Syntax();
        var offset = Offset();
        _offset = negative ? -offset : offset;
    }

    // hh, hhmm, hhmmss, hh:mm or hh:mm:ss, in seconds.
    private int Offset()
    {
        var first = Digits();
        int hours, minutes = 0, seconds = 0;
        if (Peek() == ':')
        {
            hours = Value(first);
            _at++;
            minutes = Value(Digits());
            if (Peek() == ':')
            {
                _at++;
                seconds = Value(Digits());
            }
        }
        else if (first.Length > 2)
        {
            var split = first.Length > 4 ? first.Length - 4 : first.Length - 2;
            hours = Value(first[..split]);
            minutes = Value(first.Slice(split, 2));
            if (first.Length > 4) seconds = Value(first[^2..]);
        }
        else
        {
            hours = Value(first);
        }

        if (hours > 15 || minutes > 59 || seconds > 59) throw ZoneOutOfRange();
        return (hours * 3600) + (minutes * 60) + seconds;
    }
}
