using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Functions;
using Gateway.Types;
using Native = Gateway.Backends.Embedded.Functions.Native;

namespace Gateway.Backends.Remote;

/// <summary>
/// <c>pg_remote(i)</c>: a table-valued function of SQLite with the rows of source i of the query that is being stepped,
/// in columns c0, c1…; they are read as SQLite steps. Opened again it runs the source again.
/// </summary>
internal sealed unsafe class RemoteTable
{
    public const int MaxColumns = 512;

    private const int Error = 1;
    private const int Constraint = 19;
    private const byte Equal = 2;

    private static readonly nint* Module = Describe();

    private readonly ErrorSlot _errors;

    private RemoteTable(ErrorSlot errors) => _errors = errors;

    /// <summary>The query whose sources are meant.</summary>
    public LocalEngine.Frame? Current { get; set; }

    public static RemoteTable Register(EmbeddedConnection engine)
    {
        var table = new RemoteTable(engine.Errors);
        // Freed by Destroy when the connection closes, and by SQLite itself when registration fails.
        var rc = Native.sqlite3_create_module_v2(engine.RawHandle, "pg_remote", Module, GCHandle.ToIntPtr(GCHandle.Alloc(table)), &Destroy);
        return rc == 0 ? table : throw new PgException(SqlStates.InternalError, $"SQLite refused module pg_remote (code {rc})");
    }

    // struct sqlite3_module, version 0. Without xCreate it is a table-valued function and nothing else.
    private static nint* Describe()
    {
        var module = (nint*)NativeMemory.AllocZeroed(32, (nuint)sizeof(nint));
        module[2] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, byte**, Table**, byte**, int>)&Connect;
        module[3] = (nint)(delegate* unmanaged[Cdecl]<Table*, IndexInfo*, int>)&BestIndex;
        module[4] = (nint)(delegate* unmanaged[Cdecl]<Table*, int>)&Disconnect;
        module[6] = (nint)(delegate* unmanaged[Cdecl]<Table*, Cursor**, int>)&Open;
        module[7] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Close;
        module[8] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, int, byte*, int, nint*, int>)&Filter;
        module[9] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Next;
        module[10] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&AtEnd;
        module[11] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, nint, int, int>)&Column;
        module[12] = (nint)(delegate* unmanaged[Cdecl]<Cursor*, long*, int>)&RowId;
        return module;
    }

#pragma warning disable CS0649 // SQLite assigns these fields.
    /// <summary>struct sqlite3_vtab, and behind it what is ours.</summary>
    private struct Table
    {
        public nint Module;
        public int References;
        public byte* Message;
        public nint Owner;
    }

    /// <summary>struct sqlite3_vtab_cursor, and behind it what is ours.</summary>
    private struct Cursor
    {
        public Table* Table;

        /// <summary>A handle of a <see cref="Rows"/>.</summary>
        public nint Rows;
        public long Number;
        public int Ended;
    }

    private struct IndexConstraint
    {
        public int Column;
        public byte Operator;
        public byte Usable;
        public int TermOffset;
    }

    private struct IndexUse
    {
        public int Argument;
        public byte Omit;
    }

    /// <summary>struct sqlite3_index_info.</summary>
    private struct IndexInfo
    {
        public int ConstraintCount;
        public IndexConstraint* Constraints;
        public int OrderCount;
        public nint Order;
        public IndexUse* Uses;
        public int Number;
        public byte* Text;
        public int FreeText;
        public int OrderConsumed;
        public double Cost;
        public long Rows;
    }

#pragma warning restore CS0649

    private sealed record Rows(RowReader Reader, LocalEngine.Frame Frame);

    private static RemoteTable OwnerOf(Cursor* cursor) =>
        Unsafe.As<RemoteTable>(GCHandle.FromIntPtr(cursor->Table->Owner).Target!);

    private static Rows RowsOf(Cursor* cursor) => Unsafe.As<Rows>(GCHandle.FromIntPtr(cursor->Rows).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint owner) => GCHandle.FromIntPtr(owner).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint owner, int count, byte** arguments, Table** table, byte** message)
    {
        var columns = string.Join(", ", Enumerable.Range(0, MaxColumns).Select(i => $"c{i}"));
        var rc = Native.sqlite3_declare_vtab(db, $"CREATE TABLE x({columns}, source HIDDEN)");
        if (rc != 0) return rc;
        *table = (Table*)NativeMemory.AllocZeroed((nuint)sizeof(Table));
        (*table)->Owner = owner;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Disconnect(Table* table)
    {
        NativeMemory.Free(table);
        return 0;
    }

    /// <summary>The one way to read it: whole, with the number of the source known.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(Table* table, IndexInfo* info)
    {
        for (var i = 0; i < info->ConstraintCount; i++)
        {
            var constraint = info->Constraints[i];
            if (constraint.Column != MaxColumns || constraint.Operator != Equal || constraint.Usable == 0) continue;
            info->Uses[i].Argument = 1;
            info->Uses[i].Omit = 1;

            // A query is asked for again with every opening: it belongs outside.
            info->Cost = 1e6;
            info->Rows = 10_000;
            return 0;
        }

        return Constraint;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Table* table, Cursor** cursor)
    {
        *cursor = (Cursor*)NativeMemory.AllocZeroed((nuint)sizeof(Cursor));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(Cursor* cursor)
    {
        try
        {
            Forget(cursor);
        }
        catch (Exception)
        {
            // What was wanted has been read; a broken connection shows in the next statement.
        }

        NativeMemory.Free(cursor);
        return 0;
    }

    private static void Forget(Cursor* cursor)
    {
        if (cursor->Rows == 0) return;
        var handle = GCHandle.FromIntPtr(cursor->Rows);
        var rows = (Rows)handle.Target!;
        handle.Free();
        cursor->Rows = 0;
        rows.Reader.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Filter(Cursor* cursor, int number, byte* text, int count, nint* values)
    {
        var owner = OwnerOf(cursor);
        try
        {
            Forget(cursor);
            var frame = owner.Current ?? throw new PgException(SqlStates.InternalError, "pg_remote outside of a plan");
            var reader = frame.Open(Native.sqlite3_value_int64(values[0]));
            cursor->Rows = GCHandle.ToIntPtr(GCHandle.Alloc(new Rows(reader, frame)));
            cursor->Number = 0;
            cursor->Ended = reader.Read() ? 0 : 1;
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(Cursor* cursor)
    {
        try
        {
            var rows = RowsOf(cursor);
            rows.Frame.ThrowIfCanceled();
            cursor->Number++;
            cursor->Ended = rows.Reader.Read() ? 0 : 1;
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AtEnd(Cursor* cursor) => cursor->Ended;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Column(Cursor* cursor, nint context, int column)
    {
        try
        {
            var row = RowsOf(cursor).Reader;
            if (row.IsNull(column))
            {
                Native.sqlite3_result_null(context);
                return 0;
            }

            var call = new Call(context, null, 0, null!);
            switch (row.CarrierOf(column))
            {
                case Carrier.Int64:
                    call.Return(row.GetInt64(column));
                    break;
                case Carrier.Float64:
                    call.Return(row.GetFloat64(column));
                    break;
                case Carrier.Text:
                    call.ReturnText(row.GetSpan(column));
                    break;
                default:
                    call.ReturnBlob(row.GetSpan(column));
                    break;
            }

            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RowId(Cursor* cursor, long* id)
    {
        *id = cursor->Number;
        return 0;
    }

    private static int Fail(Cursor* cursor, Exception error)
    {
        cursor->Ended = 1;
        var known = FunctionLibrary.Known(error);
        OwnerOf(cursor)._errors.Set(known);

        // SQLite frees the message, so it has to come from its allocator.
        var message = Encoding.UTF8.GetBytes(known.Message);
        var copy = (byte*)Native.sqlite3_malloc(message.Length + 1);
        if (copy is not null)
        {
            message.CopyTo(new Span<byte>(copy, message.Length));
            copy[message.Length] = 0;
            if (cursor->Table->Message is not null) Native.sqlite3_free((nint)cursor->Table->Message);
            cursor->Table->Message = copy;
        }

        return Error;
    }
}
