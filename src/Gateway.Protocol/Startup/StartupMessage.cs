using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Startup;

/// <summary>Opens a session: the protocol version and who wants what, where.</summary>
/// <remarks>Int32 length | Int32 version | (String name | String value) × n | Byte1 0.</remarks>
/// <param name="Version">As the client asked for it.</param>
/// <param name="Parameters">In the client's order; when a name comes twice, the later value counts.</param>
public sealed record StartupMessage(ProtocolVersion Version, IReadOnlyList<KeyValuePair<string, string>> Parameters) : StartupPacket
{
    private const string OptionPrefix = "_pq_.";

    public string User => this["user"] ?? "";

    /// <summary>The user's name when the client does not say.</summary>
    public string Database => this["database"] is { Length: > 0 } database ? database : User;

    /// <summary>Settings as on a command line, <c>-c name=value</c>: <see cref="CommandLineOptions"/> reads them.</summary>
    public string? Options => this["options"];

    /// <summary>"database", or a boolean: the client wants to speak the replication protocol.</summary>
    public string? Replication => this["replication"];

    /// <summary>What remains: initial values of settings.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
        Parameters.Where(p => p.Key is not ("user" or "database" or "options" or "replication") && !IsOption(p.Key));

    /// <summary>The version that will be spoken.</summary>
    public ProtocolVersion SpokenVersion => Version > ProtocolVersion.Newest ? ProtocolVersion.Newest : Version;

    /// <summary>Protocol options (<c>_pq_.…</c>) the client asked for. None is defined yet, so none is recognized.</summary>
    public IReadOnlyList<string> UnrecognizedOptions => [.. Parameters.Where(p => IsOption(p.Key)).Select(p => p.Key)];

    /// <summary>What has to be sent before authentication when the client asked for more than there is.</summary>
    public NegotiateProtocolVersion? Negotiation =>
        UnrecognizedOptions is var options && (Version > ProtocolVersion.Newest || options.Count > 0)
            ? new NegotiateProtocolVersion(SpokenVersion, options)
            : null;

    public string? this[string name]
    {
        get
        {
            for (var i = Parameters.Count - 1; i >= 0; i--)
                if (Parameters[i].Key == name) return Parameters[i].Value;
            return null;
        }
    }

    public override int BodyLength
    {
        get
        {
            var length = sizeof(int) + 1;
            foreach (var (name, value) in Parameters) length += SpanWriter.SizeOf(name) + SpanWriter.SizeOf(value);
            return length;
        }
    }

    public override void WriteBody(ref SpanWriter body)
    {
        body.Int32(Version.Number);
        foreach (var (name, value) in Parameters)
        {
            body.CString(name);
            body.CString(value);
        }
        body.Byte(0);
    }

    internal static StartupMessage Read(ProtocolVersion version, scoped ref SpanReader rest)
    {
        if (version.Major != ProtocolVersion.Newest.Major)
            throw new PgException(
                SqlStates.FeatureNotSupported,
                $"unsupported frontend protocol {version}: server supports {ProtocolVersion.Oldest} to {ProtocolVersion.Newest}",
                Reach.Connection);

        var parameters = new List<KeyValuePair<string, string>>();
        var whole = false;
        while (TryString(ref rest, out var name))
        {
            if (name.Length == 0)
            {
                whole = rest.IsAtEnd;
                break;
            }
            if (!TryString(ref rest, out var value)) break;
            parameters.Add(new(name, value));
        }
        if (!whole) throw PgException.Protocol("invalid startup packet layout: expected terminator as last byte");

        var message = new StartupMessage(version, parameters);
        if (message.User.Length == 0)
            throw new PgException(
                SqlStates.InvalidAuthorizationSpecification,
                "no PostgreSQL user name specified in startup packet",
                Reach.Connection);
        return message;
    }

    private static bool IsOption(string name) => name.StartsWith(OptionPrefix, StringComparison.Ordinal);

    private static bool TryString(scoped ref SpanReader rest, out string text)
    {
        text = "";
        if (!rest.HasCString) return false;
        var bytes = rest.CString();

        // Two names must not become one user through replacement characters.
        Encodings.RequireUtf8(bytes, Reach.Connection);
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
