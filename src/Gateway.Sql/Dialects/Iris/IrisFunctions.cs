using System.Collections.Frozen;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>What an argument must be for a template to mean the same.</summary>
internal enum Argument
{
    Any,

    /// <summary>A whole number of 1 or more, written in the statement.</summary>
    Positive,

    /// <summary>A whole number from 0 to 18, written in the statement.</summary>
    Scale,

    /// <summary>A text that is not empty, written in the statement.</summary>
    Characters,

    /// <summary>One character, written in the statement.</summary>
    Character,

    /// <summary>A number that is sure to fit in the digits IRIS computes with.</summary>
    Exact,
}

/// <param name="Template">{0} is the first argument.</param>
/// <param name="Arguments">For each argument; those left out may be anything.</param>
internal sealed record IrisFunction(string Template, params Argument[] Arguments);

/// <summary>Functions that IRIS computes exactly as PostgreSQL. Keys are pg_proc.prosrc and the number of arguments.</summary>
/// <remarks>
/// Not here because they differ: whatever counts characters (IRIS counts UTF-16 units: CHAR_LENGTH, SUBSTRING, POSITION, {fn LEFT},
/// LPAD, REVERSE), MOD of negative numbers, all of floating point (last digits), INITCAP and MD5 (absent).
/// </remarks>
internal static class IrisFunctions
{
    public static FrozenDictionary<string, IrisFunction> Templates { get; } = new Dictionary<string, IrisFunction>
    {
        // Text.
        ["lower/1"] = new("LOWER({0})"),
        ["upper/1"] = new("UPPER({0})"),
        ["btrim1/1"] = new("LTRIM(RTRIM({0}))"),
        ["ltrim1/1"] = new("LTRIM({0})"),
        ["rtrim1/1"] = new("RTRIM({0})"),
        ["btrim/2"] = new("TRIM(BOTH {1} FROM {0})", Argument.Any, Argument.Character),
        ["ltrim/2"] = new("TRIM(LEADING {1} FROM {0})", Argument.Any, Argument.Character),
        ["rtrim/2"] = new("TRIM(TRAILING {1} FROM {0})", Argument.Any, Argument.Character),
        ["replace_text/3"] = new("REPLACE({0}, {1}, {2})", Argument.Any, Argument.Characters, Argument.Characters),
        ["repeat/2"] = new("REPEAT({0}, {1})", Argument.Any, Argument.Positive),

        // Exact numbers.
        ["int2abs/1"] = new("ABS({0})", Argument.Exact),
        ["int4abs/1"] = new("ABS({0})", Argument.Exact),
        ["int8abs/1"] = new("ABS({0})", Argument.Exact),
        ["numeric_abs/1"] = new("ABS({0})", Argument.Exact),
        ["numeric_sign/1"] = new("SIGN({0})", Argument.Exact),
        ["numeric_ceil/1"] = new("CEILING({0})", Argument.Exact),
        ["numeric_floor/1"] = new("FLOOR({0})", Argument.Exact),
        ["round/1"] = new("ROUND({0}, 0)", Argument.Exact),
        ["numeric_round/2"] = new("ROUND({0}, {1})", Argument.Exact, Argument.Scale),
        ["trunc/1"] = new("{fn TRUNCATE({0}, 0)}", Argument.Exact),
        ["numeric_trunc/2"] = new("{fn TRUNCATE({0}, {1})}", Argument.Exact, Argument.Scale),
    }.ToFrozenDictionary();

    /// <summary>
    /// IRIS's own functions, as far as statements may call them: by name, with their arguments as they are. They arrive as
    /// calls whose <see cref="Analysis.FunctionInfo.Schema"/> is <see cref="OwnSchema"/>.
    /// </summary>
    public static FrozenDictionary<string, string> Own { get; } = new Dictionary<string, string>
    {
        ["%exact/1"] = "%EXACT({0})",
        ["%sqlupper/1"] = "%SQLUPPER({0})",
    }.ToFrozenDictionary();

    public const string OwnSchema = "%iris";

    public static FrozenDictionary<string, string> Aggregates { get; } = new Dictionary<string, string>
    {
        ["min"] = "MIN",
        ["max"] = "MAX",
        ["bool_and"] = "MIN",
        ["every"] = "MIN",
        ["bool_or"] = "MAX",
    }.ToFrozenDictionary();
}
