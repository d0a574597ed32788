using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// generate_series as a table-valued function of SQLite, <c>pg_series(type, start, stop, step)</c> with the columns that
/// json_each has too, <c>key</c> (from 0) and <c>value</c>: rows are made as they are read, so the longest costs no memory.
/// </summary>
internal static unsafe class SeriesTable
{
    private const int Value = 1;
    private const int FirstArgument = 2;
    private const int Arguments = 4;
    private const int Error = 1;
    private const int Constraint = 19;

    private static readonly nint* Module = Describe();

    public static void Register(nint db, FunctionHost host)
    {
        // Freed by Destroy when the connection closes, and by SQLite itself when registration fails.
        var rc = Native.sqlite3_create_module_v2(db, "pg_series", Module, GCHandle.ToIntPtr(GCHandle.Alloc(host)), &Destroy);
        if (rc != 0) throw new PgException(SqlStates.InternalError, $"SQLite refused module pg_series (code {rc})");
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
        public nint Host;
    }

    /// <summary>struct sqlite3_vtab_cursor, and behind it what is ours.</summary>
    private struct Cursor
    {
        public Table* Table;
        public long Key;
        public long Current;
        public long Stop;
        public long Step;
        public int Ended;

        /// <summary>A handle of an enumerator for the types that are no integers.</summary>
        public nint Values;
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

    private static FunctionHost HostOf(Table* table) => Unsafe.As<FunctionHost>(GCHandle.FromIntPtr(table->Host).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint host) => GCHandle.FromIntPtr(host).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint host, int count, byte** arguments, Table** table, byte** message)
    {
        var rc = Native.sqlite3_declare_vtab(db, "CREATE TABLE x(key, value, type HIDDEN, start HIDDEN, stop HIDDEN, step HIDDEN)");
        if (rc != 0) return rc;
        *table = (Table*)NativeMemory.AllocZeroed((nuint)sizeof(Table));
        (*table)->Host = host;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Disconnect(Table* table)
    {
        NativeMemory.Free(table);
        return 0;
    }

    /// <summary>The one way to read it: with all four arguments known, in their order.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(Table* table, IndexInfo* info)
    {
        var known = 0;
        for (var i = 0; i < info->ConstraintCount; i++)
        {
            var constraint = info->Constraints[i];
            var argument = constraint.Column - FirstArgument;
            const byte Equal = 2;
            if (argument is < 0 or >= Arguments || constraint.Operator != Equal) continue;
            if (constraint.Usable == 0) return Constraint;
            info->Uses[i].Argument = argument + 1;
            info->Uses[i].Omit = 1;
            known++;
        }

        if (known != Arguments) return Constraint;
        info->Cost = 1000;
        info->Rows = 1000;
        return 0;
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
        Forget(cursor);
        NativeMemory.Free(cursor);
        return 0;
    }

    private static void Forget(Cursor* cursor)
    {
        if (cursor->Values == 0) return;
        var handle = GCHandle.FromIntPtr(cursor->Values);
        ((IDisposable)handle.Target!).Dispose();
        handle.Free();
        cursor->Values = 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Filter(Cursor* cursor, int number, byte* text, int count, nint* values)
    {
        Forget(cursor);
        var host = HostOf(cursor->Table);
        try
        {
            var call = new Call(0, values, count, host);
            var type = call.Oid(0);
            cursor->Key = 0;

            // As a strict function of NULL.
            cursor->Ended = call.IsNull(1) || call.IsNull(2) || call.IsNull(3) ? 1 : 0;
            if (cursor->Ended != 0) return 0;
            if (type is not (Oids.Int4 or Oids.Int8))
            {
                var series = Series.Of(type, call, call.Format);
                cursor->Values = GCHandle.ToIntPtr(GCHandle.Alloc(series));
                cursor->Ended = series.MoveNext() ? 0 : 1;
                return 0;
            }

            (cursor->Current, cursor->Stop, cursor->Step) = (call.Int(1), call.Int(2), call.Int(3));
            if (cursor->Step == 0) throw Series.ZeroStep();
            cursor->Ended = IsPast(cursor) ? 1 : 0;
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, host, error);
        }
    }

    private static bool IsPast(Cursor* cursor) =>
        cursor->Step > 0 ? cursor->Current > cursor->Stop : cursor->Current < cursor->Stop;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(Cursor* cursor)
    {
        cursor->Key++;
        if (cursor->Values != 0) return NextValue(cursor);
        var next = unchecked(cursor->Current + cursor->Step);

        // A series ends quietly where its type does.
        var wrapped = cursor->Step > 0 ? next < cursor->Current : next > cursor->Current;
        cursor->Current = next;
        cursor->Ended = wrapped || IsPast(cursor) ? 1 : 0;
        return 0;
    }

    private static int NextValue(Cursor* cursor)
    {
        try
        {
            cursor->Ended = ValuesOf(cursor).MoveNext() ? 0 : 1;
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, HostOf(cursor->Table), error);
        }
    }

    private static IEnumerator<Datum> ValuesOf(Cursor* cursor) => (IEnumerator<Datum>)GCHandle.FromIntPtr(cursor->Values).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AtEnd(Cursor* cursor) => cursor->Ended;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Column(Cursor* cursor, nint context, int column)
    {
        if (column != Value) Native.sqlite3_result_int64(context, cursor->Key);
        else if (cursor->Values == 0) Native.sqlite3_result_int64(context, cursor->Current);
        else ValuesOf(cursor).Current.Return(new Call(context, null, 0, HostOf(cursor->Table)));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RowId(Cursor* cursor, long* id)
    {
        *id = cursor->Key;
        return 0;
    }

    private static int Fail(Cursor* cursor, FunctionHost host, Exception error)
    {
        cursor->Ended = 1;
        var known = FunctionLibrary.Known(error);
        host.Errors.Set(known);

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
