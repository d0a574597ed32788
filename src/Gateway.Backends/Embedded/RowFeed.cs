using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gateway.Backends.Embedded.Functions;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>
/// The rows of a <see cref="ValueList"/> as a table of SQLite, so that one step of one statement takes a whole batch: <c>"^_rows4"</c> with
/// the columns c1 to c4 shows what its connection was given last. Values are read where they lie.
/// </summary>
internal sealed unsafe class RowFeed
{
    private static readonly nint* Module = VirtualTable.Module(
        connect: (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, byte**, VirtualTable.Table**, byte**, int>)&Connect,
        bestIndex: (nint)(delegate* unmanaged[Cdecl]<VirtualTable.Table*, VirtualTable.IndexInfo*, int>)&BestIndex,
        open: (nint)(delegate* unmanaged[Cdecl]<VirtualTable.Table*, Cursor**, int>)&Open,
        close: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Close,
        filter: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int, byte*, int, nint*, int>)&Filter,
        next: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&Next,
        atEnd: (nint)(delegate* unmanaged[Cdecl]<Cursor*, int>)&AtEnd,
        column: (nint)(delegate* unmanaged[Cdecl]<Cursor*, nint, int, int>)&Column,
        rowId: (nint)(delegate* unmanaged[Cdecl]<Cursor*, long*, int>)&RowId);

    private readonly EmbeddedConnection _connection;
    private readonly int _width;
    private ValueSlot* _slots;
    private byte* _bytes;
    private int _rows;

    private RowFeed(EmbeddedConnection connection, int width) => (_connection, _width) = (connection, width);

    /// <summary>The row that is read now, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>Makes the table known to the connection.</summary>
    public static RowFeed Register(EmbeddedConnection connection, int width)
    {
        var feed = new RowFeed(connection, width);
        VirtualTable.Register(connection.RawHandle, ModuleName(width), Module, feed);
        return feed;
    }

    /// <summary>In SQL. No table of a client can have the name: in theirs <c>^</c> stands before a letter or another <c>^</c>.</summary>
    public static string NameOf(int width) => $"\"{ModuleName(width)}\"";

    private static string ModuleName(int width) => $"^_rows{width}";

    public static string ColumnName(int number) => $"c{number}";

    /// <summary>What is read from here on. Slots and bytes must stay where they are until <see cref="Clear"/>.</summary>
    /// <param name="bytes">Not null: a null pointer would make NULL of an empty text.</param>
    public void Give(ValueSlot* slots, byte* bytes, int rows)
    {
        _slots = slots;
        _bytes = bytes;
        _rows = rows;
        Position = 0;
    }

    public void Clear() => Give(null, null, 0);

    /// <summary>struct sqlite3_vtab_cursor, and behind it the row it stands on.</summary>
    private struct Cursor
    {
#pragma warning disable CS0649 // SQLite assigns it.
        public VirtualTable.Table* Table;
#pragma warning restore CS0649
        public ValueSlot* Row;
        public ValueSlot* End;
        public byte* Bytes;
    }

    private static RowFeed Of(VirtualTable.Table* table) => VirtualTable.OwnerOf<RowFeed>(table);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint owner, int count, byte** arguments, VirtualTable.Table** table, byte** message)
    {
        var width = Unsafe.As<RowFeed>(GCHandle.FromIntPtr(owner).Target!)._width;
        return VirtualTable.Declare(db, string.Join(", ", Enumerable.Range(1, width).Select(ColumnName)), owner, table);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(VirtualTable.Table* table, VirtualTable.IndexInfo* info)
    {
        info->Cost = info->Rows = 1000;
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
        NativeMemory.Free(cursor);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Filter(Cursor* cursor, int number, byte* text, int count, nint* values)
    {
        var feed = Of(cursor->Table);
        feed.Position = 0;
        cursor->Row = feed._slots;
        cursor->End = feed._slots + ((nint)feed._rows * feed._width);
        cursor->Bytes = feed._bytes;
        return 0;
    }

    // SQLite asks for the next row when it has done with the one before.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(Cursor* cursor)
    {
        var feed = Of(cursor->Table);
        feed.Position++;
        feed._connection.ForgetDrawn();
        cursor->Row += feed._width;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AtEnd(Cursor* cursor) => cursor->Row == cursor->End ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Column(Cursor* cursor, nint context, int column)
    {
        ref readonly var slot = ref cursor->Row[column];
        if (slot.IsNull) return 0;   // as it is when nothing is said
        switch (slot.Carrier)
        {
            case Carrier.Int64:
                Functions.Native.sqlite3_result_int64(context, slot.Bits);
                break;
            case Carrier.Float64 when BitConverter.Int64BitsToDouble(slot.Bits) is var number && !double.IsNaN(number):
                Functions.Native.sqlite3_result_double(context, number);
                break;
            case Carrier.Float64:
                fixed (byte* nan = PreparedStatement.NaN) Functions.Native.sqlite3_result_text(context, nan, PreparedStatement.NaN.Length, Functions.Native.Transient);
                break;
            case Carrier.Text:
                Functions.Native.sqlite3_result_text_in_place(context, cursor->Bytes + slot.Bits, slot.Length, 0);
                break;
            default:
                Functions.Native.sqlite3_result_blob_in_place(context, cursor->Bytes + slot.Bits, slot.Length, 0);
                break;
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RowId(Cursor* cursor, long* id)
    {
        *id = Of(cursor->Table).Position;
        return 0;
    }
}
