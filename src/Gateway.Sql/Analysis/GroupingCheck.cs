using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>In a grouped query a column must be grouped by, determined by what is, or stand inside an aggregate.</summary>
internal sealed class GroupingCheck(List<Expr> keys) : TreeWalker
{
    protected override bool Enter(Expr expression)
    {
        if (Depth == 0)
        {
            foreach (var key in keys)
                if (ExprEquality.Same(key, expression)) return false;
        }

        switch (expression)
        {
            case FunctionCall { Resolved: null, Name.Last: "grouping" }:
                return false;
            case FunctionCall { Resolved.Kind: 'a', Over: null } call when LowestLevel.Of(call) is var level && (level == Depth || (level < 0 && Depth == 0)):
                return false;
            case ColumnRef { Column: { } column } reference when column.LevelsUp == Depth && column.Source is not null:
                if (!IsGrouped(column)) throw Refusal(column, reference.Position);
                return false;
            default:
                return true;
        }
    }

    private bool IsGrouped(BoundColumn column)
    {
        var determined = column.Relation?.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey);
        var found = 0;
        foreach (var key in keys)
        {
            if (key is not ColumnRef { Column: { LevelsUp: 0 } grouped } || grouped.Source != column.Source) continue;
            if (grouped.Name == column.Name) return true;
            if (determined is not null && grouped.Column is not null && determined.Columns.Contains(grouped.Column.Name)) found++;
        }

        return determined is not null && found >= determined.Columns.Length;
    }

    private PgException Refusal(BoundColumn column, int position)
    {
        var name = $"{column.Source}.{column.Name}";
        return Failure.Grouping(
            Depth == 0
                ? $"column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
                : $"subquery uses ungrouped column \"{name}\" from outer query",
            position);
    }

    /// <summary>The nearest query level whose columns an aggregate's arguments read; -1 when they read none.</summary>
    private sealed class LowestLevel : TreeWalker
    {
        private int _lowest = int.MaxValue;

        public static int Of(FunctionCall call)
        {
            var walk = new LowestLevel();
            foreach (var argument in call.Arguments) walk.Visit(argument.Value);
            walk.Visit(call.WithinGroup);
            return walk._lowest == int.MaxValue ? -1 : walk._lowest;
        }

        protected override bool Enter(Expr expression)
        {
            if (expression is ColumnRef { Column: { } column } && column.LevelsUp >= Depth)
                _lowest = Math.Min(_lowest, column.LevelsUp - Depth);
            return true;
        }
    }
}
