using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Startup;

/// <summary>Asks for TLS. The answer is one byte, S or N; after S the TLS handshake follows, after N anything may.</summary>
/// <remarks>Int32 8 | Int32 80877103 (1234 in the high 16 bits, 5679 in the low).</remarks>
public sealed record SslRequest : StartupPacket
{
    public const int RequestCode = 80877103;

    public override int BodyLength => sizeof(int);

    public override void WriteBody(ref SpanWriter body) => body.Int32(RequestCode);
}
