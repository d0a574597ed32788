using System.Collections.Frozen;

namespace Gateway.Actors.Settings;

/// <summary>The parameters a session knows. Names, kinds and defaults are those of PostgreSQL 15.</summary>
/// <remarks>A name with a dot that is not here may be set freely (a placeholder, as in PostgreSQL).</remarks>
public static class SettingRules
{
    public const string ServerVersion = "15.0 (IrisPgWire 0.1)";
    public const string ServerVersionNumber = "150000";

    private static readonly string[] Isolations = ["serializable", "repeatable read", "read committed", "read uncommitted"];

    private static readonly string[] MessageLevels =
        ["debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error"];

    private static readonly SettingRule[] Table =
    [
        // What the gateway acts on.
        new("application_name", SettingKind.String, "", "Sets the application name to be reported in statistics and logs.", Reported: true),
        new("bytea_output", SettingKind.Enum, "hex", "Sets the output format for bytea.", Values: ["escape", "hex"]),
        new("client_encoding", SettingKind.String, "UTF8", "Sets the client's character set encoding.", Reported: true),
        new("client_min_messages", SettingKind.Enum, "notice", "Sets the message levels that are sent to the client.", Values: MessageLevels),
        new("DateStyle", SettingKind.String, "ISO, MDY", "Sets the display format for date and time values.", Reported: true),
        new("default_transaction_isolation", SettingKind.Enum, "read committed", "Sets the transaction isolation level of each new transaction.", Values: Isolations),
        new("default_transaction_read_only", SettingKind.Bool, "off", "Sets the default read-only status of new transactions.", Reported: true),
        new("default_transaction_deferrable", SettingKind.Bool, "off", "Sets the default deferrable status of new transactions."),
        new("extra_float_digits", SettingKind.Integer, "1", "Sets the number of digits displayed for floating-point values.", Min: -15, Max: 3),
        new("idle_in_transaction_session_timeout", SettingKind.Integer, "0", "Sets the maximum allowed idle time between queries, when in a transaction.", "ms"),
        new("idle_session_timeout", SettingKind.Integer, "0", "Sets the maximum allowed idle time between queries, when not in a transaction.", "ms"),
        new("IntervalStyle", SettingKind.Enum, "postgres", "Sets the display format for interval values.", Reported: true, Values: ["postgres", "postgres_verbose", "sql_standard", "iso_8601"]),
        new("lock_timeout", SettingKind.Integer, "0", "Sets the maximum allowed duration of any wait for a lock.", "ms"),
        new("search_path", SettingKind.String, "\"$user\", public", "Sets the schema search order for names that are not schema-qualified."),
        new("session_authorization", SettingKind.String, "", "Sets the session user name.", Reported: true, Fixed: true),
        new("statement_timeout", SettingKind.Integer, "0", "Sets the maximum allowed duration of any statement.", "ms"),
        new("TimeZone", SettingKind.String, "UTC", "Sets the time zone for displaying and interpreting time stamps.", Reported: true),
        // PostgreSQL 17's.
        new("transaction_timeout", SettingKind.Integer, "0", "Sets the maximum allowed duration of any transaction within a session (not a prepared transaction).", "ms"),
        new("transaction_isolation", SettingKind.Enum, "read committed", "Sets the current transaction's isolation level.", Values: Isolations),
        new("transaction_read_only", SettingKind.Bool, "off", "Sets the current transaction's read-only status."),
        new("transaction_deferrable", SettingKind.Bool, "off", "Whether to defer a read-only serializable transaction until it can be executed with no possible serialization failures."),

        // Facts about the server.
        new("block_size", SettingKind.Integer, "8192", "Shows the size of a disk block.", Fixed: true),
        new("in_hot_standby", SettingKind.Bool, "off", "Shows whether hot standby is currently active.", Reported: true, Fixed: true),
        new("integer_datetimes", SettingKind.Bool, "on", "Shows whether datetimes are integer based.", Reported: true, Fixed: true),
        new("is_superuser", SettingKind.Bool, "off", "Shows whether the current user is a superuser.", Reported: true, Fixed: true),
        new("lc_collate", SettingKind.String, "C", "Shows the collation order locale.", Fixed: true),
        new("lc_ctype", SettingKind.String, "C.UTF-8", "Shows the character classification and case conversion locale.", Fixed: true),
        new("max_identifier_length", SettingKind.Integer, "63", "Shows the maximum identifier length.", Fixed: true),
        new("max_index_keys", SettingKind.Integer, "32", "Shows the maximum number of index keys.", Fixed: true),
        new("max_connections", SettingKind.Integer, "10000", "Sets the maximum number of concurrent connections.", Fixed: true),
        new("server_encoding", SettingKind.String, "UTF8", "Shows the server (database) character set encoding.", Reported: true, Fixed: true),
        new("server_version", SettingKind.String, ServerVersion, "Shows the server version.", Reported: true, Fixed: true),
        new("server_version_num", SettingKind.Integer, ServerVersionNumber, "Shows the server version as an integer.", Fixed: true),

        // Accepted and shown; their meaning lies in a part of PostgreSQL that does not exist here.
        new("backslash_quote", SettingKind.Enum, "safe_encoding", "Sets whether \"\\'\" is allowed in string literals.", Values: ["safe_encoding", "on", "off"]),
        new("check_function_bodies", SettingKind.Bool, "on", "Check routine bodies during CREATE FUNCTION and CREATE PROCEDURE."),
        new("default_table_access_method", SettingKind.String, "heap", "Sets the default table access method for new tables."),
        new("default_tablespace", SettingKind.String, "", "Sets the default tablespace to create tables and indexes in."),
        new("enable_seqscan", SettingKind.Bool, "on", "Enables the planner's use of sequential-scan plans."),
        new("escape_string_warning", SettingKind.Bool, "on", "Warn about backslash escapes in ordinary string literals."),
        new("gateway.target", SettingKind.Enum, "auto", "Chooses the instance of the next transaction.", Values: ["auto", "primary", "replica", "reporting"]),
        new("gin_fuzzy_search_limit", SettingKind.Integer, "0", "Sets the maximum allowed result for exact search by GIN."),
        new("jit", SettingKind.Bool, "off", "Allow JIT compilation."),
        new("lc_messages", SettingKind.String, "C", "Sets the language in which messages are displayed."),
        new("lc_monetary", SettingKind.String, "C", "Sets the locale for formatting monetary amounts."),
        new("lc_numeric", SettingKind.String, "C", "Sets the locale for formatting numbers."),
        new("lc_time", SettingKind.String, "C", "Sets the locale for formatting date and time values."),
        new("log_statement", SettingKind.Enum, "none", "Sets the type of statements logged.", Values: ["none", "ddl", "mod", "all"]),
        new("maintenance_work_mem", SettingKind.Integer, "65536", "Sets the maximum memory to be used for maintenance operations.", "kB"),
        new("quote_all_identifiers", SettingKind.Bool, "off", "When generating SQL fragments, quote all identifiers."),
        new("random_page_cost", SettingKind.Real, "4", "Sets the planner's estimate of the cost of a nonsequentially fetched disk page."),
        new("row_security", SettingKind.Bool, "on", "Enable row security."),
        new("session_replication_role", SettingKind.Enum, "origin", "Sets the session's behavior for triggers and rewrite rules.", Values: ["origin", "replica", "local"]),
        new("standard_conforming_strings", SettingKind.Bool, "on", "Causes '...' strings to treat backslashes literally.", Reported: true),
        new("synchronize_seqscans", SettingKind.Bool, "on", "Enable synchronized sequential scans."),
        new("synchronous_commit", SettingKind.Enum, "on", "Sets the current transaction's synchronization level.", Values: ["local", "remote_write", "remote_apply", "on", "off"]),
        new("tcp_keepalives_idle", SettingKind.Integer, "0", "Time between issuing TCP keepalives.", "s"),
        new("temp_buffers", SettingKind.Integer, "1024", "Sets the maximum number of temporary buffers used by each session.", "8kB"),
        new("timezone_abbreviations", SettingKind.String, "Default", "Selects a file of time zone abbreviations."),
        new("transform_null_equals", SettingKind.Bool, "off", "Treats \"expr=NULL\" as \"expr IS NULL\"."),
        new("work_mem", SettingKind.Integer, "4096", "Sets the maximum memory to be used for query workspaces.", "kB"),
        new("xmlbinary", SettingKind.Enum, "base64", "Sets how binary values are to be encoded in XML.", Values: ["base64", "hex"]),
        new("xmloption", SettingKind.Enum, "content", "Sets whether XML data in implicit parsing and serialization operations is to be considered as documents or content fragments.", Values: ["content", "document"]),
    ];

    private static readonly FrozenDictionary<string, SettingRule> ByName =
        Table.ToFrozenDictionary(rule => rule.Name, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<SettingRule> All { get; } =
        [.. Table.OrderBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase)];

    public static IReadOnlyList<SettingRule> Reported { get; } = [.. Table.Where(rule => rule.Reported)];

    public static SettingRule? Find(string name) => ByName.GetValueOrDefault(name);
}
