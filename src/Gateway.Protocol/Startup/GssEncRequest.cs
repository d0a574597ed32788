using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Startup;

/// <summary>Asks for GSSAPI encryption. The answer is one byte, G or N.</summary>
/// <remarks>Int32 8 | Int32 80877104 (1234 in the high 16 bits, 5680 in the low).</remarks>
public sealed record GssEncRequest : StartupPacket
{
    public const int RequestCode = 80877104;

    public override int BodyLength => sizeof(int);

    public override void WriteBody(ref SpanWriter body) => body.Int32(RequestCode);
}
