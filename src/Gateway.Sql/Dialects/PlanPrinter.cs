using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Sql.Dialects;

/// <summary>A plan for people: what runs where, with which values, and what was changed on the way.</summary>
/// <remarks>
/// One line per text; below it, indented, a line per marker and per source. <c>gateway:</c> is computed by this engine,
/// everything else by the backend whose name stands there.
/// </remarks>
public sealed class PlanPrinter
{
    private readonly StringBuilder _text = new();
    private readonly string _backend;

    private PlanPrinter(string backend) => _backend = backend;

    /// <param name="backend">The dialect's name.</param>
    public static string Print(Plan plan, string backend)
    {
        var printer = new PlanPrinter(backend);
        if (plan.Computed is { } computed) printer.Rows("computed first", computed, 0);
        foreach (var step in plan.Steps) printer.Step(step, 0);
        foreach (var note in plan.Notes) printer.Line(0, "note: " + note);
        return printer._text.ToString();
    }

    private void Step(PlanStep step, int depth)
    {
        switch (step)
        {
            case SqlStep sql:
                Line(depth, $"{_backend}: {sql.Sql}");
                break;
            case QueryStep query:
                Rows("rows", query.Rows, depth);
                break;
            case CommandStep command:
                Command(command.Counts ? "command" : "command, not counted", command, depth);
                break;
            case ForEachStep each:
                Rows("for each row", each.Rows, depth);
                Action(each.Action, depth + 1);
                break;
            case SchemaStep schema:
                Line(depth, $"schema: {schema.Statement.GetType().Name}");
                break;
            default:
                Line(depth, step.GetType().Name);
                break;
        }
    }

    private void Action(RowAction action, int depth)
    {
        switch (action)
        {
            case ChangeAction change:
                Command(change.IdentityColumn < 0 ? "insert" : $"change the row with the id in column {change.IdentityColumn}", change.Command, depth);
                if (change.Returning is { } returning) Rows("returning", returning, depth);
                break;
            case UpsertAction upsert:
                Rows("if there is one already", upsert.Existing, depth);
                if (upsert.Update is { } update) Command("update it", update, depth);
                Command("else insert", upsert.Insert, depth);
                if (upsert.Returning is { } rows) Rows("returning", rows, depth);
                break;
            case ChooseAction choose:
                for (var i = 0; i < choose.Branches.Length; i++)
                {
                    Line(depth, $"when column {choose.Column} is {i}");
                    Action(choose.Branches[i], depth + 1);
                }

                break;
            default:
                Line(depth, action.GetType().Name);
                break;
        }
    }

    private void Command(string what, CommandStep command, int depth)
    {
        Line(depth, $"{what}, {_backend}: {command.Sql}");
        Inputs(command.Inputs, false, depth + 1);
    }

    private void Rows(string what, RowSource rows, int depth)
    {
        switch (rows)
        {
            case RemoteQuery remote:
                Line(depth, $"{what}, {_backend}: {remote.Sql}");
                Inputs(remote.Inputs, false, depth + 1);
                break;
            case LocalQuery local:
                Line(depth, $"{what}, gateway: {local.Sql}");
                Inputs(local.Inputs, true, depth + 1);
                for (var i = 0; i < local.Sources.Length; i++)
                    Rows(string.Create(CultureInfo.InvariantCulture, $"source {i}"), local.Sources[i], depth + 1);
                break;
            default:
                Line(depth, $"{what}: {rows.GetType().Name}");
                break;
        }
    }

    private void Inputs(ImmutableArray<Input> inputs, bool numbered, int depth)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i];
            var marker = input.Spread ? RemoteQuery.ListMarker.ToString() : numbered ? string.Create(CultureInfo.InvariantCulture, $"?{i + 1}") : "?";
            var value = input.Kind switch
            {
                InputKind.Parameter => $"${input.Number}",
                InputKind.Computed => $"computed value {input.Number}",
                InputKind.Row => $"column {input.Number} of the row",
                InputKind.Existing => $"column {input.Number} of the row that is there",
                _ => "the row's id",
            };
            Line(depth, $"{marker} = {value}, {TypeNames.Format(input.Type.Oid, input.Type.Typmod)}");
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', 2 * depth).Append(text).Append('\n');
}
