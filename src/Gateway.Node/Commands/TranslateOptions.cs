using Gateway.Sql.Dialects.Iris;

namespace Gateway.Node.Commands;

/// <summary>What <c>gateway translate</c> was asked for.</summary>
/// <param name="Target">sqlite, iris or postgres.</param>
internal sealed record TranslateOptions(string Target, IrisOptions Iris, string Sql)
{
    private static readonly string[] Targets = ["sqlite", "iris", "postgres"];

    /// <summary>Null, and what is wrong with them.</summary>
    public static TranslateOptions? Parse(string[] arguments, out string? problem)
    {
        var options = new TranslateOptions("sqlite", new IrisOptions(new Version(2025, 1), ExactComparison: false), "");
        string? sql = null;
        problem = null;
        for (var i = 0; i < arguments.Length && problem is null; i++)
        {
            var (name, given) = arguments[i].StartsWith("--", StringComparison.Ordinal) && arguments[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (arguments[i][..at], arguments[i][(at + 1)..])
                : (arguments[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                if (sql is not null) problem = "more than one text";
                sql ??= name;
                continue;
            }

            var value = given ?? (++i < arguments.Length ? arguments[i] : null);
            switch (name)
            {
                case "--target" when Targets.Contains(value):
                    options = options with { Target = value! };
                    break;
                case "--server-version" when Version.TryParse(value, out var version):
                    options = options with { Iris = options.Iris with { Version = version } };
                    break;
                case "--comparison" when value is "iris" or "exact":
                    options = options with { Iris = options.Iris with { ExactComparison = value == "exact" } };
                    break;
                default:
                    problem = $"{name} {value}".TrimEnd();
                    break;
            }
        }

        if (problem is null && sql is null) problem = "no SQL";
        return problem is null ? options with { Sql = sql! } : null;
    }
}
