using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>What Describe and Close are about.</summary>
public enum Target : byte
{
    Statement = (byte)'S',
    Portal = (byte)'P',
}

internal static class Targets
{
    internal static Target Read(scoped ref SpanReader body, string message)
    {
        var target = (Target)body.Byte();
        return target is Target.Statement or Target.Portal
            ? target
            : throw SpanReader.Malformed($"invalid {message} message subtype {(byte)target}");
    }
}
