using System.Globalization;

namespace Gateway.Backends.Iris.Schema;

/// <summary>What INFORMATION_SCHEMA tells of a namespace, without the system's own schemas.</summary>
internal sealed record InformationSchema(
    IReadOnlyList<TableRow> Tables,
    IReadOnlyList<ColumnRow> Columns,
    IReadOnlyList<KeyRow> Keys,
    IReadOnlyList<ReferenceRow> References,
    IReadOnlyList<IndexRow> Indexes,
    IReadOnlyList<ViewRow> Views,
    IReadOnlyList<string> Schemas)
{
    /// <summary>Runs a query and reads its rows.</summary>
    public interface ISource
    {
        List<T> Query<T>(string sql, Func<Fields, T> read);
    }

    public static InformationSchema Read(ISource source) => new(
        source.Query(From("TABLES", "TABLE_SCHEMA", "TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, DESCRIPTION"),
            row => new TableRow(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3))),
        source.Query(
            From("COLUMNS", "TABLE_SCHEMA",
                "TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_DEFAULT, IS_NULLABLE, IS_IDENTITY, DATA_TYPE, "
                + "CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DESCRIPTION, AUTO_INCREMENT"),
            row => new ColumnRow(
                row.Text(0), row.Text(1), row.Text(2), row.Number(3) ?? 0, row.TextOrNull(4), row.IsYes(5), row.IsYes(6),
                row.Text(7).ToUpperInvariant(), row.Number(8), row.Number(9), row.Number(10), row.TextOrNull(11), row.IsYes(12))),
        source.Query(
            From("KEY_COLUMN_USAGE", "TABLE_SCHEMA",
                "TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, CONSTRAINT_TYPE, COLUMN_NAME, ORDINAL_POSITION, "
                + "REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME"),
            row => new KeyRow(
                row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Number(5) ?? 0,
                row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8))),
        source.Query(
            From("REFERENTIAL_CONSTRAINTS", "CONSTRAINT_SCHEMA", "CONSTRAINT_SCHEMA, CONSTRAINT_TABLE_NAME, CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE"),
            row => new ReferenceRow(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4))),
        source.Query(
            From("INDEXES", "TABLE_SCHEMA", "TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, NON_UNIQUE, ORDINAL_POSITION, COLUMN_NAME, PRIMARY_KEY"),
            row => new IndexRow(row.Text(0), row.Text(1), row.Text(2), !row.IsYes(3), row.Number(4) ?? 0, row.TextOrNull(5), row.IsYes(6))),
        source.Query(From("VIEWS", "TABLE_SCHEMA", "TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION"),
            row => new ViewRow(row.Text(0), row.Text(1), row.TextOrNull(2))),
        source.Query(From("SCHEMATA", "SCHEMA_NAME", "SCHEMA_NAME"), row => row.Text(0)));

    private static string From(string view, string schema, string columns) =>
        $"SELECT {columns} FROM INFORMATION_SCHEMA.{view} WHERE NOT ({schema} LIKE '\\%%' ESCAPE '\\') AND {schema} <> 'INFORMATION_SCHEMA'";
}

internal sealed record TableRow(string Schema, string Name, string Type, string? Description);

internal sealed record ColumnRow(
    string Schema, string Table, string Name, int Position, string? Default, bool Nullable, bool Identity, string DataType,
    int? Length, int? Precision, int? Scale, string? Description, bool AutoIncrement);

internal sealed record KeyRow(
    string Schema, string Table, string Name, string Type, string Column, int Position,
    string? ReferencedSchema, string? ReferencedTable, string? ReferencedColumn);

internal sealed record ReferenceRow(string Schema, string Table, string Name, string? OnUpdate, string? OnDelete);

internal sealed record IndexRow(string Schema, string Table, string Name, bool Unique, int Position, string? Column, bool Primary);

internal sealed record ViewRow(string Schema, string Name, string? Definition);

/// <summary>One row of the catalog, whatever types the driver has for it.</summary>
internal readonly struct Fields(System.Data.Common.DbDataReader reader)
{
    public string? TextOrNull(int i)
    {
        if (reader.IsDBNull(i)) return null;
        var text = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture);
        return text is "\0" ? "" : text;
    }

    public string Text(int i) => TextOrNull(i) ?? "";

    public int? Number(int i) =>
        int.TryParse(TextOrNull(i), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>YES, 1 or true.</summary>
    public bool IsYes(int i) => Text(i).ToUpperInvariant() is "YES" or "Y" or "1" or "TRUE";
}
