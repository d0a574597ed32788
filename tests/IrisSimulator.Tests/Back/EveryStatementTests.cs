using System.Text.RegularExpressions;
using IrisSimulator.Provider;

namespace IrisSimulator.Tests.Back;

/// <summary>
/// Everything the parser is tested to read is executed too, over tables made as the errors ask for them. It may fail as the
/// server fails or say that the simulator cannot play it; it may not fail inside.
/// </summary>
public sealed partial class EveryStatementTests
{
    [GeneratedRegex(@"Table '(?:(?<schema>[^'.]+)\.)?(?<table>[^']+)' not found")]
    private static partial Regex MissingTable();

    [GeneratedRegex(@"Field '(?:[^']*\.)?(?<field>[^'.]+)' not found")]
    private static partial Regex MissingField();

    public static TheoryData<string, string> Statements()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Front", "accept.txt")))
            if (line.Length > 0 && !line.StartsWith('#') && line.Split('\t') is [var version, var sql]) data.Add(version, sql);
        return data;
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_runs_or_fails_as_the_server_does(string version, string sql)
    {
        var instance = Guid.NewGuid().ToString("N");
        using var connection = new SimConnection($"Server=x;Port=1;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance={instance};Version={(version == "-" ? "2025.1" : version)}");
        connection.Open();
        var fields = new List<string>();
        var tables = new List<string>();
        try
        {
            for (var attempt = 0; attempt < 30; attempt++)
                try
                {
                    Run(connection, sql, sql.Count(c => c == '?'));
                    return;
                }
                catch (NotSupportedException)
                {
                    return;
                }
                catch (SimException error)
                {
                    if (MissingTable().Match(error.Message) is { Success: true } table)
                        tables.Add($"\"{(table.Groups["schema"].Success ? table.Groups["schema"].Value : "SQLUser")}\".\"{table.Groups["table"].Value}\"");
                    else if (MissingField().Match(error.Message) is { Success: true } field && !fields.Contains(field.Groups["field"].Value, StringComparer.OrdinalIgnoreCase))
                        fields.Add(field.Groups["field"].Value);
                    else return;
                    if (tables.Any(t => t.Contains('%') || t.Contains("INFORMATION_SCHEMA"))) return;
                    foreach (var name in tables)
                    {
                        Run(connection, $"DROP TABLE IF EXISTS {name} CASCADE", 0);
                        Run(connection, $"CREATE TABLE {name} (own1 INT{string.Concat(fields.Select((f, i) => $", \"{f.Replace("\"", "\"\"")}\" {(i % 3 == 1 ? "VARCHAR(50)" : "INT")}"))})", 0);
                        Run(connection, $"INSERT INTO {name} (own1) VALUES (1)", 0);
                    }
                }
        }
        finally
        {
            SimServer.Drop(instance);
        }
    }

    private static void Run(SimConnection connection, string sql, int parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.AddWithValue("", 1);
        using var reader = command.ExecuteReader();
        while (reader.Read()) reader.GetValues(new object[reader.FieldCount]);
    }
}
