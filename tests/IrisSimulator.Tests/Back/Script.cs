using System.Globalization;
using IrisSimulator.Provider;

namespace IrisSimulator.Tests.Back;

/// <summary>
/// A section of a script: statements and what they come to, in a fresh instance.
/// <code>
/// = sentence            a new section
/// @ 2023.1              version of the server for the connections that follow
/// > statement           (b> runs it on the connection "b"); continued by lines that begin with two blanks
/// ? int 5 | text x      parameters of the next statement
/// : label | label       expected labels        % TYPE | TYPE   expected type names
/// &lt; value | value       one expected row; all rows must be listed, in order
/// - nothing             the query has no rows
/// &amp; n                   rows affected          ! -119 text     expected SQLCODE, and a part of the message
/// </code>
/// </summary>
public sealed class Script(string title, IReadOnlyList<string> lines) : IDisposable
{
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, SimConnection> _connections = [];
    private string _version = "2025.1";

    public static IEnumerable<(string Title, List<string> Lines)> Sections(string path)
    {
        string? title = null;
        List<string> lines = [];
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                if (title is not null) yield return (title, lines);
                (title, lines) = (line[2..], []);
            }
            else if (line.Length > 0 && !line.StartsWith('#')) lines.Add(line);
        }
        if (title is not null) yield return (title, lines);
    }

    private SimConnection Connection(string name)
    {
        if (_connections.TryGetValue(name, out var found)) return found;
        var connection = new SimConnection($"Server=x;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Version={_version};Instance={_instance}");
        connection.Open();
        return _connections[name] = connection;
    }

    public void Run()
    {
        object?[] parameters = [];
        for (var i = 0; i < lines.Count;)
        {
            var line = lines[i++];
            if (line.StartsWith("@ ", StringComparison.Ordinal)) { _version = line[2..]; continue; }
            if (line.StartsWith("? ", StringComparison.Ordinal)) { parameters = [.. line[2..].Split(" | ").Select(Parameter)]; continue; }
            var mark = line.IndexOf("> ", StringComparison.Ordinal);
            Assert.True(mark is 0 or 1, $"no statement: {line}");
            var sql = line[(mark + 2)..];
            while (i < lines.Count && lines[i].StartsWith("  ", StringComparison.Ordinal)) sql += "\n" + lines[i++];
            List<string> expected = [];
            while (i < lines.Count && lines[i][0] is ':' or '%' or '<' or '-' or '&' or '!') expected.Add(lines[i++]);
            Check(Connection(line[..mark]), sql, parameters, expected);
            parameters = [];
        }
    }

    private void Check(SimConnection connection, string sql, object?[] parameters, List<string> expected)
    {
        var where = $"{title}\n{sql}\n";
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters) command.Parameters.AddWithValue("", value ?? DBNull.Value);
        List<string> found = [];
        try
        {
            using var reader = command.ExecuteReader();
            var marks = expected.Select(e => e[0]).ToHashSet();
            if (marks.Contains(':')) found.Add(": " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)));
            if (marks.Contains('%')) found.Add("% " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)));
            while (reader.Read()) found.Add("< " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(n => Show(reader.GetValue(n)))));
            if (marks.Contains('-') && !reader.HasRows) found.Add(expected.Single(e => e[0] == '-'));
            if (marks.Contains('&')) found.Add("& " + reader.RecordsAffected);
            if (expected.Count == 0) return;
        }
        catch (SimException error)
        {
            var refusal = expected.SingleOrDefault(e => e[0] == '!');
            Assert.True(refusal is not null, where + error.Message);
            var parts = refusal[2..].Split(' ', 2);
            Assert.True(parts[0] == "-" + error.NativeError, $"{where}expected {refusal}, found {error.Message}");
            if (parts.Length > 1) Assert.True(error.Message.Contains(parts[1], StringComparison.Ordinal), $"{where}expected {refusal}, found {error.Message}");
            return;
        }
        Assert.True(expected.SequenceEqual(found), $"{where}expected\n{string.Join('\n', expected)}\nfound\n{string.Join('\n', found)}");
    }

    private static object? Parameter(string text)
    {
        text = text.Trim();
        if (text == "null") return null;
        var (kind, value) = text.IndexOf(' ') is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
        return kind switch
        {
            "int" => int.Parse(value),
            "long" => long.Parse(value),
            "dec" => decimal.Parse(value, CultureInfo.InvariantCulture),
            "dbl" => double.Parse(value, CultureInfo.InvariantCulture),
            "text" => value,
            "bool" => bool.Parse(value),
            "date" => DateTime.Parse(value, CultureInfo.InvariantCulture),
            "time" => TimeSpan.Parse(value, CultureInfo.InvariantCulture),
            "bytes" => Convert.FromHexString(value),
            "guid" => Guid.Parse(value),
            _ => throw new InvalidOperationException(text),
        };
    }

    private static string Show(object value) => value switch
    {
        DBNull => "NULL",
        "" => "''",
        bool flag => flag ? "1" : "0",
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        DateTime t => t.ToString(t.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        TimeSpan t => t.ToString(t.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.FFFFFF", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public void Dispose()
    {
        foreach (var connection in _connections.Values) connection.Dispose();
        SimServer.Drop(_instance);
    }
}
