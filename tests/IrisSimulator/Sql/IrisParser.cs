using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql;

/// <summary>SQL text to a tree, or an <see cref="IrisError"/> with the code the server of that version would give.</summary>
public static class IrisParser
{
    /// <exception cref="IrisError">The text is no statement of that version.</exception>
    public static Statement Parse(string sql, IrisVersion version) => throw new IrisError(-51, $"not yet read: {sql} ({version})");
}
