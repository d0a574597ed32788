using Gateway.Catalog;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <remarks>Functions over the catalogs that need the file: sizes, and where a sequence stands.</remarks>
public sealed partial class EmbeddedConnection
{
    private static readonly (string Name, int Arity)[] CatalogFunctionNames =
    [
        ("pg_relation_size", 1), ("pg_relation_size", 2), ("pg_table_size", 1), ("pg_indexes_size", 1), ("pg_total_relation_size", 1),
        ("pg_database_size_name", 1), ("pg_database_size_oid", 1), ("pg_tablespace_size_name", 1), ("pg_tablespace_size_oid", 1),
        ("pg_sequence_last_value", 1), ("pg_stat_get_live_tuples", 1),
    ];

    internal static IEnumerable<string> CatalogNames => CatalogFunctionNames.Select(function => $"{function.Name}/{function.Arity}");

    private void RegisterCatalogFunctions()
    {
        foreach (var (name, arity) in CatalogFunctionNames)
            raw.sqlite3_create_function(_handle, "pg_" + name, arity, this, (context, _, arguments) =>
            {
                try
                {
                    if (arguments.Any(argument => raw.sqlite3_value_type(argument) == raw.SQLITE_NULL) || Answer(name, raw.sqlite3_value_int64(arguments[0])) is not { } answer)
                        raw.sqlite3_result_null(context);
                    else raw.sqlite3_result_int64(context, answer);
                }
                catch (PgException error)
                {
                    Errors.Set(error);
                    raw.sqlite3_result_error(context, "failed"u8);
                }
            });
    }

    private long? Answer(string name, long oid)
    {
        if (name.StartsWith("pg_database_size", StringComparison.Ordinal) || name.StartsWith("pg_tablespace_size", StringComparison.Ordinal))
            return RemoteSchema is null ? FileSize() : null;
        var found = CatalogImage.Of(Schema).Find((uint)oid);
        if (name == "pg_sequence_last_value")
            return RemoteSchema is null && Database.Sequences.Get((uint)oid) is (var last, true) ? last : null;
        if (name == "pg_stat_get_live_tuples") return found is { Index: null, Constraint: null } ? LiveRows(found.Relation) : 0;
        if (found is null or { Constraint: not null }) return null;

        // Its rows are not here: a catalog has none that are stored, and how much a remote server stores is not known.
        if (SystemCatalog.IsSystem(found.Relation.Schema)) return 0;
        if (RemoteSchema is not null) return found.Relation.Kind is Sql.Schema.RelationKind.View ? 0 : null;
        if (found.Index is { } index) return SizeOf(StorageNames.Of(found.Relation), index.Name);
        if (found.Relation.Kind is Sql.Schema.RelationKind.View) return 0;
        if (found.Relation.Kind is Sql.Schema.RelationKind.Sequence) return 8192;
        var table = SizeOf(StorageNames.Of(found.Relation), null);
        var indexes = name is "pg_indexes_size" or "pg_total_relation_size"
            ? found.Relation.Indexes.Sum(known => SizeOf(StorageNames.Of(found.Relation), known.Name)) : 0;
        return name switch { "pg_indexes_size" => indexes, "pg_total_relation_size" => table + indexes, _ => table };
    }

    private long FileSize() => Query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", row => row.GetInt64(0))[0];

    /// <summary>Bytes of the pages of a table, or of its index whose name ends like PostgreSQL's.</summary>
    private long SizeOf(string table, string? index)
    {
        try
        {
            return Query(
                index is null
                    ? "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ? AND aggregate = TRUE"
                    : "SELECT coalesce(sum(d.pgsize), 0) FROM sqlite_schema s JOIN dbstat d ON d.name = s.name AND d.aggregate = TRUE WHERE s.type = 'index' AND s.tbl_name = ?1 AND s.name LIKE '%' || ?2",
                row => row.GetInt64(0),
                index is null ? [table] : [table, index])[0];
        }
        catch (PgException)
        {
            // SQLite was built without dbstat.
            return 8192;
        }
    }
}
