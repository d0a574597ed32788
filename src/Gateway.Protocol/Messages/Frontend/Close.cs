using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>Forgets a statement and its portals, or a portal; no error when there is none.</summary>
/// <remarks>'C' | Int32 length | Byte1 'S' statement or 'P' portal | String name.</remarks>
public readonly ref struct Close(Target target, ReadOnlySpan<byte> name) : IFrontendMessage, IReadable<Close>
{
    public static byte Code => FrontendCode.Close;
    public Target Target { get; } = target;
    public ReadOnlySpan<byte> Name { get; } = name;
    public int BodyLength => 1 + SpanWriter.SizeOf(Name);

    public void WriteBody(ref SpanWriter body)
    {
        body.Byte((byte)Target);
        body.CString(Name);
    }

    public static Close Read(scoped ref SpanReader body) => new(Targets.Read(ref body, "CLOSE"), body.Utf8());
}
