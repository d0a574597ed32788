using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A simple query: one string, any number of statements.</summary>
/// <remarks>'Q' | Int32 length | String SQL.</remarks>
public readonly ref struct Query(ReadOnlySpan<byte> sql) : IFrontendMessage, IReadable<Query>
{
    public static byte Code => FrontendCode.Query;
    public ReadOnlySpan<byte> Sql { get; } = sql;
    public int BodyLength => SpanWriter.SizeOf(Sql);
    public void WriteBody(ref SpanWriter body) => body.CString(Sql);
    public static Query Read(scoped ref SpanReader body) => new(body.Utf8());
}
