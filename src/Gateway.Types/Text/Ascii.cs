namespace Gateway.Types;

/// <summary>The small questions that every text decoder asks.</summary>
internal static class Ascii
{
    public static bool IsSpace(byte b) => b is (byte)' ' or (>= 9 and <= 13);

    public static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    public static bool IsLetter(byte b) => (uint)((b | 0x20) - 'a') <= 25;

    public static byte Lower(byte b) => (uint)(b - 'A') <= 25 ? (byte)(b | 0x20) : b;

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start])) start++;
        return text[start..];
    }

    /// <summary>Whether the text is <paramref name="lower"/> in any case.</summary>
    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length == lower.Length && StartsWith(text, lower);

    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length < lower.Length) return false;
        for (var i = 0; i < lower.Length; i++)
            if (Lower(text[i]) != lower[i]) return false;
        return true;
    }

    /// <summary>0 to 15, or -1 when the byte is no hexadecimal digit.</summary>
    public static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    public static string String(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);
}
