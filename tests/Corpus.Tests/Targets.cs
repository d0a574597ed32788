using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Tests.Shared;

namespace Corpus.Tests;

/// <summary>What is compared with PostgreSQL: a gateway with one of its backends.</summary>
/// <param name="Name">As files and the page name it; <c>schema.&lt;name&gt;.sql</c>, where there is one, replaces schema.sql.</param>
/// <param name="Title">As the page writes it.</param>
/// <param name="Start">Starts it.</param>
/// <param name="User">Who connects.</param>
/// <param name="Database">Where the schema is made.</param>
internal sealed record Target(string Name, string Title, Func<IRunningNode> Start, string User = "scratch", string Database = "scratch")
{
    public static readonly IReadOnlyList<Target> All =
    [
        new("embedded", "embedded engine", () => GatewayNode.Start()),
        new("iris", "IRIS (simulated)", () => new SimulatedIrisNode()),
    ];

    public static Target Named(string name) => All.First(target => target.Name == name);

    public string Schema()
    {
        var own = Path.Combine(CorpusFile.Folder, $"schema.{Name}.sql");
        return File.ReadAllText(File.Exists(own) ? own : Path.Combine(CorpusFile.Folder, "schema.sql"));
    }
}

/// <summary>A target that runs, with one session for every check.</summary>
internal sealed class RunningTarget : IDisposable
{
    private readonly IRunningNode _node;
    private readonly Lazy<WireSession> _session;

    public RunningTarget(Target target)
    {
        _node = target.Start();
        Assert.True(_node.Missing is null, _node.Missing);
        _session = new(() =>
        {
            var session = new WireSession(_node.Port, target.User, target.Database);
            session.Run(target.Schema());
            return session;
        });
    }

    public WireSession Session => _session.Value;

    public void Dispose()
    {
        if (_session.IsValueCreated) _session.Value.Dispose();
        _node.Dispose();
    }
}
