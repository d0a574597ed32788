using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Explaining;

/// <summary>The options of EXPLAIN, as PostgreSQL 15 reads them, and TRANSLATE: what the backend gets in place of its plan.</summary>
/// <param name="Format">text, json, xml or yaml.</param>
internal sealed record ExplainOptions(string Format, bool Analyze, bool Verbose, bool Costs, bool Timing, bool Summary, bool Translate)
{
    /// <exception cref="PgException">22023 for an unknown format or TIMING and WAL without ANALYZE; 42601 for an unknown option.</exception>
    public static ExplainOptions Of(ExplainStatement explain)
    {
        var (format, analyze, verbose, costs, wal, translate) = ("text", false, false, true, false, false);
        bool? timing = null, summary = null;
        foreach (var option in explain.Options)
            switch (option.Name)
            {
                case "analyze": analyze = IsOn(option); break;
                case "verbose": verbose = IsOn(option); break;
                case "costs": costs = IsOn(option); break;
                case "timing": timing = IsOn(option); break;
                case "summary": summary = IsOn(option); break;
                case "wal": wal = IsOn(option); break;
                case "translate": translate = IsOn(option); break;
                case "buffers" or "settings": IsOn(option); break;   // nothing to tell of either
                case "format" when option.Value?.ToLowerInvariant() is "text" or "json" or "xml" or "yaml":
                    format = option.Value.ToLowerInvariant();
                    break;
                case "format":
                    throw new PgException(SqlStates.InvalidParameterValue, $"unrecognized value for EXPLAIN option \"format\": \"{option.Value}\"").At(option.Position + 1);
                default:
                    throw PgException.Syntax($"unrecognized EXPLAIN option \"{option.Name}\"").At(option.Position + 1);
            }

        if (wal && !analyze) throw new PgException(SqlStates.InvalidParameterValue, "EXPLAIN option WAL requires ANALYZE");
        if (timing == true && !analyze) throw new PgException(SqlStates.InvalidParameterValue, "EXPLAIN option TIMING requires ANALYZE");
        return new ExplainOptions(format, analyze, verbose, costs, timing ?? analyze, summary ?? analyze, translate);
    }

    /// <summary>As they are written for a server of PostgreSQL.</summary>
    public static string Written(ExplainStatement explain) => string.Join(
        ", ",
        explain.Options.Where(option => option.Name != "translate").Select(option => option.Value is { } value ? $"{option.Name} {value}" : option.Name).DefaultIfEmpty("format text"));

    /// <summary>The type of the column QUERY PLAN.</summary>
    public static uint TypeOf(ExplainStatement explain) => explain.Options.LastOrDefault(option => option.Name == "format")?.Value?.ToLowerInvariant() switch
    {
        "json" => Oids.Json,
        "xml" => Oids.Xml,
        _ => Oids.Text,
    };

    private static bool IsOn(StorageOption option) => option.Value?.ToLowerInvariant() switch
    {
        null or "true" or "on" or "1" => true,
        "false" or "off" or "0" => false,
        _ => throw PgException.Syntax($"{option.Name} requires a Boolean value"),
    };
}
