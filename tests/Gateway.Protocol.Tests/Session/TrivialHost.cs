using System.Buffers;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Session;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Session;

/// <summary>A host that can run one thing, and allocates nothing when it does.</summary>
internal sealed class TrivialHost : ISessionHost
{
    private static readonly byte[] Row = [0, 0, 0, 1, (byte)'1'];

    private readonly TrivialPortal _reused;

    public TrivialHost() => _reused = new TrivialPortal(this, new TrivialStatement());

    public TransactionStatus Status { get; set; } = TransactionStatus.Idle;

    public ByteWriter Output { get; } = new();

    /// <summary>Every Bind makes a portal of its own, as a real host does.</summary>
    public bool MakesPortals { get; init; }

    public List<WeakReference> Made { get; } = [];

    public int LivePortals { get; private set; }

    public int MostPortals { get; private set; }

    public int Forgotten { get; private set; }

    public List<bool> Batches { get; } = [];

    public void Send<T>(T message) where T : struct, IBackendMessage, allows ref struct => Output.Write(message);

    public void Send(PgException error) => Send(new ErrorResponse(error));

    public void Flush() { }

    public PreparedStatement Prepare(ReadOnlySpan<byte> sql, OidList parameterTypes) => new TrivialStatement();

    public void Forget(PreparedStatement statement) => Forgotten++;

    public Portal Bind(PreparedStatement statement, in Bind bind)
    {
        MostPortals = Math.Max(MostPortals, ++LivePortals);
        if (!MakesPortals) return _reused;
        var portal = new TrivialPortal(this, statement);
        Made.Add(new WeakReference(portal));
        return portal;
    }

    public void Describe(Portal portal) => Send(new NoData());

    public bool Execute(Portal portal, int maxRows, bool lastInBatch)
    {
        Send(new DataRow(new WireValues(1, Row)));
        Send(new CommandComplete("SELECT", 1));
        return true;
    }

    public bool Query(ReadOnlySpan<byte> sql)
    {
        Send(new EmptyQueryResponse());
        return true;
    }

    public void CopyData(in ReadOnlySequence<byte> data) { }

    public void EndCopyIn(PgException? failure) { }

    public bool EndBatch(bool failed)
    {
        if (Batches.Count < 100) Batches.Add(failed);
        return true;
    }

    public void BeforeReady() { }

    private sealed class TrivialStatement : PreparedStatement
    {
        public override IReadOnlyList<uint> ParameterTypes => [];

        public override bool ReturnsRows => false;

        public override IReadOnlyList<FieldDescription> Fields => [];
    }

    private sealed class TrivialPortal(TrivialHost host, PreparedStatement statement) : Portal
    {
        public override PreparedStatement Statement => statement;

        public override void Dispose() => host.LivePortals--;
    }
}
