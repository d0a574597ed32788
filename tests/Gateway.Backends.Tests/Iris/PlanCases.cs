using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Backends.Embedded.Functions;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Sqlite;

namespace Gateway.Backends.Tests.Iris;

/// <summary>
/// Files of cases: <c># heading</c>, then <c>&gt; statement</c> with what comes of it below, up to an empty line; <c>| statement</c>
/// is run before, for the cases that follow. With REWRITE_PLANS=1 the answers are written anew, to be read and committed.
/// </summary>
internal static class PlanCases
{
    public static IrisOptions Options { get; } = new(new Version(2025, 1), false);

    public static SqliteDialect Local { get; } = new(FunctionLibrary.Names);

    /// <param name="setUp">Runs a statement of the set-up.</param>
    /// <param name="answer">What comes of a statement: lines.</param>
    /// <returns>Statements whose answer is another, with both answers; and the number of cases.</returns>
    public static (List<string> Different, int Count) Run(string file, Action<string> setUp, Func<string, string> answer, [CallerFilePath] string source = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(source)!, file);
        var different = new List<string>();
        var written = new StringBuilder();
        var count = 0;
        foreach (var block in File.ReadAllText(path).Split("\n\n"))
        {
            var lines = block.Trim('\n').Split('\n');
            if (lines[0].StartsWith("| ", StringComparison.Ordinal))
                foreach (var line in lines) setUp(line[2..]);
            if (!lines[0].StartsWith("> ", StringComparison.Ordinal))
            {
                if (block.Trim().Length > 0) written.Append(block.Trim('\n')).Append("\n\n");
                continue;
            }

            var statement = lines[0][2..];
            var expected = string.Join('\n', lines[1..]);
            var actual = answer(statement).TrimEnd('\n');
            count++;
            written.Append($"> {statement}\n{actual}\n\n");
            if (actual != expected) different.Add($"{statement}\n--- expected\n{expected}\n--- actual\n{actual}\n");
        }

        if (Environment.GetEnvironmentVariable("REWRITE_PLANS") == "1") File.WriteAllText(path, written.ToString().TrimEnd('\n') + "\n");
        return (different, count);
    }
}
