using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Protocol.Copy;

/// <summary>How far bytes are UTF-8 as PostgreSQL takes it: whole characters, none of them NUL.</summary>
internal static class CopyUtf8
{
    /// <summary>The bytes of whole valid characters at the beginning of <paramref name="data"/>.</summary>
    public static int ValidLength(ReadOnlySpan<byte> data)
    {
        var whole = data[..(data.Length - Unfinished(data))];
        if (!whole.Contains((byte)0) && Utf8.IsValid(whole)) return whole.Length;
        var at = 0;
        while (at < whole.Length && whole[at] != 0)
        {
            if (Rune.DecodeFromUtf8(whole[at..], out _, out var consumed) != OperationStatus.Done) break;
            at += consumed;
        }

        return at;
    }

    /// <summary>Whether the bytes may become a character when more of them come.</summary>
    public static bool IsUnfinished(ReadOnlySpan<byte> data) =>
        data.Length < 4 && data[0] != 0 && Rune.DecodeFromUtf8(data, out _, out _) == OperationStatus.NeedMoreData;

    private static int Unfinished(ReadOnlySpan<byte> data)
    {
        for (var back = 1; back <= Math.Min(3, data.Length); back++)
        {
            var value = data[^back];
            if (value < 0x80) return 0;
            if (value >= 0xC0) return value switch { >= 0xF0 => back < 4, >= 0xE0 => back < 3, _ => back < 2 } ? back : 0;
        }

        return 0;
    }
}
