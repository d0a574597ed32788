using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Storage;

/// <summary>SQLite text that writes and finds one row; values are :p1, :p2…</summary>
internal static class RowText
{
    public static string Insert(TableDef table, long id, IReadOnlyList<string> columns) =>
        $"INSERT INTO {table.Physical} (id{string.Concat(columns.Select(c => "," + c))}) VALUES ({id}{string.Concat(columns.Select((_, i) => $",:p{i + 1}"))})";

    public static string Update(TableDef table, long id, IReadOnlyList<string> columns) =>
        $"UPDATE {table.Physical} SET {string.Join(',', columns.Select((c, i) => $"{c}=:p{i + 1}"))} WHERE id={id}";

    /// <summary>A column with the collation by which its values are one.</summary>
    public static string Collated(ColumnDef column) =>
        column.Physical + (column.Type.IsText && column.Order != TextOrder.Exact ? " COLLATE " + TextOrders.SqliteName(column.Order) : "");
}
