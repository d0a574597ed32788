using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A password, as it is or as an MD5 response.</summary>
/// <remarks>'p' | Int32 length | String password, in whatever encoding the client likes.</remarks>
public readonly ref struct PasswordMessage(ReadOnlySpan<byte> password) : IFrontendMessage, IReadable<PasswordMessage>
{
    public static byte Code => FrontendCode.Password;
    public ReadOnlySpan<byte> Password { get; } = password;
    public int BodyLength => SpanWriter.SizeOf(Password);
    public void WriteBody(ref SpanWriter body) => body.CString(Password);
    public static PasswordMessage Read(scoped ref SpanReader body) => new(body.CString());
}
