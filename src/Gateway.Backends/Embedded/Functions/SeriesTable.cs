using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    private static readonly nint* Module = Describe();

    public static void Register(nint db, FunctionHost host)
    {
        VirtualTable.Register(db, "pg_series", Module, host);
    }

    private static nint* Describe() => VirtualTable.Module(
        connect: (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, byte**, VirtualTable.Table**, byte**, int>)&Connect,
        bestIndex: (nint)(delegate* unmanaged[Cdecl]<VirtualTable.Table*, VirtualTable.IndexInfo*, int>)&BestIndex,
        open: (nint)(delegate* unmanaged[Cdecl]<VirtualTable.Table*, Cursor**, int>)&Open,
        close: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Close,
        filter: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int, byte*, int, nint*, int>)&Filter,
        next: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Next,
        atEnd: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&AtEnd,
        column: (nint)(delegate* unmanaged[Cdecl]<Cursor*, nint, int, int>)&Column,
        rowId: (nint)(delegate* unmanaged[Cdecl]<Cursor*, long*, int>)&RowId);

#pragma warning disable CS0649 // SQLite assigns these fields.
    /// <summary>struct sqlite3_vtab_cursor, and behind it what is ours.</summary>
    private struct Cursor
    {
        public VirtualTable.Table* Table;
        public long Key;
        public long Current;
        public long Stop;
        public long Step;
        public int Ended;

        /// <summary>A handle of an enumerator for the types that are no integers.</summary>
        public nint Values;
    }

#pragma warning restore CS0649

    private static FunctionHost HostOf(VirtualTable.Table* table) => VirtualTable.OwnerOf<FunctionHost>(table);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint host, int count, byte** arguments, VirtualTable.Table** table, byte** message) =>
        VirtualTable.Declare(db, "key, value, type HIDDEN, start HIDDEN, stop HIDDEN, step HIDDEN", host, table);

    /// <summary>The one way to read it: with all four arguments known, in their order.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(VirtualTable.Table* table, VirtualTable.IndexInfo* info)
    {
        var known = 0;
        for (var i = 0; i < info->ConstraintCount; i++)
        {
            var constraint = info->Constraints[i];
            var argument = constraint.Column - FirstArgument;
            if (argument is < 0 or >= Arguments || constraint.Operator != VirtualTable.Equal) continue;
            if (constraint.Usable == 0) return VirtualTable.Constraint;
            info->Uses[i].Argument = argument + 1;
            info->Uses[i].Omit = 1;
            known++;
        }

        if (known != Arguments) return VirtualTable.Constraint;
        info->Cost = 1000;
        info->Rows = 1000;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(VirtualTable.Table* table, Cursor** cursor)
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
        return VirtualTable.Fail(cursor->Table, host.Errors, error);
    }
}
