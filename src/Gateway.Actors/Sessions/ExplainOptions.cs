using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The options of EXPLAIN. The answer is always the plan as the gateway sees it, with types: EXPLAIN (TRANSLATE) says so.</summary>
internal static class ExplainOptions
{
    /// <exception cref="PgException">0A000 for what would have to run the statement; 22023 for an unknown format; 42601 for an unknown option.</exception>
    public static void Check(ExplainStatement explain)
    {
        foreach (var option in explain.Options)
        {
            var on = option.Value?.ToLowerInvariant() is null or "true" or "on" or "1";
            switch (option.Name)
            {
                case "translate" or "verbose" or "costs" or "settings" or "summary" or "timing" or "generic_plan":
                    break;
                case "format" when option.Value?.ToLowerInvariant() is "text" or "json" or "xml" or "yaml":
                    break;
                case "format":
                    throw new PgException(SqlStates.InvalidParameterValue, $"unrecognized value for EXPLAIN option \"format\": \"{option.Value}\"");
                case "analyze" or "buffers" or "wal":
                    if (on) throw PgException.Unsupported($"EXPLAIN ({option.Name.ToUpperInvariant()}) is not supported");
                    break;
                default:
                    throw PgException.Syntax($"unrecognized EXPLAIN option \"{option.Name}\"");
            }
        }
    }
}
