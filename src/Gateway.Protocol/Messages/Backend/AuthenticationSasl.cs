using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks for SASL authentication by one of the mechanisms, the server's favourite first.</summary>
/// <remarks>'R' | Int32 length | Int32 10 | String mechanism × n | Byte1 0.</remarks>
public readonly record struct AuthenticationSasl(IReadOnlyList<string> Mechanisms) : IBackendMessage, IReadable<AuthenticationSasl>
{
    public static byte Code => BackendCode.Authentication;

    public int BodyLength
    {
        get
        {
            var length = sizeof(int) + 1;
            for (var i = 0; i < Mechanisms.Count; i++) length += SpanWriter.SizeOf(Mechanisms[i]);
            return length;
        }
    }

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32((int)AuthenticationKind.Sasl);
        for (var i = 0; i < Mechanisms.Count; i++) body.CString(Mechanisms[i]);
        body.Byte(0);
    }

    public static AuthenticationSasl Read(scoped ref SpanReader body)
    {
        AuthenticationKind.Sasl.Expect(ref body);
        var mechanisms = new List<string>();
        while (body.String() is { Length: > 0 } mechanism) mechanisms.Add(mechanism);
        return new(mechanisms);
    }
}
