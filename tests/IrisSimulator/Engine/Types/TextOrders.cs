using Microsoft.Data.Sqlite;

namespace IrisSimulator.Engine.Types;

/// <summary>How text compares. Null in a column's definition is not a choice: the default is SqlUpper.</summary>
public enum TextOrder { Exact, SqlUpper, SqlString }

/// <summary>The collations the SQLite side knows: IRIS_UPPER, IRIS_STRING and IRIS_NUMBER; BINARY is EXACT.</summary>
public static class TextOrders
{
    public const string Number = "IRIS_NUMBER";

    /// <summary>Upper-cased without the blanks at the end; the blank put before is in every value and decides nothing.</summary>
    public static string UpperKey(string text) => text.TrimEnd().ToUpperInvariant();
    public static string StringKey(string text) => text.TrimEnd();

    public static string SqliteName(TextOrder collation) => collation switch
    {
        TextOrder.SqlUpper => "IRIS_UPPER",
        TextOrder.SqlString => "IRIS_STRING",
        _ => "BINARY",
    };

    public static TextOrder? Named(string name) => name.TrimStart('%').ToUpperInvariant() switch
    {
        "EXACT" or "SPACE" or "MVR" or "STRING" or "TRUNCATE" => TextOrder.Exact,
        "SQLUPPER" or "UPPER" or "ALPHAUP" => TextOrder.SqlUpper,
        "SQLSTRING" => TextOrder.SqlString,
        _ => null,
    };

    public static void Register(SqliteConnection connection)
    {
        connection.CreateCollation("IRIS_UPPER", (a, b) => string.CompareOrdinal(UpperKey(a), UpperKey(b)));
        connection.CreateCollation("IRIS_STRING", (a, b) => string.CompareOrdinal(StringKey(a), StringKey(b)));
        connection.CreateCollation(Number, CompareNumbers);
    }

    // An exception in a collation ends the process: what is no number sorts as text.
    private static int CompareNumbers(string a, string b) =>
        Numbers.TryParse(a, out var left) && Numbers.TryParse(b, out var right) ? left.CompareTo(right) : string.CompareOrdinal(a, b);
}
