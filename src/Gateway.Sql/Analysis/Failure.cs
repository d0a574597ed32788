using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>The analyzer's errors, worded as PostgreSQL words them.</summary>
internal static class Failure
{
    /// <summary>An offset from 0 (or -1) as the error field counts: from 1, absent when unknown.</summary>
    public static int? At(int position) => position < 0 ? null : position + 1;

    public static PgException New(string state, string message, int position, string? hint = null, string? detail = null) =>
        new(state, message) { Position = At(position), Hint = hint, Detail = detail };

    public static PgException Grouping(string message, int position) => New(SqlStates.GroupingError, message, position);

    public static PgException Syntax(string message, int position) => New(SqlStates.SyntaxError, message, position);

    public static PgException Mismatch(string message, int position, string? hint = null) =>
        New(SqlStates.DatatypeMismatch, message, position, hint);

    public static PgException Unsupported(string what, int position) => New(SqlStates.FeatureNotSupported, what, position);

    public static PgException NoOperator(string name, uint left, uint right, bool ambiguous, int position)
    {
        var signature = left == 0
            ? $"{name} {TypeSystem.Format(right)}"
            : $"{TypeSystem.Format(left)} {name} {TypeSystem.Format(right)}";
        return ambiguous
            ? New(SqlStates.AmbiguousFunction, $"operator is not unique: {signature}", position,
                "Could not choose a best candidate operator. You might need to add explicit type casts.")
            : New(SqlStates.UndefinedFunction, $"operator does not exist: {signature}", position,
                left == 0
                    ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
                    : "No operator matches the given name and argument types. You might need to add explicit type casts.");
    }

    public static PgException CannotCast(uint from, uint to, int position) =>
        New(SqlStates.CannotCoerce, $"cannot cast type {TypeSystem.Format(from)} to {TypeSystem.Format(to)}", position);
}
