using System.Collections.Immutable;
using System.Globalization;
using Gateway.Backends.Explaining;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>SQLite's plan of a statement in PostgreSQL's nodes: what is scanned, sought, sorted and kept is SQLite's own choice.</summary>
internal sealed partial class PlanReader
{
    private readonly StatementShape _shape;
    private readonly TableSizes _sizes;
    private readonly Conditions _conditions;
    private readonly int _width;
    private readonly Dictionary<string, PlanNode> _named = new(StringComparer.Ordinal);
    private readonly bool _verbose;
    private readonly EmbeddedConnection _connection;
    private int _subplans;

    public PlanReader(EmbeddedConnection connection, BoundStatement bound, bool verbose)
    {
        _connection = connection;
        _verbose = verbose;
        _shape = new StatementShape(bound.Tree, connection.Schema);
        _sizes = new TableSizes(connection);
        _conditions = new Conditions(_shape.Where, prefix: _shape.IsJoin);
        _width = bound.Columns.Sum(column => Costs.Width(column.Type.Oid));
    }

    /// <summary>Null for a plan that is not SQLite's alone: DDL.</summary>
    public PlanNode? Read(Plan plan)
    {
        if (plan.Steps.IsEmpty || plan.Steps.Any(step => step is not SqlStep)) return null;

        // What earlier steps find is handed to the last one, as PostgreSQL's initial plans are.
        var before = plan.Steps[..^1].Select(step => Before(((SqlStep)step).Sql)).ToImmutableArray();
        var top = Top(Nodes(Step.Of(_connection, ((SqlStep)plan.Steps[^1]).Sql), outermost: plan.Steps.Length == 1));
        return before.IsEmpty ? top : top with { Plans = [.. before, .. top.Plans] };
    }

    private PlanNode Before(string sql)
    {
        var node = Nodes(Step.Of(_connection, sql), outermost: false);
        var command = SqliteErrors.CommandOf(sql);
        if (command is "INSERT" or "UPDATE" or "DELETE")
        {
            var operation = command[0] + command[1..].ToLowerInvariant();
            node = Above(node, "ModifyTable", operation, node.Estimate) with { Kind = [("Operation", operation)] };
        }

        return node with { Relationship = "InitPlan", Label = $"InitPlan {++_subplans}" };
    }

    private PlanNode Top(PlanNode node)
    {
        if (_shape.Change is not { Relation: { } relation } change) return node;
        var operation = change switch { Insert => "Insert", Update => "Update", Delete => "Delete", _ => "Merge" };
        var alias = change.TableAlias ?? relation.Name;
        var input = node.Estimate;
        return new PlanNode("ModifyTable", $"{operation} on {Shown(relation, alias)}")
        {
            Kind = [("Operation", operation)],
            On = Named(relation, alias),
            Plans = [node],
            Estimate = change.Returning.IsDefaultOrEmpty ? new Estimate(input.Startup, input.Total, 0, 0) : input with { Width = _width },
        };
    }

    private PlanNode Nodes(List<Step> steps, bool outermost)
    {
        PlanNode? node = null;
        var tables = new List<string>();
        var beside = ImmutableArray.CreateBuilder<PlanNode>();
        var select = outermost ? _shape.Query as Select : null;
        bool group = false, distinct = false, sort = false;
        foreach (var step in steps)
        {
            var detail = step.Detail;
            if (detail.StartsWith("CO-ROUTINE ", StringComparison.Ordinal) || detail.StartsWith("MATERIALIZE ", StringComparison.Ordinal))
                _named[detail[(detail.IndexOf(' ') + 1)..]] = Nodes(step.Inner, outermost: false);
            else if (detail.Contains("SUBQUERY ", StringComparison.Ordinal) && !detail.StartsWith("REUSE", StringComparison.Ordinal))
                beside.Add(Beside(detail, step));
            else if (detail.StartsWith("COMPOUND", StringComparison.Ordinal) || detail.StartsWith("MERGE (", StringComparison.Ordinal))
                node = Compound(step);
            else if (detail == "SETUP")
                node = Recursive(steps);
            else if (detail == "RECURSIVE STEP" || detail.StartsWith("REUSE", StringComparison.Ordinal) || detail.StartsWith("BLOOM FILTER", StringComparison.Ordinal))
                continue;
            else if (detail.EndsWith("FOR GROUP BY", StringComparison.Ordinal)) group = true;
            else if (detail.EndsWith("FOR DISTINCT", StringComparison.Ordinal)) distinct = true;
            else if (detail.EndsWith("ORDER BY", StringComparison.Ordinal)) sort = true;
            else if (detail.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal)) continue;
            else if (detail.StartsWith("RIGHT-JOIN ", StringComparison.Ordinal) && step.Inner is [var again])
                node = Joined(node, Table(again, outermost, tables) ?? Unknown(again), "Right", outermost, tables);
            else if (IsCheck(detail)) continue;
            else
            {
                var read = Table(step, outermost, tables) ?? Unknown(step);
                node = node is null ? read : Joined(node, read, JoinOf(detail), outermost, tables);
            }
        }

        node ??= new PlanNode("Result", "Result") { Estimate = new Estimate(0, Costs.Tuple, 1, outermost ? _width : 0) };
        if (!outermost || (_shape.Change is not null and not Insert)) select = null;
        if (outermost && _conditions.Rest([.. tables]) is { Text: { } rest }) node = node with { Details = [.. node.Details, ("Filter", [rest])] };
        if (group || (select is not null && _shape.Groups && !Holds(node, "Aggregate"))) node = Grouped(node, select, sorts: group);
        if (select is not null && _shape.HasWindows) node = Above(node, "WindowAgg", "WindowAgg", node.Estimate);
        if (distinct) node = Unique(node, select);
        if (sort) node = Sorted(node, outermost ? _shape.Query?.OrderBy ?? [] : []);
        if (outermost && _shape.Query is { } query && (query.Limit ?? query.Offset) is not null)
            node = Above(node, "Limit", "Limit", Costs.Limit(node.Estimate, Constant(query.Limit)));
        if (outermost && _shape.Change is null) node = node with { Estimate = node.Estimate with { Width = _width } };
        return beside.Count == 0 ? node : node with { Plans = [.. beside.Where(plan => plan.Relationship == "InitPlan"), .. node.Plans, .. beside.Where(plan => plan.Relationship != "InitPlan")] };
    }

    private static string JoinOf(string detail) => Access.Of(detail) switch { { LeftJoin: true } => "Left", { Exists: true } => "Semi", _ => "Inner" };

    /// <summary>A foreign key is checked: PostgreSQL's plans leave that to triggers.</summary>
    private bool IsCheck(string detail) =>
        _shape.Change is { Relation: { } target } && Access.Of(detail) is { } access && !_shape.Names(access.Name) && !_named.ContainsKey(access.Name)
        && _shape.Find(access.Name) is { } other
        && other.Constraints.Any(key => key.Kind == Sql.Schema.ConstraintKind.ForeignKey && key.ReferencedTable == target.Name && key.ReferencedSchema == target.Schema);

    private static PlanNode Above(PlanNode node, string type, string title, Estimate estimate) =>
        new(type, title) { Plans = [node with { Relationship = "Outer" }], Estimate = estimate };

    private PlanNode Grouped(PlanNode node, Select? select, bool sorts)
    {
        var keys = select is null ? [] : Texts(select.GroupBy.Select(item => item.Value));
        if (sorts) node = Above(node, "Sort", "Sort", Costs.Sort(node.Estimate)) with { Details = Keys("Sort Key", keys) };
        var plain = select is not null && select.GroupBy.IsDefaultOrEmpty;
        return Above(node, "Aggregate", plain ? "Aggregate" : "GroupAggregate", Costs.Group(node.Estimate, plain, select is null ? node.Estimate.Width : _width)) with
        {
            Kind = [("Strategy", plain ? "Plain" : "Sorted"), ("Partial Mode", "Simple")],
            Details = Keys("Group Key", keys),
        };
    }

    private PlanNode Unique(PlanNode node, Select? select) =>
        Above(node, "Aggregate", "HashAggregate", Costs.Group(node.Estimate, false, node.Estimate.Width)) with
        {
            Kind = [("Strategy", "Hashed"), ("Partial Mode", "Simple")],
            Details = Keys("Group Key", select is null ? [] : Texts(select.Items.Select(item => item.Value))),
        };

    private PlanNode Sorted(PlanNode node, ImmutableArray<SortItem> order)
    {
        var keys = order.Select(item => Conditions.Text(item.Value, _shape.IsJoin) is { } text ? text + (item.Descending ? " DESC" : "") : null).OfType<string>();
        return Above(node, "Sort", "Sort", Costs.Sort(node.Estimate)) with { Details = Keys("Sort Key", [.. keys]) };
    }

    private PlanNode Joined(PlanNode? outer, PlanNode inner, string kind, bool outermost, List<string> tables)
    {
        if (outer is null) return inner;
        var filter = outermost && !_shape.HasOuterJoin ? _conditions.Rest([.. tables]) : default;
        return new PlanNode("Nested Loop", kind == "Inner" ? "Nested Loop" : $"Nested Loop {kind} Join")
        {
            Kind = [("Join Type", kind)],
            Plans = [outer with { Relationship = "Outer" }, inner with { Relationship = "Inner" }],
            Details = filter.Text is { } text ? [("Join Filter", [text])] : [],
            Estimate = Costs.Join(outer.Estimate, inner.Estimate, filter.Count > 0 ? Costs.Range : 1),
        };
    }

    private PlanNode Compound(Step step)
    {
        var arms = step.Inner.Select(arm => Nodes(arm.Inner, outermost: false) with { Relationship = "Member" }).ToImmutableArray();
        var node = new PlanNode("Append", "Append") { Plans = arms, Estimate = Sum(arms) };
        if (step.Detail.StartsWith("MERGE", StringComparison.Ordinal))
        {
            // Both sides come sorted.
            var how = step.Detail["MERGE (".Length..].TrimEnd(')');
            if (how is "UNION" or "UNION ALL") node = node with { Type = "Merge Append", Title = "Merge Append" };
            if (how == "UNION") return Above(node, "Unique", "Unique", node.Estimate);
            if (how == "UNION ALL") return node;
            var name = how[0] + how[1..].ToLowerInvariant();
            return Above(node, "SetOp", $"SetOp {name}", node.Estimate) with { Kind = [("Strategy", "Sorted"), ("Command", name)] };
        }

        foreach (var word in (ReadOnlySpan<string>)["UNION", "INTERSECT", "EXCEPT"])
        {
            if (!step.Inner.Any(arm => arm.Detail.StartsWith(word + " USING", StringComparison.Ordinal))) continue;
            if (word == "UNION") return Unique(node, null);
            var command = word[0] + word[1..].ToLowerInvariant();
            node = Above(node, "SetOp", $"HashSetOp {command}", Costs.Group(node.Estimate, false, node.Estimate.Width)) with
            {
                Kind = [("Strategy", "Hashed"), ("Command", command)],
            };
        }

        return node;
    }

    private PlanNode Recursive(List<Step> steps)
    {
        var parts = steps.Where(step => step.Detail is "SETUP" or "RECURSIVE STEP").Select((step, i) => Nodes(step.Inner, outermost: false) with
        {
            Relationship = i == 0 ? "Outer" : "Inner",
        }).ToImmutableArray();
        return new PlanNode("Recursive Union", "Recursive Union") { Plans = parts, Estimate = Sum(parts) };
    }

    private PlanNode Beside(string detail, Step step)
    {
        var depends = detail.StartsWith("CORRELATED", StringComparison.Ordinal) || detail.Contains("LIST", StringComparison.Ordinal);
        return Nodes(step.Inner, outermost: false) with
        {
            Relationship = depends ? "SubPlan" : "InitPlan",
            Label = $"{(depends ? "SubPlan" : "InitPlan")} {++_subplans}",
        };
    }

    private static PlanNode Unknown(Step step) => new("Custom Scan", $"Custom Scan ({step.Detail})")
    {
        On = [("Custom Plan Provider", step.Detail)],
        Estimate = new Estimate(0, Costs.Tuple, 1, 0),
    };

    private static Estimate Sum(ImmutableArray<PlanNode> parts) => new(
        parts.IsEmpty ? 0 : parts[0].Estimate.Startup,
        parts.Sum(part => part.Estimate.Total),
        parts.Sum(part => part.Estimate.Rows),
        parts.IsEmpty ? 0 : parts.Max(part => part.Estimate.Width));

    private static bool Holds(PlanNode node, string type) => node.Type == type || node.Plans.Any(plan => Holds(plan, type));

    private ImmutableArray<string> Texts(IEnumerable<Expr?> values) =>
        [.. values.Select(value => value is null ? null : Conditions.Text(value, _shape.IsJoin)).OfType<string>()];

    private static ImmutableArray<(string, ImmutableArray<string>)> Keys(string name, ImmutableArray<string> keys) => keys.IsEmpty ? [] : [(name, keys)];

    private static double? Constant(Expr? limit) => limit switch
    {
        NumberLiteral number => double.Parse(number.Text, CultureInfo.InvariantCulture),
        Cast cast => Constant(cast.Operand),
        _ => null,
    };
}
