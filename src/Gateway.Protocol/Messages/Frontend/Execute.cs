using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Runs a portal, or goes on where it was suspended.</summary>
/// <remarks>'E' | Int32 length | String portal | Int32 row limit, 0 for none.</remarks>
public readonly ref struct Execute(ReadOnlySpan<byte> portal, int maxRows = 0) : IFrontendMessage, IReadable<Execute>
{
    public static byte Code => FrontendCode.Execute;
    public ReadOnlySpan<byte> Portal { get; } = portal;

    /// <summary>No limit when it is 0, and (as PostgreSQL reads it) when it is negative.</summary>
    public int MaxRows { get; } = maxRows;

    public int BodyLength => SpanWriter.SizeOf(Portal) + sizeof(int);

    public void WriteBody(ref SpanWriter body)
    {
        body.CString(Portal);
        body.Int32(MaxRows);
    }

    public static Execute Read(scoped ref SpanReader body) => new(body.Utf8(), body.Int32());
}
