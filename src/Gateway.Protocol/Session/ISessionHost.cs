using System.Buffers;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Protocol.Session;

/// <summary>
/// What the state machine asks of its surroundings. The methods that run something return true when it is done, and
/// false when it goes on elsewhere; then exactly one of <see cref="Session.Completed"/> and <see cref="Session.Failed"/>
/// follows. All may throw <see cref="PgException"/> instead, which counts as failed.
/// </summary>
public interface ISessionHost
{
    TransactionStatus Status { get; }

    /// <summary>What the client's text is in; null for UTF-8.</summary>
    TextEncoding? Encoding => null;

    void Send<T>(T message) where T : struct, IBackendMessage, allows ref struct;

    void Send(PgException error);

    /// <summary>Everything sent so far goes to the client.</summary>
    void Flush();

    /// <summary>Parses and analyzes one statement. Never runs it.</summary>
    PreparedStatement Prepare(ReadOnlySpan<byte> sql, OidList parameterTypes);

    /// <summary>A statement was replaced, closed or forgotten.</summary>
    void Forget(PreparedStatement statement);

    /// <summary>Decodes the parameters. Never runs the statement.</summary>
    Portal Bind(PreparedStatement statement, in Bind bind);

    /// <summary>Sends the portal's RowDescription with its formats, or NoData.</summary>
    void Describe(Portal portal);

    /// <summary>
    /// Runs the portal, or goes on where it was suspended; sends rows and CommandComplete, EmptyQueryResponse or
    /// PortalSuspended.
    /// </summary>
    /// <param name="maxRows">0 for no limit.</param>
    /// <param name="lastInBatch">A Sync is known to follow, so that the statement may commit by itself.</param>
    bool Execute(Portal portal, int maxRows, bool lastInBatch);

    /// <summary>Runs a simple query: every statement of the string, with all they send, up to but not ReadyForQuery.</summary>
    bool Query(ReadOnlySpan<byte> sql);

    /// <summary>After <see cref="Session.BeginCopyIn"/>: a piece of what the client copies in, cut anywhere. Valid for the call.</summary>
    void CopyData(in ReadOnlySequence<byte> data);

    /// <summary>The client has sent all, or <paramref name="failure"/> says why no more comes and is what the run is to fail with.</summary>
    void EndCopyIn(PgException? failure);

    /// <summary>Ends the implicit transaction of a batch: commits it, or rolls it back after an error.</summary>
    bool EndBatch(bool failed);

    /// <summary>Called before each ReadyForQuery: what is to be reported (ParameterStatus, notifications) is sent now.</summary>
    void BeforeReady();
}
