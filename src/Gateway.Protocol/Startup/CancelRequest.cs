using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Startup;

/// <summary>Asks, on a connection of its own, to cancel what another session runs. There is never an answer.</summary>
/// <remarks>
/// Int32 length | Int32 80877102 (1234 in the high 16 bits, 5678 in the low) | Int32 process id | the secret key, to the
/// end of the packet: 4 bytes up to protocol 3.1, up to 256 from 3.2 on.
/// </remarks>
public sealed record CancelRequest(int ProcessId, ReadOnlyMemory<byte> SecretKey) : StartupPacket
{
    public const int RequestCode = 80877102;

    public override int BodyLength => 2 * sizeof(int) + SecretKey.Length;

    public override void WriteBody(ref SpanWriter body)
    {
        body.Int32(RequestCode);
        body.Int32(ProcessId);
        body.Bytes(SecretKey.Span);
    }

    internal static CancelRequest Read(scoped ref SpanReader rest)
    {
        if (rest.Remaining - sizeof(int) is < BackendKeyData.MinKeyLength or > BackendKeyData.MaxKeyLength)
            throw PgException.Protocol("invalid length of cancel request packet");
        return new(rest.Int32(), rest.Rest().ToArray());
    }
}
