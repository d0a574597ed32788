using Conversations.Tests.Format;

namespace Conversations.Tests;

/// <summary>The other side of a conversation.</summary>
internal interface IPeer : IDisposable
{
    /// <param name="say">What is sent.</param>
    /// <param name="syncFollows">The client sends Sync next, without waiting.</param>
    void Send(Say say, bool syncFollows);

    Received Receive(bool singleByte);

    /// <summary>Everything that comes after the last line of the file: nothing, if all is well.</summary>
    IEnumerable<Received> Rest();
}
