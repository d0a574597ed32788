using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

internal sealed partial class SqliteWriter
{
    private string Call(FunctionCall call)
    {
        if (call.Resolved is not { } function) throw Unsupported($"function {call.Name}");
        if (function.ReturnsSet) throw Unsupported($"set-returning function {function.Name} in this place");
        return function.Kind switch
        {
            'a' => Aggregate(call),
            'w' => Windowed(call),
            _ => Function(call),
        };
    }

    private const uint RecordArray = 2287;

    private string Function(FunctionCall call)
    {
        var (arguments, types) = Arguments(call);
        if (types is [RecordArray]) return arguments[0];
        return Call(call.Resolved!.Source, arguments, types, Signature(call));
    }

    private static string Signature(FunctionCall call) =>
        $"function {call.Resolved!.Name}({string.Join(", ", call.Arguments.Select(a => TypeText(a.Value.Type.Oid)))})";

    private (string[] Values, uint[] Types) Arguments(FunctionCall call)
    {
        var function = call.Resolved!;
        var arguments = new List<string>();
        var types = new List<uint>();
        var packed = function.Variadic is not (0 or Oids.Any) && !call.Arguments.Any(argument => argument.Variadic);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            if (argument.Variadic && function.Variadic == Oids.Any) throw Unsupported($"VARIADIC for {function.Name}");
            if (packed && i == function.Arguments.Length - 1)
            {
                var element = argument.Value.Type.Oid;
                arguments.Add($"pg_array({element}, {List(call.Arguments.Skip(i).Select(a => a.Value))})");
                types.Add(function.Variadic);
                break;
            }

            arguments.Add(SqliteFunctions.MakesJson(function.Name) ? JsonArgument(argument.Value) : Expression(argument.Value));
            types.Add(argument.Value.Type.Oid);
        }

        return ([.. arguments], [.. types]);
    }

    /// <summary>A function by its prosrc.</summary>
    /// <exception cref="PgException">0A000 when the engine does not have it.</exception>
    private string Call(string source, string[] arguments, uint[] types, string what)
    {
        if (source is "quote_literal" or "quote_nullable" && !IsString(types[0])) arguments = [AsText(arguments[0], types[0])];
        if (SqliteFunctions.Templates.TryGetValue(source, out var template))
            return string.Format(CultureInfo.InvariantCulture, template, arguments);
        if (SqliteFunctions.Typed.Contains(source))
            arguments = [.. arguments.SelectMany((argument, i) => new[] { argument, types[i].ToString(CultureInfo.InvariantCulture) })];
        Require(source, arguments.Length, what);
        return $"pg_{source}({string.Join(", ", arguments)})";
    }

    private void Require(string source, int arity, string what)
    {
        if (!functions.Contains(string.Create(CultureInfo.InvariantCulture, $"{source}/{arity}")) && !functions.Contains(source + "/*"))
            throw Unsupported(what);
    }

    private string Aggregate(FunctionCall call)
    {
        var name = call.Resolved!.Name;
        var suffix = Suffix(call);
        if (name == "count" && call.Arguments.IsEmpty) return "count(*)" + suffix;
        var values = call.Arguments.Select(argument => SqliteFunctions.MakesJson(name) ? JsonArgument(argument.Value) : Expression(argument.Value)).ToList();
        var types = call.Arguments.Select(argument => argument.Value.Type.Oid).ToList();
        if (!call.WithinGroup.IsDefaultOrEmpty)
        {
            if (call.Resolved.AggregateKind == 'h') return Hypothetical(call, suffix);
            if (call.WithinGroup.Length != 1 || name is not ("percentile_cont" or "percentile_disc" or "mode"))
                throw Unsupported($"aggregate {name}");
            var sorted = call.WithinGroup[0];
            var source = name == "percentile_cont" && sorted.Value.Type.Oid == Oids.Interval ? "percentile_cont_interval" : name;
            if (types.Count > 0 && PgTypes.Find(types[0]) is { IsArray: true })
            {
                if (source == "percentile_cont_interval") throw Unsupported("percentile_cont of several fractions over intervals");
                string[] type3 = name == "percentile_disc" ? [$"{sorted.Value.Type.Oid}"] : [];
                return Written(source + "_several", [Expression(sorted.Value), .. values, .. type3], false, [sorted]) + suffix;
            }

            return Written(source, [Expression(sorted.Value), .. values], false, [sorted]) + suffix;
        }

        var type = types[0];
        switch (name)
        {
            case "count" when call is { Distinct: false, Arguments: [{ Value: RowConstructor row }] }:
                return $"count({WhenPresent(row, "1")}){suffix}";
            case "count":
                return call.Distinct ? $"count(DISTINCT {Orderings.Key(values[0], type)}){suffix}" : $"count({values[0]}){suffix}";
            case "min" or "max":
                RequireOrder(type, name);
                if (Orderings.IsPlain(type)) return $"{name}({Orderings.Key(values[0], type)}){suffix}";
                return Written(name + "_of", [values[0], $"{type}"], false, []) + suffix;
            case "bool_and" or "every":
                return $"min({values[0]}){suffix}";
            case "bool_or":
                return $"max({values[0]}){suffix}";
            case "sum" when type is Oids.Int2 or Oids.Int4 or Oids.Money:
                return $"sum({(call.Distinct ? "DISTINCT " : "")}{values[0]}){suffix}";
            case "sum":
                return Written($"sum_{ShortName(type)}", values, call.Distinct, [], type) + suffix;
            case "avg" or "stddev" or "stddev_samp" or "stddev_pop" or "variance" or "var_samp" or "var_pop":
                var kind = type switch
                {
                    Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric => "numeric",
                    Oids.Float4 or Oids.Float8 => "float8",
                    _ => ShortName(type),
                };
                return Written($"{name switch { "stddev" => "stddev_samp", "variance" => "var_samp", _ => name }}_{kind}", values, call.Distinct, [], type) + suffix;
            case "string_agg" when type == Oids.Bytea:
                return Collected(call, "string_agg_bytea", values, type) + suffix;
            case "string_agg":
                return Collected(call, "string_agg", values, type) + suffix;
            case "array_agg" when type == Oids.Record:
                throw Unsupported("array_agg of records");
            case "array_agg" when PgTypes.Find(type) is { IsArray: true }:
                return Collected(call, "array_agg_array", [values[0], type.ToString(CultureInfo.InvariantCulture)], type) + suffix;
            case "array_agg" or "json_agg" or "jsonb_agg":
                return Collected(call, name, [values[0], type.ToString(CultureInfo.InvariantCulture)], type) + suffix;
            case "range_agg" or "range_intersect_agg":
                return Written(name, [values[0], $"{type}"], false, []) + suffix;
            case "json_object_agg" or "jsonb_object_agg":
                return Written(name, [values[0], $"{types[0]}", values[1], $"{types[1]}"], false, call.OrderBy) + suffix;
            default:
                return Written(name, values, call.Distinct, call.OrderBy, type) + suffix;
        }
    }

    /// <summary>rank(x) WITHIN GROUP (ORDER BY y) and its kin: how many rows sort before x.</summary>
    private string Hypothetical(FunctionCall call, string suffix)
    {
        var name = call.Resolved!.Name;
        if (call.WithinGroup is not [var key] || call.Arguments is not [var argument]) throw Unsupported($"aggregate {name} over several columns");
        RefuseUsing(key);
        RequireOrder(key.Value.Type.Oid, name);
        var (row, value) = (Keyed(key.Value), Keyed(argument.Value));
        var before = $"{row} {(key.Descending ? ">" : "<")} {value}";
        if (key.Nulls == NullsOrder.First || (key.Nulls == NullsOrder.Default && key.Descending)) before = $"({before} OR {row} IS NULL)";
        var count = $"count(CASE WHEN {before} THEN 1 END){suffix}";
        return name switch
        {
            "rank" => $"(1 + {count})",
            "dense_rank" => $"(1 + count(DISTINCT CASE WHEN {before} THEN {row} END){suffix})",
            "percent_rank" => $"coalesce(CAST({count} AS REAL) / nullif(count(*){suffix}, 0), 0.0)",
            _ => $"(CAST(count(CASE WHEN {before} OR {row} = {value} THEN 1 END){suffix} + 1 AS REAL) / (count(*){suffix} + 1))",
        };
    }

    /// <summary>An aggregate whose result shows the order of its input; with DISTINCT PostgreSQL sorts it.</summary>
    private string Collected(FunctionCall call, string name, List<string> values, uint type)
    {
        if (!call.Distinct) return Written(name, values, false, call.OrderBy);
        var order = call.OrderBy.IsDefaultOrEmpty
            ? [new SortItem(call.Arguments[0].Value, false, NullsOrder.Default)]
            : call.OrderBy;
        RequireOrder(type, "DISTINCT");
        return Written(name + "_distinct", values, false, order);
    }

    private string Written(string source, List<string> values, bool distinct, ImmutableArray<SortItem> order, uint type = 0)
    {
        Require(source, values.Count, $"aggregate {source}");
        if (distinct && !Orderings.IsPlain(type)) throw Unsupported($"{source} of DISTINCT values of this type");
        if (distinct) values[0] = Orderings.Key(values[0], type);
        var sql = $"pg_{source}({(distinct ? "DISTINCT " : "")}{string.Join(", ", values)}";
        if (!order.IsDefaultOrEmpty) sql += " ORDER BY " + string.Join(", ", order.Select(item => SortTerm(item, null)));
        return sql + ")";
    }

    private static string ShortName(uint type) => PgTypes.Find(type)?.Name ?? "unknown";

    private string Windowed(FunctionCall call)
    {
        var name = call.Resolved!.Name;
        if (!SqliteFunctions.Windows.Contains(name) || call.Over is null) throw Unsupported($"window function {name}");
        return $"{name}({List(call.Arguments.Select(argument => argument.Value))}){Suffix(call)}";
    }

    private string Suffix(FunctionCall call)
    {
        var sql = call.Filter is { } filter ? $" FILTER (WHERE {Expression(filter)})" : "";
        if (call.Over is not { } window) return sql;
        var plainName = window is { Name: not null, Base: null, Frame: null } && window.PartitionBy.IsDefaultOrEmpty && window.OrderBy.IsDefaultOrEmpty;
        return sql + " OVER " + (plainName ? EmbeddedNames.Quote(window.Name!) : Window(window));
    }

    private string Window(WindowSpec window)
    {
        var parts = new List<string>();
        if ((window.Base ?? window.Name) is { } name) parts.Add(EmbeddedNames.Quote(name));
        if (!window.PartitionBy.IsDefaultOrEmpty)
            parts.Add("PARTITION BY " + string.Join(", ", window.PartitionBy.Select(Keyed)));
        if (!window.OrderBy.IsDefaultOrEmpty)
            parts.Add("ORDER BY " + string.Join(", ", window.OrderBy.Select(item => SortTerm(item, null))));
        if (window.Frame is { } frame) parts.Add(Frame(frame, window));
        return $"({string.Join(' ', parts)})";
    }

    private static bool HasRange(uint key, uint offset) => offset == Oids.Interval
        ? key is Oids.Date or Oids.Timestamp or Oids.TimestampTz or Oids.Time
        : PgTypes.Find(key) is { Category: 'N', Carrier: Carrier.Int64 or Carrier.Float64 };

    /// <summary>A constant interval as the distance between two carriers; months and, with a time zone, days have none.</summary>
    private static string Distance(Expr interval, uint key)
    {
        if (interval is not Cast { Operand: StringLiteral literal } || SqliteLiterals.Interval(literal.Value) is not { } value)
            throw Unsupported("RANGE with an interval that is no constant");
        var day = 86_400_000_000L;
        if (value.Months != 0 || (value.Days != 0 && key is Oids.TimestampTz or Oids.Time) || (key == Oids.Date && value.Microseconds % day != 0))
            throw Unsupported($"RANGE with such an interval over {TypeText(key)}");
        var span = (value.Days * day) + value.Microseconds;
        if (span < 0) throw new PgException("22013", "invalid preceding or following size in window function");
        return (key == Oids.Date ? span / day : span).ToString(CultureInfo.InvariantCulture);
    }

    private string Frame(WindowFrame frame, WindowSpec window)
    {
        var unit = frame.Unit.ToString().ToUpperInvariant();
        var offset = frame.Unit == FrameUnit.Range ? frame.Start.Offset ?? frame.End?.Offset : null;
        if (offset is not null && window.OrderBy.Any(item => !HasRange(item.Value.Type.Oid, offset.Type.Oid)))
            throw Unsupported("RANGE with an offset over this type");
        var sql = frame.End is { } end ? $"{unit} BETWEEN {Bound(frame.Start)} AND {Bound(end)}" : $"{unit} {Bound(frame.Start)}";
        return frame.Exclusion switch
        {
            FrameExclusion.CurrentRow => sql + " EXCLUDE CURRENT ROW",
            FrameExclusion.Group => sql + " EXCLUDE GROUP",
            FrameExclusion.Ties => sql + " EXCLUDE TIES",
            _ => sql,
        };

        string Bound(FrameBound bound) => bound.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.Preceding => Offset(bound.Offset!) + " PRECEDING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            FrameBoundKind.Following => Offset(bound.Offset!) + " FOLLOWING",
            _ => "UNBOUNDED FOLLOWING",
        };

        string Offset(Expr value) => value.Type.Oid != Oids.Interval ? Expression(value) : Distance(value, window.OrderBy[0].Value.Type.Oid);
    }
}
