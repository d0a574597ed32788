using System.Security.Cryptography;
using System.Text;

namespace Gateway.Protocol.Sasl;

/// <summary>
/// Verifiers for users that do not exist, so that an exchange with one looks like any other until its last message.
/// </summary>
/// <remarks>
/// The salt depends on the user's name and a secret alone: asking twice shows the same salt, as it would for a real
/// user. Nodes that share <paramref name="secret"/> also agree with each other.
/// </remarks>
public sealed class MockVerifiers(ReadOnlySpan<byte> secret, int iterations = ScramVerifier.DefaultIterations)
{
    private readonly byte[] _secret = secret.ToArray();

    /// <summary>Those of this process.</summary>
    public static MockVerifiers Process { get; } = new(RandomNumberGenerator.GetBytes(ScramVerifier.KeyLength));

    public ScramVerifier For(string user) => new(
        iterations,
        Derive("salt", user).AsSpan(0, ScramVerifier.DefaultSaltLength),
        Derive("stored key", user),
        Derive("server key", user));

    private byte[] Derive(string purpose, string user) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{purpose}\0{user}"));
}
