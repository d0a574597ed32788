using System.Collections.Frozen;

namespace Gateway.Types;

/// <summary>The encodings of PostgreSQL 15 in the order of their numbers, and what else they are called.</summary>
/// <remarks>https://www.postgresql.org/docs/15/multibyte.html, table 24.1.</remarks>
internal static class EncodingNames
{
    // PostgreSQL's own tables for the 2004 editions of JIS make pairs of code points of some characters; MULE_INTERNAL has no way to UTF8 there either.
    private static readonly (string Name, EncodingForm Form, int MaxLength, bool HasTable)[] Rows =
    [
        ("SQL_ASCII", EncodingForm.OneByte, 1, false),
        ("EUC_JP", EncodingForm.EucJp, 3, true),
        ("EUC_CN", EncodingForm.EucCn, 3, true),
        ("EUC_KR", EncodingForm.EucKr, 3, true),
        ("EUC_TW", EncodingForm.EucTw, 4, true),
        ("EUC_JIS_2004", EncodingForm.EucJp, 3, false),
        ("UTF8", EncodingForm.Utf8, 4, false),
        ("MULE_INTERNAL", EncodingForm.OneByte, 4, false),
        .. OneByte(
            "LATIN1", "LATIN2", "LATIN3", "LATIN4", "LATIN5", "LATIN6", "LATIN7", "LATIN8", "LATIN9", "LATIN10",
            "WIN1256", "WIN1258", "WIN866", "WIN874", "KOI8R", "WIN1251", "WIN1252", "ISO_8859_5", "ISO_8859_6", "ISO_8859_7",
            "ISO_8859_8", "WIN1250", "WIN1253", "WIN1254", "WIN1255", "WIN1257", "KOI8U"),
        ("SJIS", EncodingForm.Sjis, 2, true),
        ("BIG5", EncodingForm.TwoBytes, 2, true),
        ("GBK", EncodingForm.TwoBytes, 2, true),
        ("UHC", EncodingForm.TwoBytes, 2, true),
        ("GB18030", EncodingForm.Gb18030, 4, true),
        ("JOHAB", EncodingForm.Johab, 3, true),
        ("SHIFT_JIS_2004", EncodingForm.Sjis, 2, false),
    ];

    public static TextEncoding[] All { get; } =
        [.. Rows.Select((row, number) => new TextEncoding(number, row.Name, row.Form, row.MaxLength, row.HasTable))];

    private static readonly (string Alias, string Name)[] Aliases =
    [
        ("abc", "WIN1258"), ("alt", "WIN866"), ("iso88591", "LATIN1"), ("iso88592", "LATIN2"), ("iso88593", "LATIN3"), ("iso88594", "LATIN4"),
        ("iso88599", "LATIN5"), ("iso885910", "LATIN6"), ("iso885913", "LATIN7"), ("iso885914", "LATIN8"), ("iso885915", "LATIN9"),
        ("iso885916", "LATIN10"), ("koi8", "KOI8R"), ("mskanji", "SJIS"), ("shiftjis", "SJIS"), ("tcvn", "WIN1258"), ("tcvn5712", "WIN1258"),
        ("unicode", "UTF8"), ("vscii", "WIN1258"), ("win", "WIN1251"), ("win932", "SJIS"), ("win936", "GBK"), ("win949", "UHC"), ("win950", "BIG5"),
        ("windows866", "WIN866"), ("windows874", "WIN874"), ("windows932", "SJIS"), ("windows936", "GBK"), ("windows949", "UHC"),
        ("windows950", "BIG5"), ("windows1250", "WIN1250"), ("windows1251", "WIN1251"), ("windows1252", "WIN1252"), ("windows1253", "WIN1253"),
        ("windows1254", "WIN1254"), ("windows1255", "WIN1255"), ("windows1256", "WIN1256"), ("windows1257", "WIN1257"), ("windows1258", "WIN1258"),
    ];

    private static readonly FrozenDictionary<string, TextEncoding> ByName =
        All.Select(encoding => (Key: Letters(encoding.Name), encoding))
            .Concat(Aliases.Select(alias => (Key: alias.Alias, encoding: All.First(encoding => encoding.Name == alias.Name))))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.encoding);

    public static TextEncoding? Find(string name) => name.Length >= 64 ? null : ByName.GetValueOrDefault(Letters(name));

    private static IEnumerable<(string, EncodingForm, int, bool)> OneByte(params string[] names) =>
        names.Select(name => (name, EncodingForm.OneByte, 1, true));

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
