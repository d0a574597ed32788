using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The Int32 that tells the messages with code 'R' apart.</summary>
public enum AuthenticationKind
{
    Ok = 0,
    KerberosV5 = 2,
    CleartextPassword = 3,
    Md5Password = 5,
    Gss = 7,
    GssContinue = 8,
    Sspi = 9,
    Sasl = 10,
    SaslContinue = 11,
    SaslFinal = 12,
}

public static class AuthenticationKinds
{
    /// <summary>Which message a body with code 'R' is.</summary>
    public static AuthenticationKind Of(ReadOnlySpan<byte> body) => (AuthenticationKind)new SpanReader(body).Int32();

    internal static void Expect(this AuthenticationKind expected, scoped ref SpanReader body)
    {
        var kind = (AuthenticationKind)body.Int32();
        if (kind != expected) throw SpanReader.Malformed($"authentication request {(int)kind} where {(int)expected} was expected");
    }
}
