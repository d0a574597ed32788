namespace Gateway.Types;

/// <summary>How the bytes of an encoding make characters. Bytes below 128 are ASCII in all of them where a character begins.</summary>
internal enum EncodingForm
{
    OneByte,
    EucJp,

    EucKr,
    EucCn,
    EucTw,
    Johab,
    Sjis,

    /// <summary>BIG5, GBK and UHC: the second byte is anything but NUL.</summary>
    TwoBytes,
    Gb18030,
    Utf8,
}

internal static class EncodingForms
{
    private const byte SingleShift2 = 0x8E;
    private const byte SingleShift3 = 0x8F;

    /// <summary>The bytes of the first character, -1 when there is none; as PostgreSQL verifies it.</summary>
    public static int LengthOf(this EncodingForm form, ReadOnlySpan<byte> text)
    {
        var length = form.Announced(text);
        if (length > text.Length) return -1;
        var first = text[0];
        if (first < 0x80) return 1;
        return form switch
        {
            EncodingForm.OneByte => true,
            EncodingForm.EucJp when first == SingleShift2 => text[1] is >= 0xA1 and <= 0xDF,
            EncodingForm.EucJp when first == SingleShift3 => AreEuc(text[1..3]),
            EncodingForm.EucJp => AreEuc(text[..2]),
            EncodingForm.EucKr or EncodingForm.EucCn => AreEuc(text[..2]),
            EncodingForm.EucTw when first == SingleShift3 => false,
            EncodingForm.EucTw when first == SingleShift2 => text[1] is >= 0xA1 and <= 0xA7 && AreEuc(text[2..4]),
            EncodingForm.EucTw => IsEuc(text[1]),
            EncodingForm.Johab => AreEuc(text[1..length]),
            EncodingForm.Sjis => length == 1 || (first is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) && text[1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC)),
            EncodingForm.TwoBytes => text[1] != 0 && text is not [0x8D, 0x20, ..],   // that pair is PostgreSQL's mark of invalid text
            EncodingForm.Gb18030 when length == 4 => IsLead(first) && IsLead(text[2]) && IsDigit(text[3]),
            EncodingForm.Gb18030 => IsLead(first) && text[1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE),
            _ => System.Text.Rune.DecodeFromUtf8(text, out _, out _) == System.Buffers.OperationStatus.Done,
        }
            ? length
            : -1;
    }

    /// <summary>How many bytes the first one tells of, and in GB18030 the second.</summary>
    public static int Announced(this EncodingForm form, ReadOnlySpan<byte> text)
    {
        var first = text[0];
        if (first < 0x80) return 1;
        return form switch
        {
            EncodingForm.OneByte => 1,
            EncodingForm.EucTw when first == SingleShift2 => 4,
            EncodingForm.EucCn when first == SingleShift2 => 3,
            EncodingForm.EucJp or EncodingForm.EucTw or EncodingForm.Johab or EncodingForm.EucKr or EncodingForm.EucCn when first == SingleShift3 => 3,
            EncodingForm.Sjis when first is >= 0xA1 and <= 0xDF => 1,
            EncodingForm.Gb18030 when text.Length > 1 && IsDigit(text[1]) => 4,
            EncodingForm.Utf8 => first switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 1 },
            _ => 2,
        };
    }

    private static bool AreEuc(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)0xA1, (byte)0xFE);

    private static bool IsEuc(byte value) => value is >= 0xA1 and <= 0xFE;

    private static bool IsLead(byte value) => value is >= 0x81 and <= 0xFE;

    private static bool IsDigit(byte value) => value is >= 0x30 and <= 0x39;
}
