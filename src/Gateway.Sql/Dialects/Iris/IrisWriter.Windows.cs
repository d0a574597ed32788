using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Window functions. IRIS knows only ROWS, and not for all of them, so the frame is always written out.</summary>
public sealed partial class IrisWriter
{
    private const string WholePartition = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";

    private Select? _select;

    private bool Windowed(FunctionCall call, Need need)
    {
        var name = call.Resolved!.Name;
        if (call.Filter is not null || call.Distinct) return Refuse($"{name}() with FILTER or DISTINCT over a window is computed here");
        if (Resolve(call.Over!) is not { } window) return Refuse("this window is computed here");
        switch (name)
        {
            case "row_number" or "rank" or "dense_rank":
                return Write(name.ToUpperInvariant()) && Write("()") && Over(window, null);
            case "ntile" when IntegerLiteral(call.Arguments[0].Value) is >= 1:
                return Write("NTILE(") && Value(call.Arguments[0].Value, Need.None) && Write(')') && Over(window, null);
            case "lag" or "lead" when call.Arguments.Length == 1 || IntegerLiteral(call.Arguments[1].Value) is >= 0:
                return Shifted(call, window, need);
        }

        if (FrameOf(window) is not { } frame) return Refuse($"{name}() over such a frame is computed here");
        switch (name)
        {
            case "first_value":
                return Write("FIRST_VALUE(") && Value(call.Arguments[0].Value, need | Need.Type) && Write(')') && Over(window, frame);
            case "last_value":
                return Write("LAST_VALUE(") && Value(call.Arguments[0].Value, need | Need.Type) && Write(')') && Over(window, frame);
            case "count" when call.Star:
                return Write("SUM(1)") && Over(window, frame);
            case "count":
                return Write("SUM(CASE WHEN ") && IsNullTest(call.Arguments[0].Value, false) && Write(" THEN 0 ELSE 1 END)") && Over(window, frame);
            case "sum":
                return WindowSum(call, window, frame);
            case "min" or "max" when StorageOf(call.Arguments[0].Value) is not (Storage.Text or Storage.BlankStripped or Storage.PgText or Storage.Bytes):
                return Write(name.ToUpperInvariant()) && Write('(') && Value(call.Arguments[0].Value, Need.None) && Write(')') && Over(window, frame);
            default:
                return Refuse($"{name}() over a window is computed here");
        }
    }

    private bool Shifted(FunctionCall call, WindowSpec window, Need need)
    {
        Write(call.Resolved!.Name == "lag" ? "LAG(" : "LEAD(");
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (i > 0) Write(", ");
            if (!Value(call.Arguments[i].Value, i == 1 ? Need.None : need | Need.Type)) return false;
        }

        return Write(')') && Over(window, null);
    }

    // Under ROWS a NULL counts as 0 in IRIS: where all are NULL the sum is NULL in PostgreSQL.
    private bool WindowSum(FunctionCall call, WindowSpec window, string frame)
    {
        var argument = call.Arguments[0].Value;
        if (argument.Type.Oid is not (Oids.Int2 or Oids.Int4 or Oids.Float8)
            && !(DigitsOf(argument) is { } digits && digits.Total + RowDigits <= IrisTypes.MaxDigits))
            return Refuse("the sum of such numbers may have more digits than IRIS computes with");
        if (NeverNull(argument)) return Total();
        return Write("CASE WHEN SUM(CASE WHEN ") && IsNullTest(argument, false) && Write(" THEN 0 ELSE 1 END)") && Over(window, frame)
            && Write(" > 0 THEN ") && Total() && Write(" END");

        bool Total() => Write("SUM(") && (argument.Type.Oid is Oids.Int2 or Oids.Int4 ? Big(this, argument) : Value(argument, Need.None))
            && Write(')') && Over(window, frame);
    }

    /// <summary>The window with the named one it builds on.</summary>
    private WindowSpec? Resolve(WindowSpec window)
    {
        var name = window.Base ?? window.Name;
        if (name is null) return window;
        foreach (var named in _select?.Windows ?? [])
        {
            if (named.Name != name || Resolve(named.Window) is not { } known) continue;
            return window with
            {
                Name = null,
                Base = null,
                PartitionBy = known.PartitionBy,
                OrderBy = window.OrderBy.IsEmpty ? known.OrderBy : window.OrderBy,
                Frame = window.Frame ?? known.Frame,
            };
        }

        return null;
    }

    private bool Over(WindowSpec window, string? frame)
    {
        Write(" OVER (");
        if (!window.PartitionBy.IsEmpty && !Partition(window.PartitionBy)) return false;
        if (!window.OrderBy.IsEmpty)
        {
            if (!window.PartitionBy.IsEmpty) Write(' ');
            if (!OrderBy(window.OrderBy)) return false;
        }

        if (frame is not null) Write(_sql[^1] == '(' ? frame[1..] : frame);
        return Write(')');
    }

    private bool Partition(System.Collections.Immutable.ImmutableArray<Expr> keys)
    {
        Write("PARTITION BY ");
        var any = false;
        foreach (var key in keys)
        {
            if (any) Write(", ");
            if (!GroupKey(key)) return false;
            any = true;
        }

        return true;
    }

    /// <summary>The frame in IRIS's words; null when it has none for it. Frames hold their own row, so none is empty.</summary>
    private string? FrameOf(WindowSpec window)
    {
        if (window.Frame is null || window.Frame is { Unit: not FrameUnit.Rows })
        {
            var isDefault = window.Frame is null or { Start.Kind: FrameBoundKind.UnboundedPreceding, End: null or { Kind: FrameBoundKind.CurrentRow }, Exclusion: FrameExclusion.NoOthers };
            var isWhole = window.Frame is { Start.Kind: FrameBoundKind.UnboundedPreceding, End.Kind: FrameBoundKind.UnboundedFollowing, Exclusion: FrameExclusion.NoOthers };
            if (isWhole || (isDefault && window.OrderBy.IsEmpty)) return WholePartition;

            // Up to the last peer of the row: the row itself, when it has no peers.
            return isDefault && IsUnique(window) ? " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW" : null;
        }

        var frame = window.Frame;
        if (frame.Exclusion != FrameExclusion.NoOthers) return null;
        var start = frame.Start.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.Preceding when IntegerLiteral(frame.Start.Offset!) is >= 0 and var n => $"{n} PRECEDING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            _ => null,
        };
        var end = frame.End?.Kind switch
        {
            null or FrameBoundKind.CurrentRow => "CURRENT ROW",
            FrameBoundKind.Following when IntegerLiteral(frame.End.Offset!) is >= 0 and var n => $"{n} FOLLOWING",
            FrameBoundKind.UnboundedFollowing => "UNBOUNDED FOLLOWING",
            _ => null,
        };
        return start is null || end is null ? null : $" ROWS BETWEEN {start} AND {end}";
    }

    /// <summary>No two rows sort alike: the keys hold the primary key of the only table.</summary>
    private bool IsUnique(WindowSpec window)
    {
        if (_select is not { From: [TableRef { Relation: { } relation }], GroupBy.IsEmpty: true }) return false;
        foreach (var constraint in relation.Constraints)
        {
            if (constraint.Kind != Schema.ConstraintKind.PrimaryKey) continue;
            foreach (var column in constraint.Columns)
            {
                var found = false;
                foreach (var item in window.OrderBy) found |= item.Value is ColumnRef { Column: { LevelsUp: 0 } key } && key.Column?.Name == column;
                foreach (var part in window.PartitionBy) found |= part is ColumnRef { Column: { LevelsUp: 0 } key } && key.Column?.Name == column;
                if (!found) return false;
            }

            return true;
        }

        return false;
    }
}
