using System.Data.Common;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>System.Data.Odbc over psqlodbc. Its surface is that of System.Data.Common; what psqlodbc is set to stands in the connection string.</summary>
/// <remarks>https://odbc.postgresql.org/docs/config.html and config-opt.html name the keys.</remarks>
internal sealed class OdbcAdapter : ProviderAdapter
{
    /// <summary>Keys that decide whether values pass unchanged; one that the operator gives is left alone.</summary>
    private static readonly (string Key, string Value)[] Defaults =
    [
        ("Driver", "{PostgreSQL Unicode}"),
        ("UseServerSidePrepare", "1"),
        ("UnknownsAsLongVarchar", "1"),
        ("TextAsLongVarchar", "1"),
        ("MaxVarcharSize", "0"),
        ("MaxLongVarcharSize", "0"),
        ("BoolsAsChar", "0"),
        ("LFConversion", "0"),
        ("Parse", "0"),
        ("UseDeclareFetch", "0"),
    ];

    /// <summary>What the gateway counts on: a failed statement is rolled back by nobody but the session.</summary>
    private static readonly (string Key, string Value)[] Fixed = [("Protocol", "7.4-0")];

    private static readonly Dictionary<string, string> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = "Server",
        ["Username"] = "UID",
        ["User ID"] = "UID",
        ["Password"] = "PWD",
    };

    private static readonly string[] Foreign = ["Timeout", "Command Timeout", "Pooling"];

    public override bool IsPositional => true;

    public override bool HasQuestionMarks => true;

    public override bool PrintsColumns => true;

    public override bool BeginsByText => true;

    public override string Complete(string connectionString, TimeSpan connectTimeout)
    {
        var given = new DbConnectionStringBuilder(useOdbcRules: true) { ConnectionString = connectionString };
        var builder = new DbConnectionStringBuilder(useOdbcRules: true);
        foreach (var (key, value) in Defaults) builder[key] = value;
        foreach (string key in given.Keys)
            if (!Foreign.Contains(key, StringComparer.OrdinalIgnoreCase)) builder[OwnNames.GetValueOrDefault(key, key)] = given[key];
        foreach (var (key, value) in Fixed) builder[key] = value;

        // A data source names its driver itself.
        if (builder.ContainsKey("DSN") && !given.ContainsKey("Driver")) builder.Remove("Driver");
        return builder.ConnectionString;
    }

    public override PgException? ServerError(Exception error)
    {
        if (error is not DbException || Errors(error) is not [var (state, message), ..]) return null;
        return OdbcMessage.Parse(state, message, error);
    }

    /// <summary>OdbcException.Errors.</summary>
    private static List<(string State, string Message)> Errors(Exception error)
    {
        var errors = new List<(string, string)>();
        if (error.GetType().GetProperty("Errors")?.GetValue(error) is not System.Collections.IEnumerable list) return errors;
        foreach (var one in list)
            if (one.GetType() is var type && type.GetProperty("SQLState")?.GetValue(one) is string state && type.GetProperty("Message")?.GetValue(one) is string message)
                errors.Add((state, message));
        return errors;
    }
}

/// <summary>What psqlodbc makes of a server's error: <c>ERROR: message</c>, perhaps <c>DETAIL: …</c> in another line, and a remark of its own.</summary>
internal static class OdbcMessage
{
    private const string Remark = ";\nError while executing the query";

    private static readonly string[] Severities = ["ERROR: ", "FATAL: ", "PANIC: "];

    /// <summary>Null for an error of the connection: nothing came back from the server.</summary>
    public static PgException? Parse(string state, string message, Exception cause)
    {
        // The provider puts the names of the manager and the driver before it.
        var start = Severities.Select(severity => message.IndexOf(severity, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        var isServer = start >= 0 && !state.StartsWith("08", StringComparison.Ordinal) && state.Length == 5;
        if (!isServer)
        {
            return state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("HYT", StringComparison.Ordinal)
                ? null
                : new PgException(SqlStates.InternalError, $"the ODBC driver says {state}: {message.Trim()}", cause);
        }

        var text = message[(start + Severities[0].Length)..];
        if (text.EndsWith(Remark, StringComparison.Ordinal)) text = text[..^Remark.Length];
        var detail = text.IndexOf("\nDETAIL: ", StringComparison.Ordinal);
        return new PgException(state, detail < 0 ? text : text[..detail], cause)
        {
            Detail = detail < 0 ? null : text[(detail + "\nDETAIL: ".Length)..],
        };
    }
}
