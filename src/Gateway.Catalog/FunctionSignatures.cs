using System.Globalization;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>The arguments and results of functions as pg_get_function_arguments and its kin print them.</summary>
public static class FunctionSignatures
{
    private static readonly Lazy<Dictionary<uint, Function>> Functions = new(() =>
        CatalogData.Read("pg_proc").Select(line => new Function(line)).ToDictionary(function => function.Oid));

    private static readonly Lazy<Dictionary<uint, int>> DirectArguments = new(() =>
        CatalogData.Read("pg_aggregate").Where(line => line[1] != "n").ToDictionary(line => Number(line[0]!), line => int.Parse(line[2]!, CultureInfo.InvariantCulture)));

    /// <summary>Null when there is no such function.</summary>
    /// <param name="identity">Without defaults and OUT arguments.</param>
    public static string? Arguments(uint oid, bool identity)
    {
        if (!Functions.Value.TryGetValue(oid, out var function)) return null;
        var text = new StringBuilder();
        var direct = DirectArguments.Value.TryGetValue(oid, out var count) ? count : -1;
        var inputs = function.Types.Length - (function.Modes?.Count(mode => mode is "o" or "t") ?? 0);
        var written = 0;
        var input = 0;
        for (var i = 0; i < function.Types.Length; i++)
        {
            var mode = function.Modes?[i] ?? "i";
            if (mode == "t" || (identity && mode == "o")) continue;
            if (mode != "o")
            {
                if (input == direct) text.Append(written > 0 ? " ORDER BY " : "ORDER BY ");
                else if (written > 0) text.Append(", ");
                input++;
            }
            else if (written > 0)
            {
                text.Append(", ");
            }

            written++;
            text.Append(mode switch { "o" => "OUT ", "b" => "INOUT ", "v" => "VARIADIC ", _ => "" });
            if (function.Names?[i] is { Length: > 0 } name) text.Append(Identifiers.Quote(name)).Append(' ');
            text.Append(TypeNames.Format(function.Types[i]));
            // The one that is variadic stands on both sides.
            if (input == direct && i == function.Types.Length - 1 && mode == "v") text.Append(" ORDER BY VARIADIC ").Append(TypeNames.Format(function.Types[i]));
            if (identity || mode == "o" || input <= inputs - function.Defaults.Length) continue;
            text.Append(" DEFAULT ").Append(function.Defaults[input - (inputs - function.Defaults.Length) - 1]);
        }

        return text.ToString();
    }

    /// <summary>Null for a procedure, and when there is no such function.</summary>
    public static string? Result(uint oid)
    {
        if (!Functions.Value.TryGetValue(oid, out var function) || function.Kind == "p") return null;
        if (function.Modes?.Contains("t") == true)
            return "TABLE(" + string.Join(", ", function.Types.Select((type, i) => (type, i)).Where(pair => function.Modes[pair.i] == "t")
                .Select(pair => $"{Identifiers.Quote(function.Names![pair.i])} {TypeNames.Format(pair.type)}")) + ")";
        return (function.Set ? "SETOF " : "") + TypeNames.Format(function.Returns);
    }

    /// <summary>CREATE FUNCTION as pg_get_functiondef prints it; null when there is no such function.</summary>
    /// <exception cref="PgException">42809 for an aggregate; 0A000 for one whose body PostgreSQL keeps as SQL.</exception>
    public static string? Definition(uint oid)
    {
        if (!Functions.Value.TryGetValue(oid, out var function)) return null;
        if (function.Kind == "a") throw new PgException(SqlStates.WrongObjectType, $"\"{function.Name}\" is an aggregate function");
        if (function.Body is not ({ Length: > 0 } and var body) || function.Language is not ("internal" or "c"))
            throw PgException.Unsupported($"pg_get_functiondef of {function.Name}, which is written in SQL, is not supported");
        var properties = new StringBuilder();
        if (function.Kind == "w") properties.Append(" WINDOW");
        properties.Append(function.Volatility switch { "i" => " IMMUTABLE", "s" => " STABLE", _ => "" });
        properties.Append(function.Parallel switch { "s" => " PARALLEL SAFE", "r" => " PARALLEL RESTRICTED", _ => "" });
        if (function.Strict) properties.Append(" STRICT");
        if (function.LeakProof) properties.Append(" LEAKPROOF");
        if (function.Cost != "1") properties.Append(" COST ").Append(function.Cost);
        if (function.Rows is not ("0" or "1000")) properties.Append(" ROWS ").Append(function.Rows);
        if (function.Support != 0) properties.Append(" SUPPORT ").Append(Functions.Value[function.Support].Name);
        var schema = oid is >= 9000 and < 10000 ? "public" : SystemCatalog.Schema;
        return $"CREATE OR REPLACE FUNCTION {schema}.{Identifiers.Quote(function.Name)}({Arguments(oid, identity: false)})\n RETURNS {Result(oid)}\n LANGUAGE {function.Language}\n"
            + (properties.Length > 0 ? properties.Append('\n').ToString() : "")
            + $"AS {(function.Library is { } library ? $"'{library}', " : "")}$function${body}$function$\n";
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? List(string? array) => array?.Trim('{', '}').Split(',').Select(item => item.Trim('"')).ToArray();

    private sealed class Function(string?[] line)
    {
        public uint Oid { get; } = Number(line[0]!);

        public string Name { get; } = line[1]!;

        public string Language { get; } = line[4] switch { "12" => "internal", "13" => "c", _ => "sql" };

        public string Cost { get; } = line[5]!;

        public string Rows { get; } = line[6]!;

        public uint Support { get; } = Number(line[8]!);

        public string Kind { get; } = line[9]!;

        public bool LeakProof { get; } = line[11] == "t";

        public bool Strict { get; } = line[12] == "t";

        public string Volatility { get; } = line[14]!;

        public string Parallel { get; } = line[15]!;

        public string? Body { get; } = line[25];

        public string? Library { get; } = line[26];

        public bool Set { get; } = line[13] == "t";

        public uint Returns { get; } = Number(line[18]!);

        public uint[] Types { get; } = [.. (List(line[20]) ?? line[19]!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(item => item.Length > 0).Select(Number)];

        public string[]? Modes { get; } = List(line[21]);

        public string[]? Names { get; } = List(line[22]);

        /// <summary>Of the last arguments.</summary>
        public string[] Defaults => _defaults ??= [.. Sql.Analysis.Catalog.Function(Oid)?.Defaults ?? []];

        private string[]? _defaults;
    }
}
