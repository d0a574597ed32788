using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>What a CancelRequest for this session has to name.</summary>
/// <remarks>
/// 'K' | Int32 length | Int32 process id | the secret key, to the end of the message: 4 bytes up to protocol 3.1, from
/// 3.2 on as many as the server likes, at most 256.
/// </remarks>
public readonly record struct BackendKeyData(int ProcessId, ReadOnlyMemory<byte> SecretKey) : IBackendMessage, IReadable<BackendKeyData>
{
    public const int MinKeyLength = 4;
    public const int MaxKeyLength = 256;

    public static byte Code => BackendCode.BackendKeyData;
    public int BodyLength => sizeof(int) + SecretKey.Length;

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32(ProcessId);
        body.Bytes(SecretKey.Span);
    }

    public static BackendKeyData Read(scoped ref SpanReader body)
    {
        var processId = body.Int32();
        if (body.Remaining is < MinKeyLength or > MaxKeyLength)
            throw SpanReader.Malformed($"a secret key of {body.Remaining} bytes");
        return new(processId, body.Rest().ToArray());
    }
}
