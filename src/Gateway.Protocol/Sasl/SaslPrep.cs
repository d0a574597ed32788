using System.Text;

namespace Gateway.Protocol.Sasl;

/// <summary>Brings a password to the form both sides hash (RFC 4013), or leaves it as it is where that is impossible.</summary>
/// <remarks>
/// Passwords that cannot be prepared are hashed as raw UTF-8: that is what PostgreSQL and its clients do, so refusing
/// them would lock people out. NFKC needs Unicode data, which the runtime lacks under InvariantGlobalization: there,
/// characters with compatibility forms stay as typed. Passwords in ASCII are the same in every case.
/// </remarks>
public static class SaslPrep
{
    public static string Prepare(string password)
    {
        if (System.Text.Ascii.IsValid(password)) return password;

        var mapped = new StringBuilder(password.Length);
        foreach (var rune in password.EnumerateRunes())
        {
            if (IsMappedToNothing(rune.Value)) continue;
            mapped.Append(IsOtherSpace(rune.Value) ? new Rune(' ') : rune);
        }
        try
        {
            var prepared = mapped.ToString().Normalize(NormalizationForm.FormKC);
            return prepared.Length == 0 || HasProhibited(prepared) ? password : prepared;
        }
        catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
        {
            return password;
        }
    }

    // RFC 3454, table B.1.
    private static bool IsMappedToNothing(int c) =>
        c is 0x00AD or 0x034F or 0x1806 or (>= 0x180B and <= 0x180D) or 0x200B or 0x200C or 0x200D or 0x2060
            or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // RFC 3454, table C.1.2, but for U+200B, which is also in B.1.
    private static bool IsOtherSpace(int c) =>
        c is 0x00A0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000;

    // RFC 3454, tables C.2.1 to C.9.
    private static bool HasProhibited(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var c = rune.Value;
            if (c is < 0x20 or (>= 0x7F and <= 0x9F) or 0x0340 or 0x0341 or 0x06DD or 0x070F or 0x180E
                or 0x200E or 0x200F or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2061 and <= 0x2063)
                or (>= 0x206A and <= 0x206F) or (>= 0x2FF0 and <= 0x2FFB) or (>= 0xE000 and <= 0xF8FF)
                or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A)
                or 0xE0001 or (>= 0xE0020 and <= 0xE007F) or >= 0xF0000
                || (c & 0xFFFE) == 0xFFFE)
                return true;
        }
        return false;
    }
}
