using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client hangs up; an open transaction is rolled back.</summary>
/// <remarks>'X' | Int32 4</remarks>
public readonly record struct Terminate : IFrontendMessage, IReadable<Terminate>
{
    public static byte Code => FrontendCode.Terminate;
    public int BodyLength => 0;
    public void WriteBody(ref SpanWriter body) { }
    public static Terminate Read(scoped ref SpanReader body) => default;
}
