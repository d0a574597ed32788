using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>The text format: fields between delimiters, backslash sequences for what cannot stand for itself.</summary>
internal sealed class TextCopyReader(CopyOptions options, string relation, string[] columns) : LineCopyReader(options, relation, columns)
{
    protected override bool HasMarkerAnywhere => true;

    protected override int FindSpecial(ReadOnlySpan<byte> line, int from) =>
        line[from..].IndexOfAny((byte)'\n', (byte)'\r', (byte)'\\') is >= 0 and var at ? from + at : -1;

    protected override string Unescapable(string what, out string hint)
    {
        hint = what == "newline" ? "Use \"\\n\" to represent newline." : "Use \"\\r\" to represent carriage return.";
        return $"literal {what} found in data";
    }

    protected override void Split(ReadOnlySpan<byte> line, int at)
    {
        if (Columns.Length == 0) return;
        while (true)
        {
            var end = line.IndexOfAny(Options.Delimiter, (byte)'\\');
            if (end >= 0 && line[end] == '\\') end = Unescape(line, at, end);
            else AddPlain(line[..(end < 0 ? line.Length : end)], at);
            if (end < 0) return;
            line = line[(end + 1)..];
            at += end + 1;
        }
    }

    private void AddPlain(ReadOnlySpan<byte> field, int at)
    {
        if (field.SequenceEqual(Options.Null)) AddNull();
        else AddInPlace(at, field.Length);
    }

    /// <summary>A field with a backslash in it.</summary>
    /// <returns>Where its delimiter is, or -1.</returns>
    private int Unescape(ReadOnlySpan<byte> line, int at, int from)
    {
        var start = Unescaped.Length;
        var check = false;
        Unescaped.Bytes(line[..from]);
        var i = from;
        for (; i < line.Length && line[i] != Options.Delimiter; i++)
        {
            if (line[i] != '\\')
            {
                Unescaped.Byte(line[i]);
                continue;
            }

            if (++i == line.Length) break;
            var c = line[i];
            switch (c)
            {
                case >= (byte)'0' and <= (byte)'7':
                    var octal = c - '0';
                    for (var n = 0; n < 2 && i + 1 < line.Length && line[i + 1] is >= (byte)'0' and <= (byte)'7'; n++) octal = (octal << 3) + (line[++i] - '0');
                    c = (byte)octal;
                    check |= c is 0 or >= 0x80;
                    break;
                case (byte)'x' when i + 1 < line.Length && char.IsAsciiHexDigit((char)line[i + 1]):
                    var hex = 0;
                    for (var n = 0; n < 2 && i + 1 < line.Length && char.IsAsciiHexDigit((char)line[i + 1]); n++) hex = (hex << 4) + Convert.ToInt32(((char)line[++i]).ToString(), 16);
                    c = (byte)hex;
                    check |= c is 0 or >= 0x80;
                    break;
                case (byte)'b': c = (byte)'\b'; break;
                case (byte)'f': c = (byte)'\f'; break;
                case (byte)'n': c = (byte)'\n'; break;
                case (byte)'r': c = (byte)'\r'; break;
                case (byte)'t': c = (byte)'\t'; break;
                case (byte)'v': c = (byte)'\v'; break;
            }

            Unescaped.Byte(c);
        }

        var length = Math.Min(i, line.Length);
        if (line[..length].SequenceEqual(Options.Null))
        {
            Unescaped.Truncate(start);
            AddNull();
        }
        else
        {
            if (check) RequireUtf8(Unescaped.WrittenSpan[start..]);
            AddUnescaped(start);
        }

        return length < line.Length ? length : -1;
    }
}
