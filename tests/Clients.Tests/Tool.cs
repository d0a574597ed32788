using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Clients.Tests;

/// <summary>Programs that the tests start: found or skipped, always ended.</summary>
internal static class Tool
{
    public static string RepositoryRoot { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Clients { get; } = Path.Combine(RepositoryRoot, "tests", "Clients");

    /// <summary>The path of a program, a skip naming it where it is not installed.</summary>
    public static string Find(string name, params string[] places)
    {
        var path = places.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Skip.If(path is null, $"{name} is not installed (tests/setup.sh)");
        return path!;
    }

    /// <summary>The lines of a file of tests/Clients; empty ones and comments are left out.</summary>
    public static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(Clients, file)).Where(line => line.Length > 0 && !line.StartsWith('#'));

    public static void Needs(string path) => Skip.IfNot(Path.Exists(path), $"{path} is missing (tests/setup.sh)");

    public static Result Run(Target target, TimeSpan limit, string program, IEnumerable<string> arguments, string input = "", string? folder = null)
    {
        target.Start();
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment =
            {
                ["PGHOST"] = target.Host,
                ["PGPORT"] = target.Port.ToString(CultureInfo.InvariantCulture),
                ["PGDATABASE"] = target.Database,
                ["PGUSER"] = target.User,
                ["PGCONNECT_TIMEOUT"] = "15",
                ["PGCLIENTENCODING"] = "UTF8",
                ["PSQLRC"] = "/dev/null",
                ["LC_ALL"] = "C.UTF-8",
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var ended = process.WaitForExit(limit);
        if (!ended) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new Result(ended ? process.ExitCode : null, output.Result, errors.Result);
    }

    /// <param name="ExitCode">Null: it had to be killed at its time limit.</param>
    internal sealed record Result(int? ExitCode, string Output, string Errors)
    {
        public override string ToString() => $"exit code {ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none, killed at the time limit"}\n{Output}\n{Errors}";
    }
}
