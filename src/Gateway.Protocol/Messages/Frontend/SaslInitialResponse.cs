using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client's choice of mechanism, usually with its first message.</summary>
/// <remarks>'p' | Int32 length | String mechanism | Int32 length of the response, -1 for none | the response.</remarks>
public readonly ref struct SaslInitialResponse(ReadOnlySpan<byte> mechanism, WireValue response)
    : IFrontendMessage, IReadable<SaslInitialResponse>
{
    public static byte Code => FrontendCode.Password;
    public ReadOnlySpan<byte> Mechanism { get; } = mechanism;

    /// <summary>client-first-message for SCRAM; NULL asks for an empty challenge first.</summary>
    public WireValue Response { get; } = response;

    public int BodyLength => SpanWriter.SizeOf(Mechanism) + Response.Size;

    public void WriteBody(ref SpanWriter body)
    {
        body.CString(Mechanism);
        Response.WriteTo(ref body);
    }

    public static SaslInitialResponse Read(scoped ref SpanReader body) => new(body.CString(), WireValue.Read(ref body));
}
