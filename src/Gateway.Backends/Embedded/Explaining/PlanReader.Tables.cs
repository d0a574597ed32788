using System.Collections.Immutable;
using System.Globalization;
using Gateway.Backends.Explaining;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>How tables are read.</summary>
internal sealed partial class PlanReader
{
    /// <param name="tables">Names of the tables joined so far; this one's is added.</param>
    private PlanNode? Table(Step step, bool outermost, List<string> tables)
    {
        if (Access.ConstantRows(step.Detail) is var rows and > 0)
        {
            var estimate = new Estimate(0, rows * Costs.Tuple, rows, outermost ? _width : 0);
            return rows == 1
                ? new PlanNode("Result", "Result") { Estimate = estimate }
                : new PlanNode("Values Scan", "Values Scan on \"*VALUES*\"") { On = [("Alias", "*VALUES*")], Estimate = estimate };
        }

        if (step.Detail.StartsWith("MULTI-INDEX OR", StringComparison.Ordinal)) return Either(step, outermost, tables);
        if (Access.Of(step.Detail) is not { } access) return null;
        var alias = EmbeddedNames.Original(access.Name);
        tables.Add(alias);
        if (_named.TryGetValue(access.Name, out var inner)) return alias[0] == '(' ? inner : Named(alias, inner);
        if (_shape.Find(access.Name) is not { } relation)
            return _shape.CommonTables.Contains(alias) && !access.Virtual
                ? new PlanNode("WorkTable Scan", $"WorkTable Scan on {Identifiers.Quote(alias)}") { On = [("Alias", alias)], Estimate = new Estimate(0, Costs.Tuple, 1, 0) }
                : Function(alias, access.Virtual);
        return Read(access, relation, alias, outermost);
    }

    private PlanNode Read(Access access, RelationInfo relation, string alias, bool outermost)
    {
        var size = _sizes.Of(relation);
        var width = Costs.Width(relation);
        var sought = Sought(access, relation, alias, outermost);
        var rest = outermost && !_shape.HasOuterJoin ? _conditions.Rest([alias]) : default;
        var details = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        if (sought is not null) details.Add((access.ByRowId ? "TID Cond" : "Index Cond", [sought]));
        if (rest.Text is { } filter) details.Add(("Filter", [filter]));
        var kept = rest.Count > 0 ? Costs.Range : 1;
        // Without a condition the table's own b-tree is walked, whether SQLite calls that a search (of a minimum) or not.
        var seeks = access.Seeks && (access.Terms.Count > 0 || access.Index is not null);
        var estimate = seeks
            ? Costs.Seek(size, Found(access, relation, size), width, access.Terms.Count + rest.Count, kept)
            : Costs.Scan(size, width, rest.Count, kept);
        var on = Named(relation, alias);
        var shown = Shown(relation, alias);
        if (access.ByRowId && seeks) return new PlanNode("Tid Scan", $"Tid Scan on {shown}") { On = on, Details = details.ToImmutable(), Estimate = estimate };
        if ((access.Index is null && !(access.ByKey && seeks)) || access.Virtual)
            return new PlanNode("Seq Scan", $"Seq Scan on {shown}") { On = on, Details = details.ToImmutable(), Estimate = estimate };
        var index = IndexName(access, relation);
        var type = access.Covering ? "Index Only Scan" : "Index Scan";
        return new PlanNode(type, $"{type} using {Identifiers.Quote(index)} on {shown}")
        {
            On = [("Scan Direction", "Forward"), ("Index Name", index), .. on],
            Details = details.ToImmutable(),
            Estimate = estimate,
        };
    }

    /// <summary>OR over several indexes.</summary>
    private PlanNode? Either(Step step, bool outermost, List<string> tables)
    {
        var ways = step.Inner.SelectMany(index => index.Inner).Select(inner => Access.Of(inner.Detail)).ToList();
        if (ways.Count == 0 || ways[0] is not { } first || ways.Contains(null) || _shape.Find(first.Name) is not { } relation) return null;
        var alias = EmbeddedNames.Original(first.Name);
        tables.Add(alias);
        var size = _sizes.Of(relation);
        var width = Costs.Width(relation);
        var parts = ways.Select(way =>
        {
            var index = way!.ByRowId ? "ctid" : IndexName(way, relation);
            return new PlanNode("Bitmap Index Scan", $"Bitmap Index Scan on {Identifiers.Quote(index)}")
            {
                On = [("Index Name", index)],
                Relationship = "Member",
                Estimate = Costs.Seek(size, Found(way, relation, size), 0, way.Terms.Count, 1),
            };
        }).ToImmutableArray();
        var rest = outermost && !_shape.HasOuterJoin ? _conditions.Rest([alias]) : default;
        var sum = Sum(parts);
        return new PlanNode("Bitmap Heap Scan", $"Bitmap Heap Scan on {Shown(relation, alias)}")
        {
            On = Named(relation, alias),
            Details = rest.Text is { } text ? [("Filter", [text])] : [],
            Plans = [new PlanNode("BitmapOr", "BitmapOr") { Plans = parts, Estimate = sum }],
            Estimate = sum with { Rows = Math.Min(sum.Rows, Math.Max(size, 1)), Width = width },
        };
    }

    private PlanNode Named(string alias, PlanNode inner)
    {
        var type = _shape.CommonTables.Contains(alias) ? "CTE Scan" : "Subquery Scan";
        return new PlanNode(type, $"{type} on {Identifiers.Quote(alias)}")
        {
            On = [("Alias", alias)],
            Plans = [inner with { Relationship = "Subquery" }],
            Estimate = inner.Estimate with { Total = inner.Estimate.Total + (inner.Estimate.Rows * Costs.Tuple) },
        };
    }

    /// <summary>A table-valued function, or rows that an earlier step has kept.</summary>
    private static PlanNode? Function(string alias, bool isVirtual) => !isVirtual ? null : new PlanNode("Function Scan", $"Function Scan on {Identifiers.Quote(alias)}")
    {
        On = [("Alias", alias)],
        Estimate = new Estimate(0, 100 * Costs.Tuple, 100, 0),
    };

    private string? Sought(Access access, RelationInfo relation, string alias, bool outermost)
    {
        if (access.Virtual || access.Terms.Count == 0) return null;
        var texts = new List<string>();
        foreach (var (column, comparison) in access.Terms)
        {
            var name = column is null ? null : access.ByRowId ? "ctid" : EmbeddedNames.Original(column);
            var told = outermost ? _conditions.Take(alias, name, comparison) : null;
            texts.Add(told ?? $"({Identifiers.Quote(name ?? "expression")} {comparison.Trim()} ?)");
        }

        return texts.Count == 1 ? texts[0] : $"({string.Join(" AND ", texts)})";
    }

    /// <summary>Rows that a search leads to: one where a unique key is given, else a share for each condition.</summary>
    private static double Found(Access access, RelationInfo relation, double size)
    {
        var equal = access.Terms.Where(term => term.Operator is "=" or " IS ").ToList();
        var unique = access.ByRowId || access.ByKey
            || relation.Indexes.Any(index => index.Unique && index.Name == IndexName(access, relation) && equal.Count >= index.Columns.Length)
            || relation.Constraints.Any(key => key.Kind is ConstraintKind.Unique or ConstraintKind.PrimaryKey && key.Name == IndexName(access, relation) && equal.Count >= key.Columns.Length);
        if (unique && equal.Count > 0) return Math.Min(1, size);
        return access.Terms.Aggregate(size, (rows, term) => rows * (term.Operator is "=" or " IS " ? Costs.Equality : Costs.Range));
    }

    private static string IndexName(Access access, RelationInfo relation)
    {
        if (access.ByKey || access.ByRowId)
            return relation.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey)?.Name ?? relation.Name + "_pkey";
        if (access.Automatic) return "automatic";   // made for this statement alone
        var name = EmbeddedNames.Original(access.Index ?? "");
        return relation.Schema is not "public" && name.StartsWith(relation.Schema + ".", StringComparison.Ordinal) ? name[(relation.Schema.Length + 1)..] : name;
    }

    private string Shown(RelationInfo relation, string alias) =>
        (_verbose ? Identifiers.Quote(relation.Schema) + "." : "") + Identifiers.Quote(relation.Name) + (alias == relation.Name ? "" : " " + Identifiers.Quote(alias));

    private ImmutableArray<(string, string)> Named(RelationInfo relation, string alias) => _verbose
        ? [("Relation Name", relation.Name), ("Schema", relation.Schema), ("Alias", alias)]
        : [("Relation Name", relation.Name), ("Alias", alias)];
}
