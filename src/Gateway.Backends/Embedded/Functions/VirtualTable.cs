using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What table-valued functions of SQLite have in common (https://www.sqlite.org/vtab.html): its structures, their end, their errors.</summary>
internal static unsafe class VirtualTable
{
    // SQLITE_ERROR, SQLITE_CONSTRAINT and SQLITE_INDEX_CONSTRAINT_EQ of sqlite3.h.
    public const int Error = 1;
    public const int Constraint = 19;
    public const byte Equal = 2;

#pragma warning disable CS0649 // SQLite assigns these fields.
    /// <summary>struct sqlite3_vtab, and behind it what is ours.</summary>
    public struct Table
    {
        public nint Module;
        public int References;
        public byte* Message;

        /// <summary>A handle of what the module was registered with.</summary>
        public nint Owner;
    }

    public struct IndexConstraint
    {
        public int Column;
        public byte Operator;
        public byte Usable;
        public int TermOffset;
    }

    public struct IndexUse
    {
        public int Argument;
        public byte Omit;
    }

    /// <summary>struct sqlite3_index_info.</summary>
    public struct IndexInfo
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

    /// <summary>The entries of a struct sqlite3_module, version 0, in its order. Without xCreate it is a table-valued function and nothing else.</summary>
    public static nint* Module(nint connect, nint bestIndex, nint open, nint close, nint filter, nint next, nint atEnd, nint column, nint rowId)
    {
        var module = (nint*)NativeMemory.AllocZeroed(32, (nuint)sizeof(nint));
        module[2] = connect;
        module[3] = bestIndex;
        module[4] = (nint)(delegate* unmanaged[Cdecl]<Table*, int>)&Disconnect;
        module[6] = open;
        module[7] = close;
        module[8] = filter;
        module[9] = next;
        module[10] = atEnd;
        module[11] = column;
        module[12] = rowId;
        return module;
    }

    /// <param name="owner">What <see cref="OwnerOf"/> gives back.</param>
    public static void Register(nint db, string name, nint* module, object owner)
    {
        // Freed by Destroy when the connection closes, and by SQLite itself when registration fails.
        var rc = Native.sqlite3_create_module_v2(db, name, module, GCHandle.ToIntPtr(GCHandle.Alloc(owner)), &Destroy);
        if (rc != 0) throw new PgException(SqlStates.InternalError, $"SQLite refused module {name} (code {rc})");
    }

    public static T OwnerOf<T>(Table* table)
        where T : class =>
        Unsafe.As<T>(GCHandle.FromIntPtr(table->Owner).Target!);

    /// <summary>xConnect.</summary>
    /// <param name="columns">As in CREATE TABLE.</param>
    public static int Declare(nint db, string columns, nint owner, Table** table)
    {
        var rc = Native.sqlite3_declare_vtab(db, $"CREATE TABLE x({columns})");
        if (rc != 0) return rc;
        *table = (Table*)NativeMemory.AllocZeroed((nuint)sizeof(Table));
        (*table)->Owner = owner;
        return 0;
    }

    /// <summary>Hands an error to SQLite: its text, and itself to <paramref name="errors"/>.</summary>
    public static int Fail(Table* table, ErrorSlot errors, Exception error)
    {
        var known = FunctionLibrary.Known(error);
        errors.Set(known);

        // SQLite frees the message, so it has to come from its allocator.
        var message = Encoding.UTF8.GetBytes(known.Message);
        var copy = (byte*)Native.sqlite3_malloc(message.Length + 1);
        if (copy is not null)
        {
            message.CopyTo(new Span<byte>(copy, message.Length));
            copy[message.Length] = 0;
            if (table->Message is not null) Native.sqlite3_free((nint)table->Message);
            table->Message = copy;
        }

        return Error;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint owner) => GCHandle.FromIntPtr(owner).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Disconnect(Table* table)
    {
        NativeMemory.Free(table);
        return 0;
    }
}
