namespace Gateway.Protocol.Copy;

/// <summary>CSV as PostgreSQL reads it: a field may be quoted in part, a quoted one may hold line ends.</summary>
internal sealed class CsvCopyReader(CopyOptions options, string relation, string[] columns) : LineCopyReader(options, relation, columns)
{
    private readonly bool _hasEscape = options.Escape != options.Quote;
    private bool _inQuote;
    private bool _lastWasEscape;

    protected override void BeginLine() => _inQuote = _lastWasEscape = false;

    // Where lines end depends on quotes alone; what they mean for the fields is told by Split.
    protected override int FindSpecial(ReadOnlySpan<byte> line, int from)
    {
        if (from == 0 && line.Length > 0 && line[0] == '\\' && Options.Quote != '\\') return 0;
        for (var i = from; i < line.Length; i++)
        {
            if (!_inQuote)
            {
                var next = line[i..].IndexOfAny(Options.Quote, (byte)'\n', (byte)'\r');
                if (next < 0) return -1;
                i += next;
                if (line[i] != Options.Quote) return i;
                _inQuote = true;
                continue;
            }

            var skipped = line[i..].IndexOfAny(Options.Quote, Options.Escape, CountedLineEnd);
            if (skipped != 0) _lastWasEscape = false;
            if (skipped < 0) return -1;
            i += skipped;
            var c = line[i];
            if (_hasEscape && c == Options.Escape)
            {
                _lastWasEscape = !_lastWasEscape;
                continue;
            }

            if (c == Options.Quote && !_lastWasEscape) _inQuote = false;
            else if (c == CountedLineEnd) Line++;
            _lastWasEscape = false;
        }

        return -1;
    }

    protected override string Unescapable(string what, out string hint)
    {
        hint = $"Use quoted CSV field to represent {what}.";
        return $"unquoted {what} found in data";
    }

    protected override void Split(ReadOnlySpan<byte> line, int at)
    {
        if (Columns.Length == 0) return;
        while (true)
        {
            var end = line.IndexOfAny(Options.Delimiter, Options.Quote);
            if (end >= 0 && line[end] == Options.Quote) end = Unquote(line, end);
            else AddPlain(line[..(end < 0 ? line.Length : end)], at);
            if (end < 0) return;
            line = line[(end + 1)..];
            at += end + 1;
        }
    }

    private void AddPlain(ReadOnlySpan<byte> field, int at)
    {
        if (field.SequenceEqual(Options.Null) && !Is(Options.ForceNotNull)) AddNull();
        else AddInPlace(at, field.Length);
    }

    /// <summary>A field with quotes in it.</summary>
    /// <returns>Where its delimiter is, or -1.</returns>
    private int Unquote(ReadOnlySpan<byte> line, int from)
    {
        var start = Unescaped.Length;
        var inQuote = false;
        Unescaped.Bytes(line[..from]);
        var i = from;
        for (; i < line.Length; i++)
        {
            var c = line[i];
            if (!inQuote)
            {
                if (c == Options.Delimiter) break;
                if (c == Options.Quote) inQuote = true;
                else Unescaped.Byte(c);
                continue;
            }

            if (c == Options.Escape && i + 1 < line.Length && (line[i + 1] == Options.Escape || line[i + 1] == Options.Quote))
            {
                Unescaped.Byte(line[++i]);
                continue;
            }

            if (c == Options.Quote) inQuote = false;
            else Unescaped.Byte(c);
        }

        if (inQuote) throw Locate(Bad("unterminated CSV quoted field"), -1);
        if (Is(Options.ForceNull) && Unescaped.WrittenSpan[start..].SequenceEqual(Options.Null))
        {
            Unescaped.Truncate(start);
            AddNull();
        }
        else
        {
            AddUnescaped(start);
        }

        return i < line.Length ? i : -1;
    }

    private bool Is(bool[] flags) => FieldIndex < flags.Length && flags[FieldIndex];
}
