using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Asks what a statement takes and returns, or what a portal returns. Never executes.</summary>
/// <remarks>'D' | Int32 length | Byte1 'S' statement or 'P' portal | String name.</remarks>
public readonly ref struct Describe(Target target, ReadOnlySpan<byte> name) : IFrontendMessage, IReadable<Describe>
{
    public static byte Code => FrontendCode.Describe;
    public Target Target { get; } = target;
    public ReadOnlySpan<byte> Name { get; } = name;
    public int BodyLength => 1 + SpanWriter.SizeOf(Name);

    public void WriteBody(ref SpanWriter body)
    {
        body.Byte((byte)Target);
        body.CString(Name);
    }

    public static Describe Read(scoped ref SpanReader body) => new(Targets.Read(ref body, "DESCRIBE"), body.Utf8());
}
