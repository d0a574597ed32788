using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    /// <summary>MaxTupleAttributeNumber of PostgreSQL's htup_details.h: no row of a query is wider.</summary>
    public const int MaxColumns = 1664;


    private static readonly nint* Module = Describe();

    private readonly ErrorSlot _errors;

    private RemoteTable(ErrorSlot errors) => _errors = errors;

    /// <summary>The query whose sources are meant.</summary>
    public LocalEngine.Frame? Current { get; set; }

    public static RemoteTable Register(EmbeddedConnection engine)
    {
        var table = new RemoteTable(engine.Errors);
        VirtualTable.Register(engine.RawHandle, "pg_remote", Module, table);
        return table;
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

        /// <summary>A handle of a <see cref="Rows"/>.</summary>
        public nint Rows;
        public long Number;
        public int Ended;
    }

#pragma warning restore CS0649

    private sealed record Rows(RowReader Reader, LocalEngine.Frame Frame);

    private static RemoteTable OwnerOf(Cursor* cursor) => VirtualTable.OwnerOf<RemoteTable>(cursor->Table);

    private static Rows RowsOf(Cursor* cursor) => Unsafe.As<Rows>(GCHandle.FromIntPtr(cursor->Rows).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint owner, int count, byte** arguments, VirtualTable.Table** table, byte** message) =>
        VirtualTable.Declare(db, string.Join(", ", Enumerable.Range(0, MaxColumns).Select(i => $"c{i}")) + ", source HIDDEN", owner, table);

    /// <summary>The one way to read it: whole, with the number of the source known.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(VirtualTable.Table* table, VirtualTable.IndexInfo* info)
    {
        for (var i = 0; i < info->ConstraintCount; i++)
        {
            var constraint = info->Constraints[i];
            if (constraint.Column != MaxColumns || constraint.Operator != VirtualTable.Equal || constraint.Usable == 0) continue;
            info->Uses[i].Argument = 1;
            info->Uses[i].Omit = 1;

            // A query is asked for again with every opening: it belongs outside.
            info->Cost = 1e6;
            info->Rows = 10_000;
            return 0;
        }

        return VirtualTable.Constraint;
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
        return VirtualTable.Fail(cursor->Table, OwnerOf(cursor)._errors, error);
    }
}
