using System.Security.Cryptography;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Protocol.Sasl;

/// <summary>The server's side of one SCRAM-SHA-256 authentication: client messages in, replies out.</summary>
/// <remarks>
/// RFC 5802 with the hash of RFC 7677:
/// <code>
/// client-first   gs2-header "n=" user ",r=" client-nonce      gs2-header: "n,," | "y,," | "p=tls-server-end-point,,"
/// server-first   "r=" client-nonce server-nonce ",s=" base64 salt ",i=" iterations
/// client-final   "c=" base64 (gs2-header binding-data) ",r=" both nonces ",p=" base64 proof
/// server-final   "v=" base64 server signature
/// </code>
/// The user is the one of the StartupMessage; like PostgreSQL, this ignores the name inside client-first.
/// Whatever is wrong ends the connection.
/// </remarks>
public sealed class ScramExchange
{
    public const string Mechanism = "SCRAM-SHA-256";
    public const string BoundMechanism = "SCRAM-SHA-256-PLUS";

    private const string BindingType = "tls-server-end-point";
    private const int NonceBytes = 18;

    private readonly string _user;
    private readonly ScramVerifier _verifier;
    private readonly bool _isMock;
    private readonly byte[]? _bindingData;
    private readonly Func<string> _nonce;

    private Step _step = Step.Start;
    private bool _isBound;
    private string _gs2Header = "";
    private string _clientFirstBare = "";
    private string _serverFirst = "";
    private string _bothNonces = "";

    /// <param name="user">Named in the error when the password is wrong.</param>
    /// <param name="verifier">Null for an unknown user: the exchange takes its course and fails at its end.</param>
    /// <param name="bindingData">Hash of the server's certificate (RFC 5929 section 4) when the connection is TLS.</param>
    /// <param name="nonce">The server's nonce, printable ASCII without a comma; random when null.</param>
    /// <param name="mocks">Where the verifier of an unknown user comes from.</param>
    public ScramExchange(
        string user,
        ScramVerifier? verifier,
        byte[]? bindingData = null,
        Func<string>? nonce = null,
        MockVerifiers? mocks = null)
    {
        _user = user;
        _isMock = verifier is null;
        _verifier = verifier ?? (mocks ?? MockVerifiers.Process).For(user);
        _bindingData = bindingData;
        _nonce = nonce ?? RandomNonce;
        Mechanisms = bindingData is null ? [Mechanism] : [BoundMechanism, Mechanism];
    }

    private enum Step
    {
        Start,
        ClientFirst,
        ClientFinal,
        Done,
    }

    /// <summary>What to offer in AuthenticationSASL.</summary>
    public IReadOnlyList<string> Mechanisms { get; }

    /// <summary>The client chose a mechanism and, usually, sent client-first with it.</summary>
    public ScramReply Receive(SaslInitialResponse message)
    {
        Expect(Step.Start);
        _isBound = message.Mechanism.SequenceEqual("SCRAM-SHA-256-PLUS"u8);
        if (_isBound ? _bindingData is null : !message.Mechanism.SequenceEqual("SCRAM-SHA-256"u8))
            throw PgException.Protocol("client selected an invalid SASL authentication mechanism");

        _step = Step.ClientFirst;
        return message.Response.IsNull ? new ScramReply(ReadOnlyMemory<byte>.Empty, false) : Receive(message.Response.Bytes);
    }

    /// <summary>The client's next message: client-first if it is still to come, else client-final.</summary>
    public ScramReply Receive(ReadOnlySpan<byte> message)
    {
        if (message.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(message))
            throw Malformed("It holds a NUL or is not UTF-8.");

        var step = _step;
        _step = Step.Done;
        var text = Encoding.UTF8.GetString(message);
        return step switch
        {
            Step.ClientFirst => First(text),
            Step.ClientFinal => Final(text),
            _ => throw PgException.Protocol("unexpected SASL message"),
        };
    }

    private ScramReply First(string message)
    {
        var attributes = new Attributes(message);
        ReadBindingFlag(attributes.Token());

        var authorizationIdentity = attributes.Token();
        if (authorizationIdentity.StartsWith("a=", StringComparison.Ordinal))
            throw Unsupported("client uses authorization identity, but it is not supported");
        if (authorizationIdentity.Length != 0) throw Malformed("The GS2 header does not end where it should.");

        _gs2Header = message[..attributes.Offset];
        _clientFirstBare = message[attributes.Offset..];
        if (_clientFirstBare.StartsWith("m=", StringComparison.Ordinal))
            throw Unsupported("client requires an unsupported SCRAM extension");

        attributes.Value('n');
        var clientNonce = attributes.Value('r');
        if (clientNonce.Length == 0 || clientNonce.Any(c => c is < '!' or > '~'))
            throw Malformed("The nonce holds characters that are not printable.");
        attributes.SkipExtensions();

        _bothNonces = clientNonce + _nonce();
        _serverFirst = $"r={_bothNonces},s={Convert.ToBase64String(_verifier.Salt)},i={_verifier.Iterations}";
        _step = Step.ClientFinal;
        return new ScramReply(Encoding.UTF8.GetBytes(_serverFirst), false);
    }

    private void ReadBindingFlag(string flag)
    {
        switch (flag)
        {
            case "n" or "y" when _isBound:
                throw Malformed($"The client selected {BoundMechanism}, but its first message binds no channel.");

            // The client believes that we cannot bind channels, but we offered it: someone took the offer out on the way.
            case "y" when _bindingData is not null:
                throw new PgException(
                    SqlStates.InvalidAuthorizationSpecification, "SCRAM channel binding negotiation error", Reach.Connection)
                {
                    Detail = "The client thinks that this server does not support channel binding, which it does.",
                };

            case "n" or "y":
                return;

            case ['p', '=', .. var type]:
                if (!_isBound) throw Malformed($"The client selected {Mechanism}, but its first message binds a channel.");
                if (type != BindingType)
                    throw PgException.Protocol($"unsupported SCRAM channel-binding type \"{Printable(type)}\"");
                return;

            default:
                throw Malformed("The channel binding flag is not n, y or p.");
        }
    }

    private ScramReply Final(string message)
    {
        var attributes = new Attributes(message);
        var binding = attributes.Value('c');
        var nonces = attributes.Value('r');
        attributes.SkipExtensions(until: 'p');
        var withoutProof = message[..Math.Max(attributes.Offset - 1, 0)];
        var proof = ProofOf(attributes.Value('p'));
        if (!attributes.IsAtEnd || message.EndsWith(',')) throw Malformed("Something follows the proof.");

        RequireBinding(binding);
        if (nonces != _bothNonces)
            throw new PgException(SqlStates.ProtocolViolation, "invalid SCRAM response", Reach.Connection)
            {
                Detail = "The nonce is not the one that was agreed.",
            };

        var authMessage = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{withoutProof}");
        if (!IsProved(authMessage, proof) | _isMock)
            throw new PgException(
                SqlStates.InvalidPassword, $"password authentication failed for user \"{_user}\"", Reach.Connection);

        var signature = HMACSHA256.HashData(_verifier.ServerKey, authMessage);
        return new ScramReply(Encoding.ASCII.GetBytes($"v={Convert.ToBase64String(signature)}"), true);
    }

    private void RequireBinding(string binding)
    {
        var expected = Encoding.UTF8.GetBytes(_gs2Header).AsSpan();
        if (_isBound) expected = (byte[])[.. expected, .. _bindingData!];
        if (binding == Convert.ToBase64String(expected)) return;

        // With binding: the client sees another certificate than ours, so somebody sits in the middle.
        throw _isBound
            ? new PgException(SqlStates.InvalidAuthorizationSpecification, "SCRAM channel binding check failed", Reach.Connection)
            : PgException.Protocol("unexpected SCRAM channel-binding attribute in client-final-message");
    }

    // ClientProof is ClientKey XOR HMAC(StoredKey, AuthMessage), and StoredKey is H(ClientKey).
    private bool IsProved(byte[] authMessage, byte[] proof)
    {
        Span<byte> clientKey = stackalloc byte[ScramVerifier.KeyLength];
        HMACSHA256.HashData(_verifier.StoredKey, authMessage, clientKey);
        for (var i = 0; i < clientKey.Length; i++) clientKey[i] ^= proof[i];
        Span<byte> storedKey = stackalloc byte[ScramVerifier.KeyLength];
        SHA256.HashData(clientKey, storedKey);
        CryptographicOperations.ZeroMemory(clientKey);
        return CryptographicOperations.FixedTimeEquals(storedKey, _verifier.StoredKey);
    }

    private static byte[] ProofOf(string text)
    {
        var proof = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, proof, out var length) || length != ScramVerifier.KeyLength)
            throw Malformed("The proof is not base64 of the right length.");
        return proof;
    }

    private static string RandomNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));

    private static string Printable(string text) =>
        string.Concat(text.Take(64).Select(c => c is < ' ' or > '~' ? '?' : c));

    private static PgException Malformed(string detail) =>
        new(SqlStates.ProtocolViolation, "malformed SCRAM message", Reach.Connection) { Detail = detail };

    private static PgException Unsupported(string message) =>
        new(SqlStates.FeatureNotSupported, message, Reach.Connection);

    private void Expect(Step step)
    {
        if (_step != step) throw PgException.Protocol("unexpected SASL message");
    }

    /// <summary>The comma-separated parts of a SCRAM message, from left to right.</summary>
    private struct Attributes(string message)
    {
        public int Offset { get; private set; }

        public readonly bool IsAtEnd => Offset >= message.Length;

        public string Token()
        {
            if (Offset > message.Length) throw Malformed("It ends too early.");
            var comma = message.IndexOf(',', Offset);
            var token = comma < 0 ? message[Offset..] : message[Offset..comma];
            Offset = comma < 0 ? message.Length : comma + 1;
            return token;
        }

        public string Value(char name)
        {
            var token = Token();
            if (token.Length < 2 || token[0] != name || token[1] != '=') throw Malformed($"Attribute \"{name}\" was expected.");
            return token[2..];
        }

        // Extensions may be ignored; every one is a letter, '=' and a value.
        public void SkipExtensions(char until = '\0')
        {
            while (!IsAtEnd && message[Offset] != until)
                if (Token() is not [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), '=', ..])
                    throw Malformed("An extension is not a letter and a value.");
        }
    }
}
