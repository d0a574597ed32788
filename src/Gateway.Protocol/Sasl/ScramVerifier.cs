using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Protocol.Sasl;

/// <summary>What a server keeps instead of a password for SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677).</summary>
/// <remarks>
/// As text, the way pg_authid.rolpassword has it: <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>, the last three
/// in base64.
/// </remarks>
public sealed class ScramVerifier
{
    public const int KeyLength = SHA256.HashSizeInBytes;

    // The least RFC 7677 allows, and PostgreSQL's default.
    public const int DefaultIterations = 4096;

    public const int DefaultSaltLength = 16;

    private const string Scheme = "SCRAM-SHA-256";

    private readonly byte[] _salt;
    private readonly byte[] _storedKey;
    private readonly byte[] _serverKey;

    public ScramVerifier(int iterations, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> storedKey, ReadOnlySpan<byte> serverKey)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        ArgumentOutOfRangeException.ThrowIfZero(salt.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(storedKey.Length, KeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(serverKey.Length, KeyLength);
        Iterations = iterations;
        _salt = salt.ToArray();
        _storedKey = storedKey.ToArray();
        _serverKey = serverKey.ToArray();
    }

    public int Iterations { get; }

    public ReadOnlySpan<byte> Salt => _salt;

    /// <summary>H(ClientKey): checks a proof, cannot make one.</summary>
    public ReadOnlySpan<byte> StoredKey => _storedKey;

    /// <summary>Signs the server's last message: proof to the client that the server knew the verifier.</summary>
    public ReadOnlySpan<byte> ServerKey => _serverKey;

    public static ScramVerifier Create(string password) =>
        Create(password, DefaultIterations, RandomNumberGenerator.GetBytes(DefaultSaltLength));

    public static ScramVerifier Create(string password, int iterations, ReadOnlySpan<byte> salt)
    {
        Span<byte> salted = stackalloc byte[KeyLength];
        Span<byte> clientKey = stackalloc byte[KeyLength];
        Span<byte> storedKey = stackalloc byte[KeyLength];
        Span<byte> serverKey = stackalloc byte[KeyLength];
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(SaslPrep.Prepare(password)), salt, salted, iterations, HashAlgorithmName.SHA256);
        HMACSHA256.HashData(salted, "Client Key"u8, clientKey);
        SHA256.HashData(clientKey, storedKey);
        HMACSHA256.HashData(salted, "Server Key"u8, serverKey);
        var verifier = new ScramVerifier(iterations, salt, storedKey, serverKey);
        CryptographicOperations.ZeroMemory(salted);
        CryptographicOperations.ZeroMemory(clientKey);
        return verifier;
    }

    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ScramVerifier? verifier)
    {
        verifier = null;
        if (text.Split('$') is not [Scheme, var cost, var keys]) return false;
        if (cost.Split(':') is not [var iterationsText, var saltText]) return false;
        if (keys.Split(':') is not [var storedText, var serverText]) return false;
        if (!int.TryParse(iterationsText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return false;
        if (iterations == 0) return false;
        if (Base64Of(saltText) is not { Length: > 0 } salt) return false;
        if (Base64Of(storedText) is not { Length: KeyLength } stored) return false;
        if (Base64Of(serverText) is not { Length: KeyLength } server) return false;
        verifier = new ScramVerifier(iterations, salt, stored, server);
        return true;
    }

    public static ScramVerifier Parse(string text) =>
        TryParse(text, out var verifier) ? verifier : throw new FormatException("not a SCRAM-SHA-256 verifier");

    /// <summary>The stored form. It is a secret: whoever has it can pretend to be this server.</summary>
    public string Format() =>
        $"{Scheme}${Iterations}:{Convert.ToBase64String(_salt)}${Convert.ToBase64String(_storedKey)}:{Convert.ToBase64String(_serverKey)}";

    /// <summary>Without salt and keys: fit for a log.</summary>
    public override string ToString() => $"{Scheme}${Iterations}:…";

    /// <summary>Whether <paramref name="password"/> is the one this was made from: for clients that send it as it is.</summary>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Create(password, Iterations, _salt)._storedKey, _storedKey);

    private static byte[]? Base64Of(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }
}
