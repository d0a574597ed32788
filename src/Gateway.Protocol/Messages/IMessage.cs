using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>What is told once per message so that framing can be written once for all of them.</summary>
public interface IMessage
{
    /// <summary>The first byte of the message.</summary>
    static abstract byte Code { get; }

    /// <summary>The exact size of what <see cref="WriteBody"/> writes.</summary>
    int BodyLength { get; }

    void WriteBody(ref SpanWriter body);
}

/// <summary>A message from the client.</summary>
public interface IFrontendMessage : IMessage;

/// <summary>A message from the server.</summary>
public interface IBackendMessage : IMessage;

/// <summary>Something that can be read from a body; ref structs keep pointing into it.</summary>
public interface IReadable<TSelf> where TSelf : IReadable<TSelf>, allows ref struct
{
    static abstract TSelf Read(scoped ref SpanReader body);
}
