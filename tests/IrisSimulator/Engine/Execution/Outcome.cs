using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Execution;

/// <summary>A column of a result, as the protocol describes it.</summary>
internal sealed record ResultColumn(string Label, IrisType Type, bool Nullable = true, string? Schema = null, string? Table = null,
    string? Column = null, bool Identity = false);

/// <summary>What a statement came to: rows of stored values, or a count.</summary>
/// <param name="Code">0, 1 (nothing done because of IF [NOT] EXISTS) or 100 (no rows).</param>
internal sealed record Outcome(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<object?[]> Rows, int RowsAffected, int Code = 0)
{
    public static Outcome Done { get; } = new([], [], 0);
    public static Outcome Nothing { get; } = new([], [], 0, 1);
    public static Outcome Count(int rows) => new([], [], rows, rows == 0 ? 100 : 0);
}
