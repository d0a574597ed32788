using System.Collections.Immutable;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Backends.Explaining;

namespace Gateway.Actors.Sessions.Explaining;

/// <summary>A plan as JSON, XML or YAML, with PostgreSQL's keys in PostgreSQL's order.</summary>
internal sealed class PlanDocument(ExplainOptions options)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Keys with a string (a number's or boolean's own text is a Bare), an array of strings, a group of keys or a list of groups.
    private sealed record Bare(string Text);

    private sealed class Group : List<(string Key, object Value)>;

    private sealed record Plans(ImmutableArray<Group> Items, string Element);

    public string Of(PlanNode plan, Measurement measured, IEnumerable<string> translation)
    {
        var top = new Group { ("Plan", Node(plan, measured, top: true)) };
        if (options.Verbose && translation.ToArray() is { Length: > 0 } lines) top.Add(("Translation", lines));
        if (options.Summary) top.Add(("Planning Time", Milliseconds(measured.Planning)));
        if (options.Analyze) top.Add(("Triggers", new Plans([], "Trigger")));
        if (options.Summary && options.Analyze) top.Add(("Execution Time", Milliseconds(measured.Execution)));
        var text = new StringBuilder();
        switch (options.Format)
        {
            case "json":
                text.Append("[\n  ");
                Json(text, top, 2);
                return text.Append("\n]").ToString();
            case "xml":
                text.Append("<explain xmlns=\"http://www.postgresql.org/2009/explain\">\n  <Query>\n");
                Xml(text, top, 4);
                return text.Append("  </Query>\n</explain>").ToString();
            default:
                text.Append("- ");
                Yaml(text, top, 2);
                return text.ToString();
        }
    }

    private Group Node(PlanNode node, Measurement measured, bool top)
    {
        var group = new Group { ("Node Type", node.Type) };
        foreach (var (name, value) in node.Kind)
            if (name != "Join Type") group.Add((name, value));
        if (!top) group.Add(("Parent Relationship", node.Relationship));
        if (node.Label is { } label) group.Add(("Subplan Name", label));
        group.Add(("Parallel Aware", new Bare("false")));
        group.Add(("Async Capable", new Bare("false")));
        foreach (var (name, value) in node.Kind)
            if (name == "Join Type") group.Add((name, value));
        foreach (var (name, value) in node.On) group.Add((name, value));
        if (options.Costs)
        {
            group.Add(("Startup Cost", new Bare(PlanText.Cost(node.Estimate.Startup))));
            group.Add(("Total Cost", new Bare(PlanText.Cost(node.Estimate.Total))));
            group.Add(("Plan Rows", new Bare(PlanText.Count(node.Estimate.Rows))));
            group.Add(("Plan Width", new Bare(PlanText.Count(node.Estimate.Width))));
        }

        if (top && options.Analyze)
        {
            if (options.Timing)
            {
                group.Add(("Actual Startup Time", Milliseconds(measured.FirstRow)));
                group.Add(("Actual Total Time", Milliseconds(measured.LastRow)));
            }

            group.Add(("Actual Rows", new Bare(PlanText.Count(measured.Rows))));
            group.Add(("Actual Loops", new Bare("1")));
        }

        foreach (var (name, values) in node.Details)
            group.Add((name, name.EndsWith("Key", StringComparison.Ordinal) ? values.ToArray() : values[0]));
        // An index of the engine leads to no row that would have to be looked at again.
        if (top && options.Analyze && node.Details.Any(detail => detail.Name == "Index Cond")) group.Add(("Rows Removed by Index Recheck", new Bare("0")));
        if (!node.Plans.IsEmpty) group.Add(("Plans", new Plans([.. node.Plans.Select(plan => Node(plan, measured, top: false))], "Plan")));
        return group;
    }

    private static Bare Milliseconds(TimeSpan time) => new(PlanText.Milliseconds(time));

    private static string Quoted(string value) => JsonSerializer.Serialize(value, Plain);

    private static void Json(StringBuilder text, Group group, int indent)
    {
        var inside = new string(' ', indent + 2);
        text.Append("{\n");
        for (var i = 0; i < group.Count; i++)
        {
            var (key, value) = group[i];
            text.Append(inside).Append('"').Append(key).Append("\": ");
            switch (value)
            {
                case Bare bare: text.Append(bare.Text); break;
                case string one: text.Append(Quoted(one)); break;
                case string[] several: text.Append('[').AppendJoin(", ", several.Select(Quoted)).Append(']'); break;
                case Group inner: Json(text, inner, indent + 2); break;
                case Plans plans:
                    text.Append("[\n");
                    for (var j = 0; j < plans.Items.Length; j++)
                    {
                        text.Append(inside).Append("  ");
                        Json(text, plans.Items[j], indent + 4);
                        text.Append(j < plans.Items.Length - 1 ? ",\n" : "\n");
                    }

                    text.Append(inside).Append(']');
                    break;
            }

            text.Append(i < group.Count - 1 ? ",\n" : "\n");
        }

        text.Append(' ', indent).Append('}');
    }

    private static void Xml(StringBuilder text, Group group, int indent)
    {
        foreach (var (key, value) in group)
        {
            var tag = key.Replace(' ', '-');
            text.Append(' ', indent).Append('<').Append(tag).Append('>');
            switch (value)
            {
                case Bare bare: text.Append(bare.Text); break;
                case string one: text.Append(SecurityElement.Escape(one)); break;
                case string[] several:
                    text.Append('\n');
                    foreach (var item in several) text.Append(' ', indent + 2).Append("<Item>").Append(SecurityElement.Escape(item)).Append("</Item>\n");
                    text.Append(' ', indent);
                    break;
                case Group inner:
                    text.Append('\n');
                    Xml(text, inner, indent + 2);
                    text.Append(' ', indent);
                    break;
                case Plans plans:
                    text.Append('\n');
                    foreach (var item in plans.Items)
                    {
                        text.Append(' ', indent + 2).Append('<').Append(plans.Element).Append(">\n");
                        Xml(text, item, indent + 4);
                        text.Append(' ', indent + 2).Append("</").Append(plans.Element).Append(">\n");
                    }

                    text.Append(' ', indent);
                    break;
            }

            text.Append("</").Append(tag).Append(">\n");
        }
    }

    /// <summary>The first key stands where the text is.</summary>
    private static void Yaml(StringBuilder text, Group group, int indent)
    {
        for (var i = 0; i < group.Count; i++)
        {
            var (key, value) = group[i];
            if (i > 0) text.Append('\n').Append(' ', indent);
            text.Append(key).Append(": ");
            switch (value)
            {
                case Bare bare: text.Append(bare.Text); break;
                case string one: text.Append(Quoted(one)); break;
                case string[] several:
                    foreach (var item in several) text.Append('\n').Append(' ', indent + 2).Append("- ").Append(Quoted(item));
                    break;
                case Group inner:
                    text.Append('\n').Append(' ', indent + 2);
                    Yaml(text, inner, indent + 2);
                    break;
                case Plans plans:
                    foreach (var item in plans.Items)
                    {
                        text.Append('\n').Append(' ', indent + 2).Append("- ");
                        Yaml(text, item, indent + 4);
                    }

                    break;
            }
        }
    }
}
