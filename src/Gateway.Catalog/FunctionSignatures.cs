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

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? List(string? array) => array?.Trim('{', '}').Split(',').Select(item => item.Trim('"')).ToArray();

    private sealed class Function(string?[] line)
    {
        public uint Oid { get; } = Number(line[0]!);

        public string Kind { get; } = line[9]!;

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
