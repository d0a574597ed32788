using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Records: a value is PostgreSQL's binary form of one, which tells the types of its fields but not their names.</summary>
internal sealed partial class SqliteWriter
{
    private string JsonArgument(Expr value)
    {
        if (value is FunctionCall { Resolved.Name: "array_agg", Over: null, Arguments: [{ Value: { Type.Oid: Oids.Record } item }] } collected)
            return Collected(collected, "json_list", [JsonArgument(item), $"{Oids.Record}"], Oids.Record) + Suffix(collected);
        if (value.Type.Oid != Oids.Record) return Expression(value);
        if (value is RowConstructor row)
        {
            var members = Records.Fields(row).Zip(row.Items, (field, item) => $"{SqliteLiterals.Text(field.Name)}, {JsonArgument(item)}, {item.Type.Oid}");
            return WhenPresent(row, $"pg_row_json({string.Join(", ", members)})");
        }

        var fields = Records.Fields(value);
        if (fields.IsEmpty) throw Unsupported("JSON of a record whose fields are not known");
        if (fields.Any(field => field.Type.Oid == Oids.Record)) throw Unsupported("JSON of a record inside a record in this place");
        return $"pg_record_json({Expression(value)}, {string.Join(", ", fields.Select(field => SqliteLiterals.Text(field.Name)))})";
    }

    private string FieldOf(FieldAccess access)
    {
        if (access.Operand is RowConstructor row) return WhenPresent(row, Expression(row.Items[access.Index]));
        return access is { Index: >= 0, Operand.Type.Oid: Oids.Record }
            ? $"pg_record_field({Expression(access.Operand)}, {access.Index})"
            : throw Unsupported("access to a field of a row");
    }

    /// <summary>The whole row of a table that an outer join found no row for is NULL.</summary>
    private string WhenPresent(RowConstructor row, string sql)
    {
        if (row.Source is not { } alias || row.Items.OfType<ColumnRef>().FirstOrDefault()?.Column is not { } column) return sql;
        var scope = _scope;
        for (var level = 0; level < column.LevelsUp && scope?.Outer is not null; level++) scope = scope.Outer;
        if (scope?.Find(alias) is not { IsOptional: true } source) return sql;

        // Without a key at hand: the row is missing when all of its columns are.
        var present = source.Presence ?? $"({string.Join(" OR ", row.Items.Select(item => $"{Expression(item)} IS NOT NULL"))})";
        return $"CASE WHEN {present} THEN {sql} END";
    }
}
