using System.Text;

namespace Gateway.Types;

/// <summary>One of PostgreSQL's encodings: its number and name there, and the way between it and UTF-8.</summary>
/// <remarks>https://www.postgresql.org/docs/15/multibyte.html; the characters are those of PostgreSQL 15 (eng/encodings.sh).</remarks>
public sealed class TextEncoding
{
    private readonly EncodingForm _form;
    private readonly Lazy<EncodingTable>? _table;

    internal TextEncoding(int number, string name, EncodingForm form, int maxLength, bool hasTable)
    {
        Number = number;
        Name = name;
        MaxLength = maxLength;
        _form = form;
        if (hasTable) _table = new(() => EncodingTable.Load(name));
    }

    /// <summary>As pg_char_to_encoding has it.</summary>
    public int Number { get; }

    /// <summary>As pg_encoding_to_char spells it.</summary>
    public string Name { get; }

    /// <summary>Bytes of its longest character.</summary>
    public int MaxLength { get; }

    /// <summary>Text in it is what the server has: UTF8 itself, and SQL_ASCII, which means no conversion.</summary>
    public bool IsUtf8 => Number is 0 or 6;

    /// <summary>Whether there is a way between it and UTF-8.</summary>
    public bool IsKnown => IsUtf8 || _table is not null;

    /// <summary>Itself where text has to be converted, else null.</summary>
    public TextEncoding? Conversion => IsUtf8 ? null : this;

    public static TextEncoding Utf8 => EncodingNames.All[6];

    /// <summary>By name or alias, of which letters and digits count; null when there is none.</summary>
    public static TextEncoding? Find(string name) => EncodingNames.Find(name);

    /// <summary>By number; null when there is none.</summary>
    public static TextEncoding? At(long number) => number >= 0 && number < EncodingNames.All.Length ? EncodingNames.All[(int)number] : null;

    /// <summary>Appends text of this encoding as UTF-8.</summary>
    /// <exception cref="PgException">22021 for bytes that are no character, 22P05 for one that Unicode does not have.</exception>
    public void ToUtf8(ReadOnlySpan<byte> text, ByteWriter output)
    {
        var read = Decode(text, output);
        if (read < text.Length) throw Fault(text[read..]);
    }

    /// <summary>Appends as many of its first characters as there are, as UTF-8.</summary>
    /// <returns>The bytes that were read.</returns>
    public int Decode(ReadOnlySpan<byte> text, ByteWriter output)
    {
        for (var at = 0; ; )
        {
            at += Plain(text[at..], output);
            if (at == text.Length) return at;
            var length = _form.LengthOf(text[at..]);
            if (length < 1 || text[at] == 0 || !_table!.Value.TryPoint(CodeOf(text.Slice(at, length)), out var point)) return at;
            output.Advance(new Rune(point).EncodeToUtf8(output.GetSpan(4)));
            at += length;
        }
    }

    /// <summary>More bytes may make a character of those that are here.</summary>
    public bool IsUnfinished(ReadOnlySpan<byte> text) => text[0] >= 0x80 && _form.Announced(text) > text.Length;

    /// <summary>Appends UTF-8 in this encoding.</summary>
    /// <exception cref="PgException">22P05 for a character it does not have, 22021 for what is not UTF-8.</exception>
    public void FromUtf8(ReadOnlySpan<byte> utf8, ByteWriter output)
    {
        for (var at = 0; ; )
        {
            at += Plain(utf8[at..], output);
            if (at == utf8.Length) return;
            var rest = utf8[at..];
            if (rest[0] == 0 || Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                throw PgException.NotUtf8(rest);
            if (!_table!.Value.TryCode(rune.Value, out var code)) throw Untranslatable(rest[..length], "UTF8", Name);
            Append(code, output);
            at += length;
        }
    }

    /// <summary>Why the text does not go on: the error PostgreSQL has for it.</summary>
    public PgException Fault(ReadOnlySpan<byte> text)
    {
        var shown = text[..Math.Min(text.Length, _form.Announced(text))];
        return text[0] != 0 && _form.LengthOf(text) > 0
            ? Untranslatable(shown, Name, "UTF8")
            : new PgException(SqlStates.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"{Name}\": {Hex(shown)}");
    }

    /// <summary>How many characters text in this encoding has.</summary>
    /// <exception cref="PgException">22021.</exception>
    public int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (; text.Length > 0; count++)
        {
            var length = text[0] is > 0 and < 0x80 ? 1 : text[0] == 0 ? -1 : _form.LengthOf(text);
            if (length < 1) throw new PgException(
                SqlStates.CharacterNotInRepertoire,
                $"invalid byte sequence for encoding \"{Name}\": {Hex(text[..Math.Min(text.Length, _form.Announced(text))])}");
            text = text[length..];
        }

        return count;
    }

    private static int Plain(ReadOnlySpan<byte> text, ByteWriter output)
    {
        var length = text.IndexOfAnyExceptInRange((byte)1, (byte)0x7F);
        if (length < 0) length = text.Length;
        output.Bytes(text[..length]);
        return length;
    }

    private static uint CodeOf(ReadOnlySpan<byte> bytes)
    {
        var code = 0u;
        foreach (var value in bytes) code = code << 8 | value;
        return code;
    }

    private static void Append(uint code, ByteWriter output)
    {
        for (var shift = code > 0xFFFFFF ? 24 : code > 0xFFFF ? 16 : code > 0xFF ? 8 : 0; shift >= 0; shift -= 8) output.Byte((byte)(code >> shift));
    }

    private static PgException Untranslatable(ReadOnlySpan<byte> bytes, string from, string to) => new(
        SqlStates.UntranslatableCharacter, $"character with byte sequence {Hex(bytes)} in encoding \"{from}\" has no equivalent in encoding \"{to}\"");

    private static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(value => $"0x{value:x2}"));
}
