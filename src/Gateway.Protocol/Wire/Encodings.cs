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
        return PgException.NotUtf8(text, reach);
    }
}
