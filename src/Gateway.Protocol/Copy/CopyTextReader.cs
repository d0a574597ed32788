using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>The text format: fields between delimiters, everything special behind a backslash.</summary>
internal sealed class CopyTextReader(CopyOptions options, string relation, IReadOnlyList<string> columns)
    : CopyLineReader(options, relation, columns)
{
    private readonly byte _delimiter = options.Delimiter;
    private readonly SearchValues<byte> _special = SearchValues.Create([options.Delimiter, (byte)'\\', (byte)'\r', (byte)'\n']);
    private readonly Vector256<byte> _delimiters = Vector256.Create(options.Delimiter);
    private bool _isEscaped;

    private static Vector256<byte> Backslashes => Vector256.Create((byte)'\\');

    private static Vector256<byte> Returns => Vector256.Create((byte)'\r');

    private static Vector256<byte> Newlines => Vector256.Create((byte)'\n');

    private protected override void BeginScan() => _isEscaped = false;

    private protected override Scanned Scan(ReadOnlySpan<byte> data)
    {
        var at = At;
        ref var first = ref MemoryMarshal.GetReference(data);
        while (data.Length - at >= Vector256<byte>.Count)
        {
            // Narrow fields: one look at 32 bytes finds the ends of several.
            var block = Vector256.LoadUnsafe(ref first, (nuint)at);
            var found = (Vector256.Equals(block, _delimiters) | Vector256.Equals(block, Backslashes)
                | Vector256.Equals(block, Returns) | Vector256.Equals(block, Newlines)).ExtractMostSignificantBits();
            var start = at;
            at += Vector256<byte>.Count;
            for (; found != 0; found &= found - 1)
            {
                var next = start + BitOperations.TrailingZeroCount(found);
                var value = data[next];
                if (value == _delimiter)
                {
                    EndField(data, next);
                    continue;
                }

                if (value != '\\') return Newline(data, next);
                at = next;
                if (Escaped(data, ref at) is { } ending) return ending;
                break;
            }
        }

        while (true)
        {
            var found = at < data.Length ? data[at..].IndexOfAny(_special) : -1;
            if (found < 0)
            {
                At = data.Length;
                return Scanned.NeedsData;
            }

            at += found;
            var value = data[at];
            if (value == _delimiter)
            {
                EndField(data, at++);
            }
            else if (value != '\\')
            {
                return Newline(data, at);
            }
            else if (Escaped(data, ref at) is { } ending)
            {
                return ending;
            }
        }
    }

    /// <summary>At a backslash, to behind what it escapes. What the line's reading ends with, if it does.</summary>
    private Scanned? Escaped(ReadOnlySpan<byte> data, ref int at)
    {
        if (at + 1 == data.Length)
        {
            At = at;
            _isEscaped |= IsAllHere;
            return Scanned.NeedsData;
        }

        if (data[at + 1] == '.') return Marker(data, at);
        _isEscaped = true;
        at += 2;
        return null;
    }

    private protected override void EndField(ReadOnlySpan<byte> data, int end)
    {
        AddField(FieldStart, end - FieldStart, _isEscaped, mayBeNull: true, data, end);
        _isEscaped = false;
    }

    private protected override void Unescape(ReadOnlySpan<byte> raw)
    {
        var start = Unescaped.Length;
        var mustCheck = false;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                Unescaped.Bytes(raw);
                break;
            }

            Unescaped.Bytes(raw[..plain]);
            raw = raw[(plain + 1)..];
            if (raw.IsEmpty) break;   // a backslash at the end of the data stands for nothing
            var (value, length) = Escape(raw);
            Unescaped.Byte(value);
            raw = raw[length..];
            mustCheck |= length > 1 && (value == 0 || value >= 0x80) || (length == 1 && value == 0);
        }

        if (!mustCheck) return;
        var text = Unescaped.WrittenSpan[start..];
        var valid = CopyUtf8.ValidLength(text);
        if (valid < text.Length) throw InRow(PgException.NotUtf8(text[valid..]));
    }

    /// <summary>The byte an escape stands for, and the escape's length without the backslash.</summary>
    private static (byte Value, int Length) Escape(ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case >= (byte)'0' and <= (byte)'7':
                var octal = 0;
                var digits = 0;
                for (; digits < 3 && digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'7'; digits++)
                    octal = (octal << 3) + text[digits] - '0';
                return ((byte)octal, digits);
            case (byte)'x' when text.Length > 1 && char.IsAsciiHexDigit((char)text[1]):
                var two = text.Length > 2 && char.IsAsciiHexDigit((char)text[2]);
                var hex = Digit(text[1]);
                return (two ? (byte)((hex << 4) + Digit(text[2])) : (byte)hex, two ? 3 : 2);
            case (byte)'b': return ((byte)'\b', 1);
            case (byte)'f': return ((byte)'\f', 1);
            case (byte)'n': return ((byte)'\n', 1);
            case (byte)'r': return ((byte)'\r', 1);
            case (byte)'t': return ((byte)'\t', 1);
            case (byte)'v': return ((byte)'\v', 1);
            default: return (text[0], 1);
        }

        static int Digit(byte value) => value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
    }
}
