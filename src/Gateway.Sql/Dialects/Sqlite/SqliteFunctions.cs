using System.Collections.Frozen;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>The functions that are not simply <c>pg_</c> + prosrc. Keys are pg_proc.prosrc (the name, for those written in SQL).</summary>
internal static class SqliteFunctions
{
    /// <summary>SQLite's own, or a rearrangement of another function.</summary>
    public static FrozenDictionary<string, string> Templates { get; } = new Dictionary<string, string>
    {
        ["textcat"] = "({0} || {1})",

        // Conversions between types whose values lie in the same carrier form.
        ["int28"] = "{0}",
        ["i2toi4"] = "{0}",
        ["int48"] = "{0}",
        ["oidtoi8"] = "{0}",
        ["bool_int4"] = "{0}",
        ["ftod"] = "{0}",
        ["name_text"] = "{0}",
        ["char_text"] = "{0}",
        ["int4_bool"] = "({0} <> 0)",
        ["booltext"] = "CASE {0} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END",
        ["i2tod"] = "CAST({0} AS REAL)",
        ["i4tod"] = "CAST({0} AS REAL)",
        ["i8tod"] = "CAST({0} AS REAL)",
        ["i2tof"] = "CAST({0} AS REAL)",
        ["int2_numeric"] = "CAST({0} AS TEXT)",
        ["int4_numeric"] = "CAST({0} AS TEXT)",
        ["int8_numeric"] = "CAST({0} AS TEXT)",

        // Commuted operators, which pg_proc writes in SQL.
        ["integer_pl_date"] = "pg_date_pli({1}, {0})",
        ["interval_pl_date"] = "pg_date_pl_interval({1}, {0})",
        ["interval_pl_time"] = "pg_time_pl_interval({1}, {0})",
        ["interval_pl_timetz"] = "pg_timetz_pl_interval({1}, {0})",
        ["interval_pl_timestamp"] = "pg_timestamp_pl_interval({1}, {0})",
        ["interval_pl_timestamptz"] = "pg_timestamptz_pl_interval({1}, {0})",
        ["timedate_pl"] = "pg_datetime_timestamp({1}, {0})",
        ["timetzdate_pl"] = "pg_datetimetz_timestamptz({1}, {0})",
        ["row_to_json"] = "{0}",
        ["row_to_json_pretty"] = "CASE WHEN {1} THEN pg_json_lines({0}) ELSE {0} END",
        ["textlen"] = "length({0})",
        ["enum_eq"] = "({0} = {1})",
        ["enum_ne"] = "({0} <> {1})",
        ["enum_lt"] = "({0} < {1})",
        ["enum_le"] = "({0} <= {1})",
        ["enum_gt"] = "({0} > {1})",
        ["enum_ge"] = "({0} >= {1})",
        ["enum_cmp"] = "(({0} > {1}) - ({0} < {1}))",
        ["enum_smaller"] = "min({0}, {1})",
        ["enum_larger"] = "max({0}, {1})",
        ["multirange_constructor0"] = "'{{}}'",
        ["xmltotext"] = "{0}",
        ["texttoxml"] = "pg_in({0}, 142, -1)",
        ["xideq"] = "({0} = {1})",
        ["xidneq"] = "({0} <> {1})",
    }.ToFrozenDictionary();

    /// <summary>Polymorphic functions: every argument is followed by the OID of its type.</summary>
    public static FrozenSet<string> Typed { get; } = new[]
    {
        "text_concat", "text_concat_ws", "text_format", "text_format_nv", "pg_typeof", "to_json", "to_jsonb",
        "json_build_object", "json_build_array", "json_build_object_noargs", "json_build_array_noargs",
        "jsonb_build_object", "jsonb_build_array", "jsonb_build_object_noargs", "jsonb_build_array_noargs",
        "array_append", "array_prepend", "array_remove", "array_replace", "array_position", "array_position_start",
        "array_positions", "array_fill", "array_fill_with_lower_bounds", "age", "overlaps", "pg_column_size", "overlaps_time", "overlaps_timestamp",
        "range_constructor2", "range_constructor3", "multirange_constructor1", "multirange_constructor2", "range_empty", "range_lower",
        "range_upper", "range_lower_inc", "range_upper_inc", "range_lower_inf", "range_upper_inf", "range_contains_elem", "range_cmp", "range_eq",
        "range_ne", "range_lt", "range_le", "range_ge", "range_gt", "range_union", "range_minus", "range_intersect", "elem_contained_by_range",
        "multirange_empty", "multirange_lower", "multirange_upper", "multirange_lower_inc", "multirange_upper_inc", "multirange_lower_inf",
        "multirange_upper_inf", "multirange_contains_elem", "multirange_cmp", "multirange_eq", "multirange_ne", "multirange_lt", "multirange_le",
        "multirange_ge", "multirange_gt", "multirange_union", "multirange_minus", "multirange_intersect", "elem_contained_by_multirange",
        "range_contains", "range_contains_multirange", "multirange_contains_range", "multirange_contains_multirange", "range_contained_by",
        "range_contained_by_multirange", "multirange_contained_by_range", "multirange_contained_by_multirange", "range_overlaps",
        "range_overlaps_multirange", "multirange_overlaps_range", "multirange_overlaps_multirange", "range_before", "range_before_multirange",
        "multirange_before_range", "multirange_before_multirange", "range_after", "range_after_multirange", "multirange_after_range",
        "multirange_after_multirange", "range_overleft", "range_overleft_multirange", "multirange_overleft_range", "multirange_overleft_multirange",
        "range_overright", "range_overright_multirange", "multirange_overright_range", "multirange_overright_multirange", "range_adjacent",
        "range_adjacent_multirange", "multirange_adjacent_range", "multirange_adjacent_multirange", "range_merge", "range_merge_from_multirange",
        "multirange_unnest",
        "pg_num_nulls", "pg_num_nonnulls", "width_bucket_array", "enum_first", "enum_last", "enum_range_all", "enum_range_bounds",
    }.ToFrozenSet();

    /// <summary>Functions that write a record as a JSON object: they take it so already.</summary>
    public static bool MakesJson(string name) => name is "array_to_json" or "to_json" or "to_jsonb" or "row_to_json" or "json_agg" or "jsonb_agg"
        or "json_build_object" or "jsonb_build_object" or "json_build_array" or "jsonb_build_array" or "json_object_agg" or "jsonb_object_agg";

    /// <summary>Window functions that SQLite has with PostgreSQL's meaning.</summary>
    public static FrozenSet<string> Windows { get; } = new[]
    {
        "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
        "last_value", "nth_value",
    }.ToFrozenSet();

    /// <summary>The niladic names of SQL, as functions of the library.</summary>
    public static FrozenDictionary<string, string> Values { get; } = new Dictionary<string, string>
    {
        ["current_date"] = "current_date",
        ["current_time"] = "current_time",
        ["current_timestamp"] = "current_timestamp",
        ["localtime"] = "localtime",
        ["localtimestamp"] = "localtimestamp",
        ["current_user"] = "current_user",
        ["current_role"] = "current_user",
        ["user"] = "current_user",
        ["session_user"] = "session_user",
        ["current_catalog"] = "current_database",
        ["current_schema"] = "current_schema",
    }.ToFrozenDictionary();
}
