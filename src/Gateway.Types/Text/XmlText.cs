using System.Text;
using System.Xml;

namespace Gateway.Types;

/// <summary>Whether a text is well-formed XML, as content or as a document; and its declaration, which PostgreSQL keeps but does not print.</summary>
/// <remarks>
/// Rules: manual, 8.13. Namespaces are not resolved: PostgreSQL takes a prefix that is not declared. A document type declaration
/// is refused: what follows from its entities is beyond a check.
/// </remarks>
public static class XmlText
{
    /// <summary>Elements inside each other that libxml2 takes.</summary>
    private const int MaxDepth = 256;

    /// <param name="Version">null where there is no declaration.</param>
    /// <param name="IsStandalone">null where it is not said.</param>
    /// <param name="Length">Of the declaration in front of the text.</param>
    private readonly record struct Declaration(string? Version, string? Encoding, bool? IsStandalone, int Length);

    /// <exception cref="PgException">2200N for content, 2200M for a document.</exception>
    public static void Require(ReadOnlySpan<byte> text, bool isDocument)
    {
        StringCodec.RequireUtf8(text);
        var all = Encoding.UTF8.GetString(text);
        var rest = all[ReadDeclaration(all, isDocument).Length..];
        try
        {
            if (isDocument || rest.AsSpan().Trim(" \t\r\n").Length > 0) Read(rest, isDocument);
        }
        catch (XmlException error)
        {
            if (rest.Contains("<!DOCTYPE", StringComparison.Ordinal)) throw PgException.Unsupported("a document type declaration in xml is not supported");
            throw Invalid(isDocument, "", error.Message);
        }
    }

    public static bool IsWellFormed(ReadOnlySpan<byte> text, bool isDocument)
    {
        try
        {
            Require(text, isDocument);
            return true;
        }
        catch (PgException error) when (error.SqlState is InvalidContent or InvalidDocument)
        {
            return false;
        }
    }

    /// <summary>As PostgreSQL prints a value: without the declaration, unless it tells more than version 1.0.</summary>
    public static void Print(ReadOnlySpan<byte> text, ByteWriter output)
    {
        if (!text.StartsWith("<?xml"u8))
        {
            output.Bytes(text);
            return;
        }

        var all = Encoding.UTF8.GetString(text);
        var declaration = ReadDeclaration(all, isDocument: false);
        var rest = all.AsSpan(declaration.Length);
        var head = Write(declaration);
        if (head.Length == 0 && rest is ['\n', ..]) rest = rest[1..];
        output.Utf8(string.Concat(head, rest));
    }

    /// <exception cref="PgException">0A000 for another encoding than UTF-8.</exception>
    public static void RequireUtf8(ReadOnlySpan<byte> text)
    {
        if (ReadDeclaration(Encoding.UTF8.GetString(text), isDocument: false).Encoding is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase))
            throw PgException.Unsupported($"xml in encoding \"{encoding}\" is not supported");
    }

    /// <summary>One value behind the other, under one declaration.</summary>
    public static string Concat(string left, string right)
    {
        var (a, b) = (ReadDeclaration(left, isDocument: false), ReadDeclaration(right, isDocument: false));
        var version = a.Version == b.Version ? a.Version : null;
        bool? standalone = a.IsStandalone is null || b.IsStandalone is null ? null : a.IsStandalone.Value && b.IsStandalone.Value;
        var head = version is null && standalone is null ? "" : Write(new Declaration(version, null, standalone, 0));
        return string.Concat(head, left.AsSpan(a.Length), right.AsSpan(b.Length));
    }

    private const string InvalidDocument = "2200M";
    private const string InvalidContent = "2200N";

    private static void Read(string text, bool isDocument)
    {
        using var reader = new XmlTextReader(text, isDocument ? XmlNodeType.Document : XmlNodeType.Element, new XmlParserContext(new NameTable(), null, null, XmlSpace.None))
        {
            Namespaces = false,
            Normalization = true,
            DtdProcessing = DtdProcessing.Prohibit,
            EntityHandling = EntityHandling.ExpandEntities,
            XmlResolver = null,
        };
        while (reader.Read())
            if (reader.Depth > MaxDepth) throw Invalid(isDocument, "", $"Excessive depth in document: {MaxDepth}");
    }

    private static string Write(Declaration declaration)
    {
        if (declaration is { Version: null or "1.0", IsStandalone: null }) return "";
        var standalone = declaration.IsStandalone switch { true => " standalone=\"yes\"", false => " standalone=\"no\"", null => "" };
        return $"<?xml version=\"{declaration.Version ?? "1.0"}\"{standalone}?>";
    }

    private static Declaration ReadDeclaration(string text, bool isDocument)
    {
        const string Start = "<?xml";
        if (!text.StartsWith(Start, StringComparison.Ordinal)) return default;
        var at = Start.Length;

        // <?xml-stylesheet … is a processing instruction like any other.
        if (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_' or '.' or ':')) return default;
        if (!Space()) throw Wrong("Space required.");
        if (Attribute("version") is not { } version) throw Wrong("Malformed declaration: missing version.");
        string? encoding = null, standalone = null;
        var spaced = Space();
        if (spaced && (encoding = Attribute("encoding")) is not null) spaced = Space();
        if (spaced && (standalone = Attribute("standalone")) is not (null or "yes" or "no")) throw Wrong("standalone accepts only 'yes' or 'no'.");
        Space();
        if (string.CompareOrdinal(text, at, "?>", 0, 2) != 0) throw Wrong("Parsing XML declaration: '?>' expected.");
        return new Declaration(version, encoding, standalone is null ? null : standalone == "yes", at + 2);

        bool Space()
        {
            var start = at;
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
            return at > start;
        }

        string? Attribute(string name)
        {
            if (string.CompareOrdinal(text, at, name, 0, name.Length) != 0) return null;
            at += name.Length;
            Space();
            if (at >= text.Length || text[at] != '=') throw Wrong($"Malformed declaration: missing {name}.");
            at++;
            Space();
            var quote = at < text.Length ? text[at] : ' ';
            var end = quote is '"' or '\'' ? text.IndexOf(quote, at + 1) : -1;
            if (end < 0) throw Wrong($"Malformed declaration: missing {name}.");
            var value = text[(at + 1)..end];
            at = end + 1;
            return value;
        }

        PgException Wrong(string detail) => Invalid(isDocument, ": invalid XML declaration", detail);
    }

    private static PgException Invalid(bool isDocument, string what, string detail) =>
        new(isDocument ? InvalidDocument : InvalidContent, $"invalid XML {(isDocument ? "document" : "content" + what)}") { Detail = detail };
}
