using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

public sealed partial class DmlPlanner
{
    /// <summary>RETURNING of an INSERT: read from the table, so that it has what IRIS put there.</summary>
    private RowSource? ReturningOf(Insert insert, TargetTable target, RowQuery rows)
    {
        if (insert.Returning.IsDefaultOrEmpty) return null;
        var parts = new ReturningParts(target, _ => true);
        var items = parts.Rewrite(insert.Returning);
        RefuseCommonTables(insert, parts);
        rows.Add(parts.Needed);
        return Read(parts.Finish(items, rows), target);
    }

    /// <summary>The target's row as it is now, by its id.</summary>
    private RowSource Read(ImmutableArray<SelectItem> items, TargetTable target) =>
        query(Build.Select(items, target.From, Build.Equal(target.RowId, RowId.Identity)));

    private static void RefuseCommonTables(DmlStatement statement, ReturningParts parts)
    {
        if (statement.With is not null && parts.HasSubquery) throw Unsupported("a subquery in RETURNING beside WITH");
    }

    private static void AttachWith(DmlStatement statement, RowQuery rows)
    {
        if (statement.With is { } with) rows.Attach(with);
    }
}

/// <summary>RETURNING taken apart: what the changed row says afterwards, and what the loop's query must bring along.</summary>
/// <param name="isStale">A column of the target whose value before the change is not the one to return.</param>
internal sealed class ReturningParts(TargetTable target, Func<string, bool> isStale) : TreeRewriter
{
    private readonly List<(string Name, Expr Value)> _needed = [];

    public IReadOnlyList<(string Name, Expr Value)> Needed => _needed;

    public bool HasSubquery { get; private set; }

    public ImmutableArray<SelectItem> Rewrite(ImmutableArray<SelectItem> items) =>
        [.. items.Select(item => item with { Value = Expression(item.Value) })];

    /// <summary>With the columns of the loop's row in place.</summary>
    public ImmutableArray<SelectItem> Finish(ImmutableArray<SelectItem> items, RowQuery rows) =>
        [.. items.Select(item => item with { Value = new Placing(rows).Expression(item.Value) })];

    protected override Expr? Replace(Expr expression)
    {
        switch (expression)
        {
            case ColumnRef { Column: { Source: { } source, LevelsUp: 0 } } reference when source != target.Alias:
                return Need(reference);
            case ScalarSubquery or Exists or InSubquery or ArraySubquery or Quantified { Query: not null }:
                // It must see the tables as they were before the statement.
                HasSubquery = true;
                foreach (var column in Uses.Of(expression).Columns)
                    if (column.Source == target.Alias && isStale(column.Name))
                        throw PgException.Unsupported("a subquery in RETURNING that depends on the changed row is not supported on IRIS");
                return Need(expression);
            default:
                // What only the other tables say is computed with their row.
                var columns = Uses.Of(expression).Columns;
                return columns.Count > 0 && columns.TrueForAll(column => column.Source != target.Alias) ? Need(expression) : null;
        }
    }

    private Pending Need(Expr value)
    {
        var name = $"%r{_needed.Count}";
        _needed.Add((name, value));
        return new Pending(name) { Type = value.Type };
    }

    private sealed record Pending(string Name) : Expr;

    private sealed class Placing(RowQuery rows) : TreeRewriter
    {
        protected override Expr? Replace(Expr expression) => expression is Pending pending ? rows.Row(pending.Name) : null;
    }
}
