using System.Runtime.InteropServices;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>The part of SQLite's C interface that functions need, called without a delegate or a boxed value in between.</summary>
/// <remarks>SQLitePCLRaw offers scalar functions and aggregates, but not window functions; its library exports them all.</remarks>
internal static unsafe partial class Native
{
    private const string Library = "e_sqlite3";

    public const int Utf8 = 1;
    public const int Deterministic = 0x800;
    public const int Innocuous = 0x200000;

    public const int Integer = 1;
    public const int Float = 2;
    public const int Text = 3;
    public const int Blob = 4;
    public const int Null = 5;

    /// <summary>SQLITE_TRANSIENT: SQLite copies what it is given.</summary>
    public static readonly nint Transient = -1;

    [LibraryImport(Library), SuppressGCTransition]
    public static partial nint sqlite3_user_data(nint context);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_value_type(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long sqlite3_value_int64(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial double sqlite3_value_double(nint value);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_value_text(nint value);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_value_blob(nint value);

    [LibraryImport(Library)]
    public static partial int sqlite3_value_bytes(nint value);

    [LibraryImport(Library)]
    public static partial nint sqlite3_value_dup(nint value);

    [LibraryImport(Library)]
    public static partial void sqlite3_value_free(nint value);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_value(nint context, nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_int64(nint context, long value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_double(nint context, double value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_null(nint context);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_text(nint context, byte* text, int length, nint destructor);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_blob(nint context, byte* data, int length, nint destructor);

    /// <summary>The same where SQLite only notes the address (destructor 0, SQLITE_STATIC): it copies and allocates nothing.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_result_text"), SuppressGCTransition]
    public static partial void sqlite3_result_text_in_place(nint context, byte* text, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_result_blob"), SuppressGCTransition]
    public static partial void sqlite3_result_blob_in_place(nint context, byte* data, int length, nint destructor);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_error(nint context, byte* message, int length);

    [LibraryImport(Library)]
    public static partial nint* sqlite3_aggregate_context(nint context, int size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_create_function_v2(
        nint db,
        string name,
        int arguments,
        int flags,
        nint userData,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> function,
        nint step,
        nint final,
        delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_create_window_function(
        nint db,
        string name,
        int arguments,
        int flags,
        nint userData,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> step,
        delegate* unmanaged[Cdecl]<nint, void> final,
        delegate* unmanaged[Cdecl]<nint, void> value,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> inverse,
        delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_create_collation_v2(
        nint db,
        string name,
        int encoding,
        nint userData,
        delegate* unmanaged[Cdecl]<nint, int, byte*, int, byte*, int> compare,
        nint destroy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_create_module_v2(
        nint db, string name, nint* module, nint userData, delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_declare_vtab(nint db, string sql);

    [LibraryImport(Library)]
    public static partial nint sqlite3_malloc(int size);

    [LibraryImport(Library)]
    public static partial void sqlite3_free(nint memory);
}
