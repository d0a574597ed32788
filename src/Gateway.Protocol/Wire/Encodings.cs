using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Wire;

/// <summary>What PostgreSQL demands of text that arrives in UTF-8.</summary>
public static class Encodings
{
    public static void RequireUtf8(ReadOnlySpan<byte> text, Reach reach = Reach.Statement)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text)) throw Invalid(text, reach);
    }

    private static PgException Invalid(ReadOnlySpan<byte> text, Reach reach)
    {
        while (Rune.DecodeFromUtf8(text, out _, out var consumed) == System.Buffers.OperationStatus.Done) text = text[consumed..];

        // PostgreSQL shows as many bytes as the first one announces, or as many as there are.
        var announced = text[0] switch
        {
            >= 0xC0 and < 0xE0 => 2,
            >= 0xE0 and < 0xF0 => 3,
            >= 0xF0 and < 0xF8 => 4,
            _ => 1,
        };
        var shown = new StringBuilder();
        foreach (var value in text[..Math.Min(announced, text.Length)]) shown.Append($" 0x{value:x2}");
        return new PgException(
            SqlStates.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"UTF8\":{shown}", reach);
    }
}
