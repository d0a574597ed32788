namespace Clients.Tests;

/// <summary>The scripts of tests/Clients, one per driver: every line they print is a check.</summary>
public abstract class ScriptTests(Target target)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [SkippableFact]
    public void Psycopg_3_is_content() => PythonIsContent("psycopg", "with_psycopg3.py", 55);

    [SkippableFact]
    public void Psycopg_2_is_content() => PythonIsContent("psycopg2", "with_psycopg2.py", 50);

    [SkippableFact]
    public void Asyncpg_is_content() => PythonIsContent("asyncpg", "with_asyncpg.py", 40);

    [SkippableFact]
    public void Node_postgres_is_content()
    {
        var node = Tool.Find("node");
        Tool.Needs(Path.Combine(Tool.Clients, "node", "node_modules", "pg"));
        IsContent(node, [Path.Combine(Tool.Clients, "node", "node-postgres.js")], 40);
    }

    [SkippableFact]
    public void Pgjdbc_is_content()
    {
        const string Driver = "/usr/share/java/postgresql.jar";
        var java = Tool.Find("java");
        Tool.Find("javac");
        Tool.Needs(Driver);
        IsContent(java, ["-cp", Driver, Path.Combine(Tool.Clients, "java", "WithPgjdbc.java")], 50);
    }

    [SkippableFact]
    public void Psql_is_content()
    {
        Tool.Find("psql");
        IsContent("/bin/sh", [Path.Combine(Tool.Clients, "shell", "with_psql.sh")], 70);
    }

    private void PythonIsContent(string module, string script, int checks)
    {
        // Debian's own, which sees Debian's packages; another python may come first in the PATH.
        var python = Tool.Find("python3", "/usr/bin/python3");
        Skip.IfNot(Tool.Run(target, Limit, python, ["-c", $"import {module}"]).ExitCode == 0, $"the Python module {module} is not installed (tests/setup.sh)");
        IsContent(python, [Path.Combine(Tool.Clients, "python", script)], checks);
    }

    /// <param name="checks">At least so many must have run: a script that ends early is no success.</param>
    private void IsContent(string program, string[] arguments, int checks)
    {
        var result = Tool.Run(target, Limit, program, arguments);
        var lines = result.Output.Split('\n');
        var failed = lines.Where(line => line.StartsWith("not ok ", StringComparison.Ordinal)).ToList();
        var passed = lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal));
        if (failed.Count > 0) Assert.Fail($"{failed.Count} of {passed + failed.Count} checks failed:\n{string.Join('\n', failed)}\n{result.Errors}");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(passed >= checks, $"only {passed} checks ran, {checks} or more were expected\n{result}");
    }
}

[Collection("gateway")]
public sealed class ScriptsOnTheGateway(GatewayTarget target) : ScriptTests(target);

[Collection("postgres")]
public sealed class ScriptsOnPostgres(PostgresTarget target) : ScriptTests(target);
