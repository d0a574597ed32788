using System.Collections.Immutable;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>INSERT, UPDATE, DELETE and MERGE as steps: one statement of IRIS where it can say it, else a query whose rows drive statements.</summary>
/// <param name="hoisted">Takes the values that are computed before the statement.</param>
/// <param name="query">Says where the rows of a bound query come from.</param>
public sealed partial class DmlPlanner(IrisOptions options, HoistedValues hoisted, Func<Query, RowSource> query)
{
    private const string IdColumn = "%id";
    private const string GuardColumn = "%guard";

    /// <exception cref="PgException">0A000 naming what neither IRIS nor the gateway can do.</exception>
    public ImmutableArray<PlanStep> Plan(DmlStatement statement)
    {
        if (statement.With is { } with)
            foreach (var table in with.Tables)
                if (table.Statement is DmlStatement)
                    throw PgException.Unsupported($"{CommandTag.Of(table.Statement).Name} in WITH is not supported on IRIS");
        var target = new TargetTable(statement);
        return statement switch
        {
            Insert insert => Insert(insert, target),
            Update update => Update(update, target),
            Delete delete => Delete(delete, target),
            Merge merge => Merge(merge, target),
            _ => throw PgException.Unsupported($"{statement.GetType().Name} is not supported on IRIS"),
        };
    }

    private ForEachStep ForEach(RowQuery rows, RowAction action) => new(query(rows.Query), action);

    private CommandStep InsertRow(TargetTable target, IReadOnlyList<(ColumnInfo Column, Expr Value)> values)
    {
        if (values.Count == 0) return new CommandStep($"INSERT INTO {target.Sql} DEFAULT VALUES", []);
        var inputs = new List<Input>();
        var texts = values.Select(value => Marker(value.Value, value.Column.Type, inputs)).ToList();
        var columns = string.Join(", ", values.Select(value => target.SqlOf(value.Column)));
        return new CommandStep($"INSERT INTO {target.Sql} ({columns}) VALUES ({string.Join(", ", texts)})", [.. inputs]);
    }

    private CommandStep UpdateRow(TargetTable target, IReadOnlyList<(ColumnInfo Column, Expr Value)> values, Expr id)
    {
        var inputs = new List<Input>();
        var set = values.Select(value => $"{target.SqlOf(value.Column)} = {Marker(value.Value, value.Column.Type, inputs)}").ToList();
        return new CommandStep($"UPDATE {target.Sql} SET {string.Join(", ", set)} WHERE %ID = {Marker(id, RowId.Type, inputs)}", [.. inputs]);
    }

    private CommandStep DeleteRow(TargetTable target, Expr id)
    {
        var inputs = new List<Input>();
        return new CommandStep($"DELETE FROM {target.Sql} WHERE %ID = {Marker(id, RowId.Type, inputs)}", [.. inputs]);
    }

    /// <summary>A value that depends on no column: a literal, or a marker for an input or for what is computed before.</summary>
    private string Marker(Expr value, TypeRef type, List<Input> inputs)
    {
        switch (value)
        {
            case InputRef reference:
                inputs.Add(reference.Input);
                return IrisTypes.Marker(type);
            case Parameter parameter:
                inputs.Add(new Input(InputKind.Parameter, parameter.Number, parameter.Type));
                return IrisTypes.Marker(type);
        }

        if (Literals.Of(value, type) is { } literal) return literal;
        inputs.Add(new Input(InputKind.Computed, hoisted.Add(value), value.Type));
        return IrisTypes.Marker(type);
    }

    private static PgException Unsupported(string what) => PgException.Unsupported($"{what} is not supported on IRIS");
}
