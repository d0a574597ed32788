using System.Globalization;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;
using Gateway.Types;
using WireFormat = Gateway.Types.Format;

namespace Conversations.Tests.Format;

/// <summary>What the client sends: a line that begins with <c>&gt;</c>, as bytes.</summary>
internal static class Said
{
    public static byte[] Read(string line)
    {
        var words = new Words(line);
        using var output = new ByteWriter();
        Write(output, words.Next(), words);
        words.End();
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ByteWriter output, string message, Words words)
    {
        switch (message)
        {
            case "Query": output.Write(new Query(Words.Bytes(words.Next()))); break;
            case "Parse": Parse(output, words); break;
            case "Bind": Bind(output, words); break;
            case "Describe": output.Write(new Describe(ReadTarget(words), Name(words))); break;
            case "Close": output.Write(new Close(ReadTarget(words), Name(words))); break;
            case "Execute": Execute(output, words); break;
            case "Flush": output.Write(new Flush()); break;
            case "Sync": output.Write(new Sync()); break;
            case "Terminate": output.Write(new Terminate()); break;
            case "CopyData": output.Write(new CopyData(Words.Value(words.Next()))); break;
            case "CopyDone": output.Write(new CopyDone()); break;
            case "CopyFail": output.Write(new CopyFail(Words.Bytes(words.Next()))); break;
            case "Password": output.Write(new PasswordMessage(Words.Bytes(words.Next()))); break;
            case "Raw": output.Bytes(Convert.FromHexString(string.Concat(words.Rest()))); break;
            case "SSLRequest": new SslRequest().WriteTo(output); break;
            case "GSSENCRequest": new GssEncRequest().WriteTo(output); break;
            case "CancelRequest":
                new CancelRequest(Number(words.Next()), Convert.FromHexString(words.Next())).WriteTo(output);
                break;
            case "Startup": Startup(output, words); break;
            default: throw new FormatException($"no message {message}");
        }
    }

    // Parse [statement] "SQL" [type …]
    private static void Parse(ByteWriter output, Words words)
    {
        var name = words.Peek?.StartsWith('"') == true ? [] : Name(words);
        var sql = Words.Bytes(words.Next());
        uint[] types = [.. words.Rest().Select(Types.Oid)];
        output.Write(new Parse(name, sql, OidList.Of(types)));
    }

    // Bind [portal [statement]] [value …] [/ format …] [/ result format …]
    // Names are bare words; a portal whose own name is empty but not its statement's is written "".
    private static void Bind(ByteWriter output, Words words)
    {
        var portal = Name(words, isBind: true);
        var statement = Name(words, isBind: true);
        var values = new List<byte[]?>();
        var formats = new List<WireFormat>();
        while (words.NextUnless("/") is { } word)
        {
            values.Add(Words.Value(word));
            formats.Add(word.StartsWith("binary(", StringComparison.Ordinal) ? WireFormat.Binary : WireFormat.Text);
        }

        if (!formats.Contains(WireFormat.Binary)) formats.Clear();
        var results = new List<WireFormat>();
        while (words.Skip("/"))
        {
            var which = words.Next();
            var target = which switch
            {
                "formats" => formats,
                "result" => results,
                _ => throw new FormatException($"Bind … / {which}"),
            };
            target.Clear();
            while (words.NextUnless("/") is { } format) target.Add(ReadFormat(format));
        }

        output.Write(new Bind(
            portal,
            statement,
            FormatList.Of([.. formats]),
            WireValues.Of([.. values]),
            FormatList.Of([.. results])));
    }

    private static void Execute(ByteWriter output, Words words)
    {
        byte[] name = words.Peek is { } word && !char.IsAsciiDigit(word[0]) && word[0] != '-' ? Words.Bytes(words.Next()) : [];
        output.Write(new Execute(name, words.IsAtEnd ? 0 : Number(words.Next())));
    }

    private static void Startup(ByteWriter output, Words words)
    {
        var version = ProtocolVersion.V3_0;
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var word in words.Rest())
        {
            var equals = word.IndexOf('=');
            var (key, value) = (word[..equals], Words.Text(word[(equals + 1)..]));
            if (key == "version") version = Version(value);
            else parameters.Add(new(key, value));
        }

        new StartupMessage(version, parameters).WriteTo(output);
    }

    public static ProtocolVersion Version(string text)
    {
        var parts = text.Split('.');
        return new ProtocolVersion(Number(parts[0]), Number(parts[1]));
    }

    // A name is a bare word. In a Bind the first value follows it, and no value is a bare word that looks like a name.
    private static byte[] Name(Words words, bool isBind = false)
    {
        if (words.Peek is not { } word) return [];
        if (word == "\"\"") return Words.Bytes(words.Next());
        if (word == "/" || word.StartsWith('"') || (isBind && (word == "null" || word.Contains('(')))) return [];
        return Words.Bytes(words.Next());
    }

    private static Target ReadTarget(Words words) => words.Next() switch
    {
        "S" => Target.Statement,
        "P" => Target.Portal,
        var other => (Target)Encoding.ASCII.GetBytes(other)[0],
    };

    private static WireFormat ReadFormat(string word) => word switch
    {
        "text" => WireFormat.Text,
        "binary" => WireFormat.Binary,
        _ => (WireFormat)Number(word),
    };

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
