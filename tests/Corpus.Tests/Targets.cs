using Corpus.Tests.Format;
using Corpus.Tests.Wire;
using Gateway.Tests.Shared;

namespace Corpus.Tests;

/// <summary>What is compared with PostgreSQL: a gateway with one of its backends.</summary>
/// <param name="Name">As files and the page name it; lines <c>--&lt;name&gt;</c> of schema.sql replace the ones before them, for PostgreSQL too.</param>
/// <param name="Title">As the page writes it.</param>
/// <param name="Start">Starts it.</param>
/// <param name="User">Who connects.</param>
/// <param name="Database">Where the schema is made.</param>
/// <param name="UndoesDdl">A rollback undoes every change of the schema; else it is made anew after such a check.</param>
internal sealed record Target(string Name, string Title, Func<IRunningNode> Start, string User = "scratch", string Database = "scratch", bool UndoesDdl = true)
{
    public static readonly IReadOnlyList<Target> All =
    [
        new("embedded", "embedded engine", () => GatewayNode.Start()),
        new("iris", "IRIS (simulated)", () => new SimulatedIrisNode(), UndoesDdl: false),
        new("postgres", "PostgreSQL 15 (over Npgsql)", () => new PostgresNode()),
    ];

    public static Target Named(string name) => All.First(target => target.Name == name);

    /// <summary>Lines that stand for the ones before them on this target.</summary>
    private string OwnLine => "--" + Name;

    public bool HasOwnSchema => Lines().Any(line => line.StartsWith(OwnLine, StringComparison.Ordinal));

    public string Schema()
    {
        var lines = new List<string>();
        foreach (var line in Lines())
        {
            if (!line.StartsWith(OwnLine, StringComparison.Ordinal)) lines.Add(line);
            else lines[^1] = line[OwnLine.Length..];
        }

        return string.Join('\n', lines);
    }

    private static string[] Lines() => File.ReadAllLines(Path.Combine(CorpusFile.Folder, "schema.sql"));
}

/// <summary>A target that runs, with one session for every check.</summary>
internal sealed partial class RunningTarget : IDisposable
{
    private readonly Target _target;
    private IRunningNode _node = null!;
    private WireSession? _session;

    public RunningTarget(Target target)
    {
        _target = target;
        Start();
    }

    /// <summary>What it answers to a check, which leaves nothing behind.</summary>
    public Answer Ask(Check check, bool extended)
    {
        if (_session is null)
        {
            _session = new WireSession(_node.Port, _target.User, _target.Database);
            _session.Run(_target.Schema());
        }

        var answer = _session.Ask(check, extended);
        if (!_target.UndoesDdl && check.Steps.Any(step => ChangesSchema().IsMatch(step.Sql)))
        {
            Dispose();
            Start();
        }

        return answer;
    }

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
        _node.Dispose();
    }

    private void Start()
    {
        _node = _target.Start();
        Skip.If(_node is PostgresNode && _node.Missing is not null, _node.Missing);
        Assert.True(_node.Missing is null, _node.Missing);
    }

    // What is only added goes with the rollback everywhere.
    [System.Text.RegularExpressions.GeneratedRegex(@"^\s*(DROP|ALTER|TRUNCATE|COMMENT|CREATE\s+OR\s+REPLACE)\b", System.Text.RegularExpressions.RegexOptions.IgnoreCase)]
    private static partial System.Text.RegularExpressions.Regex ChangesSchema();
}
