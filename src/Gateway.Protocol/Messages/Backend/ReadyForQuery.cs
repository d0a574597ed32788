using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The server will accept a new query cycle.</summary>
/// <remarks>'Z' | Int32 5 | Byte1 status: I idle, T in a block, E in a failed block.</remarks>
public readonly record struct ReadyForQuery(TransactionStatus Status) : IBackendMessage, IReadable<ReadyForQuery>
{
    public static byte Code => BackendCode.ReadyForQuery;
    public int BodyLength => 1;
    public void WriteBody(ref SpanWriter body) => body.Byte((byte)Status);
    public static ReadyForQuery Read(scoped ref SpanReader body) => new((TransactionStatus)body.Byte());
}
