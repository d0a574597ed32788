namespace Clients.Tests;

/// <summary>Real clients of ten languages, each a program of tests/Clients: every line they print is a check.</summary>
public abstract class ScriptTests(Target target)
{
    public static TheoryData<string> Clients => new(Client.All.Select(client => client.Name));

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public void A_client_is_content(string client)
    {
        Skip.If(target.IsGateway && !CompatibilityTests.Lists(client), $"{client} is not in docs/compatibility.md yet (COMPATIBILITY=write)");
        var run = Client.Named(client).Run(target);
        Skip.If(!target.IsGateway && run.Lacking is not null, $"{client}: {run.Lacking}");
        run.IsContent(target.IsGateway ? KnownGaps.Of(client) : new Dictionary<string, string>());
    }
}

[Collection("gateway")]
public sealed class ScriptsOnTheGateway(GatewayTarget target) : ScriptTests(target);

[Collection("postgres")]
public sealed class ScriptsOnPostgres(PostgresTarget target) : ScriptTests(target);
