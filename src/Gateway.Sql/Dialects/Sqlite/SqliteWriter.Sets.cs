using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Set-returning functions: tables with the columns key (from 0) and value.</summary>
internal sealed partial class SqliteWriter
{
    private string Set(FunctionCall call, ImmutableArray<ColumnDefinition> definitions = default)
    {
        if (call.Resolved!.Name == "generate_series") return Series(call);
        return $"json_each({SetValue(call, definitions)})";
    }

    private string Series(FunctionCall call)
    {
        var function = call.Resolved!;
        var (arguments, _) = Arguments(call);
        Require(function.Source, arguments.Length, Signature(call));
        if (arguments.Length == 2) arguments = [.. arguments, function.Returns == Oids.Numeric ? "'1'" : "1"];
        return $"pg_series({function.Returns}, {string.Join(", ", arguments)})";
    }

    /// <summary>The whole set as a JSON array.</summary>
    private string SetValue(FunctionCall call, ImmutableArray<ColumnDefinition> definitions)
    {
        var function = call.Resolved!;
        if (function.Name == "generate_series") return $"(SELECT json_group_array(value) FROM {Series(call)})";
        if (!definitions.IsDefaultOrEmpty) return Call(function.Source, [Arguments(call).Values[^1], .. Described(definitions)], [], Signature(call));
        return Function(call);
    }

    /// <summary>A column definition list: name and OID of each.</summary>
    private static IEnumerable<string> Described(ImmutableArray<ColumnDefinition> definitions) => definitions.SelectMany(definition =>
    {
        var type = Analysis.TypeNames.Resolve(definition.Type!);
        return new[] { SqliteLiterals.Text(definition.Name), $"{type.Oid}" };
    });

    /// <summary>Its columns, read from one row.</summary>
    private static List<string> SetColumns(FunctionCall call, string row, ImmutableArray<ColumnDefinition> definitions = default)
    {
        var types = ColumnTypes(call, definitions);
        return types is [var only] && definitions.IsDefaultOrEmpty
            ? [Element(row, only)]
            : [.. types.Select((type, i) => Defined(Element($"json_extract({row}, '$[{i}]')", type), i, definitions))];
    }

    private static string Defined(string sql, int index, ImmutableArray<ColumnDefinition> definitions) => definitions.IsDefaultOrEmpty
        ? sql
        : Modified(sql, Analysis.TypeNames.Resolve(definitions[index].Type!), CastKind.Assignment);

    private static List<uint> ColumnTypes(FunctionCall call, ImmutableArray<ColumnDefinition> definitions)
    {
        if (!definitions.IsDefaultOrEmpty) return [.. definitions.Select(definition => Analysis.TypeNames.Resolve(definition.Type!).Oid)];
        var function = call.Resolved!;
        if (function.OutTypes is { IsDefaultOrEmpty: false, Length: > 1 } columns) return [.. columns];
        return [call.Type.Oid == 0 ? function.Returns : call.Type.Oid];
    }

    /// <summary>Several calls side by side, the shorter ones filled up with NULL; plain calls are sets of one.</summary>
    private (string Sql, List<string> Columns) Zipped(IReadOnlyList<Expr> calls, string row, FunctionRef? reference = null)
    {
        var definitions = reference?.Definitions ?? default;
        var columns = new List<string>();
        var sets = new List<string>();
        for (var i = 0; i < calls.Count; i++)
        {
            var element = $"json_extract({row}, '$[{i}]')";
            var call = calls[i] as FunctionCall;
            if (call?.Resolved is { ReturnsSet: true } || !definitions.IsDefaultOrEmpty || call?.Resolved is { OutTypes.Length: > 1 })
            {
                sets.Add(SetValue(call!, definitions));
                var types = ColumnTypes(call!, definitions);
                columns.AddRange(types.Count == 1 && definitions.IsDefaultOrEmpty
                    ? [Element(element, types[0])]
                    : types.Select((type, c) => Defined(Element($"json_extract({row}, '$[{i}][{c}]')", type), c, definitions)));
                continue;
            }

            sets.Add($"pg_pack({Expression(calls[i])})");
            columns.Add(Element(element, calls[i].Type.Oid));
        }

        if (calls is [FunctionCall { Resolved: not { ReturnsSet: true } and not { OutTypes.Length: > 1 } } or not FunctionCall] && definitions.IsDefaultOrEmpty)
            return ($"json_each({sets[0]})", [Element(row, calls[0].Type.Oid)]);
        return ($"json_each(pg_zip({string.Join(", ", sets)}))", columns);
    }

    /// <summary>
    /// Set-returning calls of the select list become tables beside the others: those of one nesting depth advance together,
    /// as in PostgreSQL, the inner ones first.
    /// </summary>
    private void SetReturning(Select select, StringBuilder from)
    {
        var calls = SetCalls(select);
        if (calls.Count == 0) return;
        foreach (var level in calls.GroupBy(Depth).OrderBy(level => level.Key))
        {
            var alias = $"\"srf{(level.Key == 1 ? "" : level.Key.ToString(CultureInfo.InvariantCulture))}\"";
            from.Append(from.Length == 0 ? " FROM " : ", ");
            if (level.Count() == 1)
            {
                var call = level.First();
                from.Append(Set(call)).Append(" AS ").Append(alias);
                _setReturning[call] = SetColumns(call, alias + ".value");
                continue;
            }

            var together = level.ToList();
            var (sql, columns) = Zipped(together, alias + ".value");
            from.Append(sql).Append(" AS ").Append(alias);
            foreach (var call in together)
            {
                var width = ColumnTypes(call, default).Count;
                _setReturning[call] = columns[..width];
                columns.RemoveRange(0, width);
            }
        }
    }

    /// <summary>The value of a call in a select list: its column, or a row of them.</summary>
    private static string Record(FunctionCall call, List<string> columns) => columns is [var only]
        ? only
        : $"pg_row({string.Join(", ", columns.Zip(ColumnTypes(call, default), (column, type) => $"{column}, {type}"))})";

    private static List<FunctionCall> SetCalls(Select select)
    {
        var calls = new List<FunctionCall>();
        foreach (var call in select.Items.SelectMany(item => Descendants(item.Value)).OfType<FunctionCall>())
            if (call.Resolved is { ReturnsSet: true } && !calls.Any(known => ReferenceEquals(known, call))) calls.Add(call);
        return calls;
    }

    private static int Depth(FunctionCall call) => 1 + Descendants(call).Skip(1)
        .OfType<FunctionCall>().Where(inner => inner.Resolved is { ReturnsSet: true }).Select(Depth).DefaultIfEmpty(0).Max();
}
