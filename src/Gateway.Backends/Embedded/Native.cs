using System.Runtime.InteropServices;

namespace Gateway.Backends.Embedded;

/// <summary>The calls of the row path, straight into the library that SQLitePCLRaw loads: handles as they are, no GC transition.</summary>
/// <remarks>Connections are opened without SQLite's mutex, so the accessors neither block nor allocate.</remarks>
internal static unsafe partial class Native
{
    private const string Library = "e_sqlite3";

    /// <summary>SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.</summary>
    internal static readonly nint Transient = -1;

    [LibraryImport(Library)]
    internal static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_clear_bindings(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint sqlite3_column_value(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_value_type(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long sqlite3_value_int64(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial double sqlite3_column_double(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_bind_int64(nint statement, int index, long value);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_bind_double(nint statement, int index, double value);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int sqlite3_bind_null(nint statement, int index);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_text(nint statement, int index, byte* value, int length, nint destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_blob(nint statement, int index, byte* value, int length, nint destructor);

    /// <summary>The same where SQLite only notes the address (destructor 0, SQLITE_STATIC): it copies and allocates nothing.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    internal static partial int sqlite3_bind_text_in_place(nint statement, int index, byte* value, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob"), SuppressGCTransition]
    internal static partial int sqlite3_bind_blob_in_place(nint statement, int index, byte* value, int length, nint destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_db_status(nint database, int what, int* current, int* highest, int reset);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long sqlite3_changes64(nint database);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long sqlite3_total_changes64(nint database);
}
