namespace Gateway.Types;

/// <summary>The words of a date/time text: months, eras, zones, keywords, and those that mean nothing.</summary>
internal ref partial struct DateTimeInput
{
    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    private static readonly string[] WeekDays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    internal static bool TryMonth(ReadOnlySpan<byte> word, out int month)
    {
        month = 9;
        if (Ascii.Is(word, "sept"u8)) return true;
        for (month = 1; month <= 12; month++)
            if (IsNameOf(word, Months[month - 1])) return true;
        return false;
    }

    private static bool IsDay(ReadOnlySpan<byte> word)
    {
        if (Ascii.Is(word, "tues"u8) || Ascii.Is(word, "weds"u8) || Ascii.Is(word, "thur"u8) || Ascii.Is(word, "thurs"u8)) return true;
        foreach (var day in WeekDays)
            if (IsNameOf(word, day)) return true;
        return false;
    }

    // The whole name or its first three letters.
    private static bool IsNameOf(ReadOnlySpan<byte> word, string name)
    {
        if (word.Length != 3 && word.Length != name.Length) return false;
        for (var i = 0; i < word.Length; i++)
            if (Ascii.Lower(word[i]) != name[i]) return false;
        return true;
    }

    private void Word()
    {
        var start = _at;
        var word = Letters();
        if (TryMonth(word, out var month))
        {
            if (_hasTextMonth) throw Syntax();
            TextMonth(month);
            if (Peek() is (byte)'-' or (byte)'/' or (byte)'.') _at++;
            return;
        }

        if (word.Length == 1 && (word[0] | 0x20) == 'j' && Ascii.IsDigit(Peek()))
        {
            Julian();
        }
        else if (word.Length == 1 && (word[0] | 0x20) == 't' && (Ascii.IsDigit(Peek()) || Ascii.IsSpace(Peek())))
        {
            _timeExpected = true;
        }
        else if (Peek() is (byte)'/' or (byte)'_' || (word.Length >= 3 && (Ascii.IsDigit(Peek()) || IsOffsetAhead())))
        {
            _at = start;
            ZoneName();
        }
        else if (!TryKnownWord(word) && !TryZoneWord(word))
        {
            throw Syntax();
        }
    }

    private readonly bool IsOffsetAhead() => Peek() is (byte)'+' or (byte)'-' && Ascii.IsDigit(Peek(1));

    private bool TryKnownWord(ReadOnlySpan<byte> word)
    {
        if (IsDay(word) || Ascii.Is(word, "at"u8) || Ascii.Is(word, "on"u8))
        {
            if (Peek() == '.') _at++;
            return true;
        }

        if (Ascii.Is(word, "am"u8) || Ascii.Is(word, "pm"u8))
        {
            if (!_hasTime) throw Syntax();
            _meridiem = (char)Ascii.Lower(word[0]);
        }
        else if (Ascii.Is(word, "bc"u8) || Ascii.Is(word, "ad"u8))
        {
            _hasEra = true;
            _isBc = Ascii.Lower(word[0]) == 'b';
        }
        else if (Ascii.Is(word, "allballs"u8))
        {
            SetTime(0, 0, 0, 0);
            _offset = 0;
        }
        else if (Ascii.Is(word, "dst"u8) && _offset is { } standard)
        {
            _offset = standard + 3600;
        }
        else
        {
            return TryKeyword(word);
        }

        return true;
    }

    private bool TryKeyword(ReadOnlySpan<byte> word)
    {
        var keyword = Ascii.Is(word, "now"u8) ? Keyword.Now
            : Ascii.Is(word, "today"u8) ? Keyword.Today
            : Ascii.Is(word, "tomorrow"u8) ? Keyword.Tomorrow
            : Ascii.Is(word, "yesterday"u8) ? Keyword.Yesterday
            : Ascii.Is(word, "epoch"u8) ? Keyword.Epoch
            : Ascii.Is(word, "infinity"u8) ? Keyword.Infinity
            : Keyword.None;
        if (keyword == Keyword.None) return false;
        if (_keyword != Keyword.None || !HasNoDate) throw Syntax();
        _keyword = keyword;
        return true;
    }

    private bool TryZoneWord(ReadOnlySpan<byte> word)
    {
        if (word.Length > 10) return false;
        var name = Ascii.String(word);
        if (Zones.TryAbbreviation(name, out var offset))
        {
            if (_offset is not null) throw Syntax();
            _offset = offset;
            return true;
        }

        if (Zones.Find(name) is not { } zone) return false;
        _zone = zone;
        return true;
    }

    private void ZoneName()
    {
        var start = _at;
        while (_at < _text.Length && (Ascii.IsLetter(_text[_at]) || Ascii.IsDigit(_text[_at]) || _text[_at] is (byte)'/' or (byte)'_' or (byte)'-' or (byte)'+' or (byte)':'))
            _at++;
        _zone = Zones.Get(Ascii.String(_text[start.._at]));
    }

    private void Julian()
    {
        if (!HasNoDate) throw Syntax();
        _julian = Value(Digits()) + Calendar.FirstDay;
        if (Peek() != '.') return;
        _at++;
        Span<byte> number = stackalloc byte[32];
        var fraction = Digits();
        fraction = fraction[..Math.Min(fraction.Length, 30)];
        "0."u8.CopyTo(number);
        fraction.CopyTo(number[2..]);
        var ofDay = double.Parse(number[..(fraction.Length + 2)], System.Globalization.CultureInfo.InvariantCulture);
        _time = (long)(ofDay * Calendar.MicrosecondsPerDay);
        _hasTime = true;
    }
}
