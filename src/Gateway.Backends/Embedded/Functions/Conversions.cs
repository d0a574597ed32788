using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>convert and its kin: bytes from one encoding to another, with PostgreSQL 15's checks and words.</summary>
internal static class Conversions
{
    /// <exception cref="PgException">22023, 22021, 22P05; 42883 where PostgreSQL has no conversion, 0A000 for one it has and we do not.</exception>
    public static byte[] Convert(ReadOnlySpan<byte> text, string from, string to)
    {
        var source = TextEncoding.Find(from) ?? throw Invalid("source", from);
        var target = TextEncoding.Find(to) ?? throw Invalid("destination", to);
        if (source == target || source.Number == 0 || target.Number == 0) return Verified(text, source.Number == 0 ? target : source).ToArray();
        if (!source.IsKnown || !target.IsKnown) throw Missing(source, target);
        using var output = new ByteWriter();
        if (target.IsUtf8) source.ToUtf8(Verified(text, source), output);
        else if (source.IsUtf8) target.FromUtf8(Verified(text, source), output);
        else throw Missing(source, target);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>In characters.</summary>
    public static int Length(ReadOnlySpan<byte> text, string name) =>
        (TextEncoding.Find(name) ?? throw new PgException(SqlStates.InvalidParameterValue, $"invalid encoding name \"{name}\"")).Count(text);

    private static ReadOnlySpan<byte> Verified(ReadOnlySpan<byte> text, TextEncoding encoding)
    {
        if (!text.ContainsAnyExceptInRange((byte)1, (byte)0x7F)) return text;
        encoding.Count(text);
        return text;
    }

    private static PgException Invalid(string which, string name) =>
        new(SqlStates.InvalidParameterValue, $"invalid {which} encoding name \"{name}\"");

    // Between Cyrillic, Japanese and Chinese encodings PostgreSQL has direct ways, whose characters need not be those through Unicode.
    private static PgException Missing(TextEncoding source, TextEncoding target) =>
        source.Number == 7 && target.IsUtf8 || source.IsUtf8 && target.Number == 7
            ? new PgException(SqlStates.UndefinedFunction, $"default conversion function for encoding \"{source.Name}\" to \"{target.Name}\" does not exist")
            : PgException.Unsupported($"conversion from \"{source.Name}\" to \"{target.Name}\"");
}
