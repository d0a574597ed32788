using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The value of a setting drivers care about: all of them at the start, one whenever it changes.</summary>
/// <remarks>'S' | Int32 length | String name | String value.</remarks>
public readonly record struct ParameterStatus(string Name, string Value) : IBackendMessage, IReadable<ParameterStatus>
{
    public static byte Code => BackendCode.ParameterStatus;
    public int BodyLength => SpanWriter.SizeOf(Name) + SpanWriter.SizeOf(Value);

    public void WriteBody(ref SpanWriter body)
    {
        body.CString(Name);
        body.CString(Value);
    }

    public static ParameterStatus Read(scoped ref SpanReader body) => new(body.String(), body.String());
}
