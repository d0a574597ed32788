using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>The client asked for more than there is: a newer minor version, or protocol options nobody here knows.</summary>
/// <remarks>
/// 'v' | Int32 length | Int32 version | Int32 option count | String option × option count. The version is the one that
/// will be spoken, major and minor, as in a StartupMessage.
/// </remarks>
public readonly record struct NegotiateProtocolVersion(ProtocolVersion Version, IReadOnlyList<string> UnrecognizedOptions)
    : IBackendMessage, IReadable<NegotiateProtocolVersion>
{
    public static byte Code => BackendCode.NegotiateProtocolVersion;

    public int BodyLength
    {
        get
        {
            var length = 2 * sizeof(int);
            for (var i = 0; i < UnrecognizedOptions.Count; i++) length += SpanWriter.SizeOf(UnrecognizedOptions[i]);
            return length;
        }
    }

    public void WriteBody(ref SpanWriter body)
    {
        body.Int32(Version.Number);
        body.Int32(UnrecognizedOptions.Count);
        for (var i = 0; i < UnrecognizedOptions.Count; i++) body.CString(UnrecognizedOptions[i]);
    }

    public static NegotiateProtocolVersion Read(scoped ref SpanReader body)
    {
        var version = new ProtocolVersion(body.Int32());
        var count = body.Int32();
        if (count < 0 || count > body.Remaining) throw SpanReader.Malformed("insufficient data left in message");
        var options = new string[count];
        for (var i = 0; i < count; i++) options[i] = body.String();
        return new(version, options);
    }
}
