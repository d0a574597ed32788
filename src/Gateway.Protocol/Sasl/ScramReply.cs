namespace Gateway.Protocol.Sasl;

/// <summary>What the server has to send next.</summary>
/// <param name="Data">For AuthenticationSASLContinue, or, when it is the last, for AuthenticationSASLFinal.</param>
/// <param name="IsFinal">The client has proved that it knows the password: AuthenticationOk follows.</param>
public readonly record struct ScramReply(ReadOnlyMemory<byte> Data, bool IsFinal);
