using System.Globalization;
using System.Text;
using Gateway.Sql.Dialects;

namespace Gateway.Backends.Embedded;

/// <summary>Writes the INSERT of one row as one that takes its rows from a <see cref="RowFeed"/>.</summary>
internal static class BatchInsert
{
    private const string Verb = "INSERT INTO ";
    private const string Values = ") VALUES (";

    /// <summary>
    /// <c>INSERT INTO "t" ("a") VALUES (?1)</c> becomes <c>INSERT OR FAIL INTO "t" ("a") SELECT "^_rows1".c1 FROM "^_rows1"</c>. With FAIL the rows
    /// before the one that breaks a constraint stay, and SQLite keeps no journal of the statement.
    /// </summary>
    /// <returns>Null when the statement has another shape.</returns>
    public static string? Of(SqlStep step, string feed)
    {
        var sql = step.Sql;
        if (!sql.StartsWith(Verb, StringComparison.Ordinal) || !sql.EndsWith(')')) return null;
        var text = new StringBuilder("INSERT OR FAIL INTO ");
        var depth = 0;
        var isInValues = false;
        for (var at = Verb.Length; at < sql.Length; at++)
        {
            var letter = sql[at];
            switch (letter)
            {
                case '"' or '\'':
                    // A doubled quote ends one piece and begins another.
                    var end = sql.IndexOf(letter, at + 1);
                    if (end < 0) return null;
                    text.Append(sql, at, end + 1 - at);
                    at = end;
                    continue;
                case ')' when !isInValues && depth == 1 && string.CompareOrdinal(sql, at, Values, 0, Values.Length) == 0:
                    text.Append(") SELECT ");
                    at += Values.Length - 1;
                    isInValues = true;
                    continue;
                case ')' when isInValues && depth == 1:
                    return at == sql.Length - 1 ? text.Append(" FROM ").Append(feed).ToString() : null;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '?':
                    var digits = at + 1;
                    while (digits < sql.Length && char.IsAsciiDigit(sql[digits])) digits++;
                    if (!isInValues || !int.TryParse(sql.AsSpan(at + 1, digits - at - 1), CultureInfo.InvariantCulture, out var marker)) return null;
                    text.Append(feed).Append('.').Append(RowFeed.ColumnName(step.Parameters[marker - 1]));
                    at = digits - 1;
                    continue;
            }

            text.Append(letter);
        }

        return null;
    }
}
