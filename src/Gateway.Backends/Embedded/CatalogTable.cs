using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Backends.Embedded.Functions;
using Gateway.Catalog;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>
/// A table of pg_catalog as a virtual table of SQLite that reads the connection's schema snapshot: rows are neither copied
/// nor kept per connection, and a comparison of one column with a value reads only the rows that have it.
/// </summary>
internal sealed unsafe class CatalogTable(CatalogRelation relation, FunctionHost host, Func<SchemaSnapshot> schema, EmbeddedDatabase? database)
{
    /// <summary>Hidden columns behind the relation's own.</summary>
    private static readonly string[] Hidden = ["xmin", "ctid"];

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

    // What a relation held when it was last read: for the planner only.
    private int _lastCount = 1000;

    public static IReadOnlyCollection<RelationInfo> Relations => SystemCatalog.Relations;

    public static void RegisterAll(nint db, FunctionHost host, Func<SchemaSnapshot> schema, EmbeddedDatabase? database)
    {
        foreach (var relation in SystemCatalog.Tables)
            VirtualTable.Register(db, EmbeddedNames.Stored(relation.Info.Schema + "." + relation.Info.Name), Module, new CatalogTable(relation, host, schema, database));
    }

    /// <summary>struct sqlite3_vtab_cursor, and behind it a handle of the <see cref="Reading"/>.</summary>
    private struct Cursor
    {
#pragma warning disable CS0649 // SQLite assigns it.
        public VirtualTable.Table* Table;
#pragma warning restore CS0649
        public nint Reading;
    }

    private sealed class Reading
    {
        public CatalogRows Rows = CatalogRows.None;

        /// <summary>The numbers of the rows to read; null for all.</summary>
        public ReadOnlyMemory<int>? Numbers;
        public int Position;

        public int Count => Numbers?.Length ?? Rows.Count;

        public int Row => Numbers is { } numbers ? numbers.Span[Position] : Position;
    }

    private static CatalogTable Of(VirtualTable.Table* table) => VirtualTable.OwnerOf<CatalogTable>(table);

    private static Reading ReadingOf(Cursor* cursor) => Unsafe.As<Reading>(GCHandle.FromIntPtr(cursor->Reading).Target!);

    private string Columns => string.Join(", ", relation.Info.Columns.Select(column => EmbeddedNames.Quote(column.Name)).Concat(Hidden.Select(name => $"\"{name}\" HIDDEN")));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint db, nint owner, int count, byte** arguments, VirtualTable.Table** table, byte** message) =>
        VirtualTable.Declare(db, Unsafe.As<CatalogTable>(GCHandle.FromIntPtr(owner).Target!).Columns, owner, table);

    /// <summary>One column that is compared with a value, a key before others; else all rows.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(VirtualTable.Table* table, VirtualTable.IndexInfo* info)
    {
        var self = Of(table);
        var (chosen, rows) = (-1, (double)Math.Max(self._lastCount, 1));
        for (var i = 0; i < info->ConstraintCount; i++)
        {
            var constraint = info->Constraints[i];
            if (constraint.Usable == 0 || constraint.Operator != VirtualTable.Equal || self.Expected(constraint.Column) is not { } expected) continue;
            if (expected >= rows && chosen >= 0) continue;
            (chosen, rows) = (i, Math.Min(rows, expected));
        }

        info->Number = -1;
        if (chosen >= 0)
        {
            info->Number = info->Constraints[chosen].Column;
            info->Uses[chosen].Argument = 1;
        }

        info->Cost = chosen < 0 ? rows * 2 : rows + 1;
        info->Rows = (long)rows;
        return 0;
    }

    /// <summary>How many rows have one value of a column, about; null when it cannot be looked up.</summary>
    private double? Expected(int column)
    {
        if (column < 0 || column >= relation.Info.Columns.Length) return null;
        var (name, type) = (relation.Info.Columns[column].Name, relation.Info.Columns[column].Type.Oid);
        if (PgTypes.Get(type).Carrier is Carrier.Bytes or Carrier.Float64) return null;
        if (name is "oid" or "indexrelid" or "seqrelid" or "aggfnoid" or "rngtypid") return 1;
        if (type is Oids.Bool or Oids.Char) return Math.Max(_lastCount / 3.0, 3);
        return name.EndsWith("relid", StringComparison.Ordinal) || name is "objid" or "objoid" or "refobjid" or "relname" or "typname" or "proname" or "adrelid" or "conname"
            ? Math.Max(Math.Sqrt(_lastCount) / 10, 3)
            : Math.Max(_lastCount / 10.0, 4);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(VirtualTable.Table* table, Cursor** cursor)
    {
        *cursor = (Cursor*)NativeMemory.AllocZeroed((nuint)sizeof(Cursor));
        (*cursor)->Reading = GCHandle.ToIntPtr(GCHandle.Alloc(new Reading()));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(Cursor* cursor)
    {
        GCHandle.FromIntPtr(cursor->Reading).Free();
        NativeMemory.Free(cursor);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Filter(Cursor* cursor, int number, byte* text, int count, nint* values)
    {
        var self = Of(cursor->Table);
        try
        {
            self.Start(ReadingOf(cursor), number, new Call(0, values, count, self.Host));
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, error);
        }
    }

    private FunctionHost Host => host;

    private void Start(Reading reading, int column, Call arguments)
    {
        var image = CatalogImage.Of(schema());
        reading.Rows = image.Rows(relation, relation.IsVolatile && host.Session is { } session ? new SessionView(session, database) : null);
        reading.Position = 0;
        _lastCount = reading.Rows.Count;
        reading.Numbers = column < 0 ? default(ReadOnlyMemory<int>?) : arguments.Kind(0) switch
        {
            Functions.Native.Integer => reading.Rows.Find(column, arguments.Int(0)),
            Functions.Native.Text => reading.Rows.Find(column, arguments.Text(0)),
            Functions.Native.Null => ReadOnlyMemory<int>.Empty,
            _ => default(ReadOnlyMemory<int>?),
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(Cursor* cursor)
    {
        ReadingOf(cursor).Position++;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AtEnd(Cursor* cursor)
    {
        var reading = ReadingOf(cursor);
        return reading.Position >= reading.Count ? 1 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Column(Cursor* cursor, nint context, int column)
    {
        try
        {
            Of(cursor->Table).Return(ReadingOf(cursor), new Call(context, null, 0, Of(cursor->Table).Host), column);
            return 0;
        }
        catch (Exception error)
        {
            return Fail(cursor, error);
        }
    }

    private void Return(Reading reading, Call to, int column)
    {
        switch (column - relation.Info.Columns.Length)
        {
            case 0:
                // No transaction but the first has changed a catalog, as far as anyone can tell.
                to.Return(1L);
                return;
            case 1:
                to.Return(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({reading.Row / 100},{(reading.Row % 100) + 1})"));
                return;
        }

        var value = reading.Rows.Value(reading.Row, column);
        if (value.IsNull) return;
        switch (value.Carrier)
        {
            case Carrier.Int64: to.Return(value.Int64); break;
            case Carrier.Float64: to.Return(value.Float64); break;
            case Carrier.Bytes: to.ReturnBlob(value.Bytes); break;
            default:
                if (value.Text.Length == 0) to.ReturnText(default);
                else to.Return(value.Text);
                break;
        }
    }

    /// <summary>The row's number, however it was found: SQLite tells by it which rows two conditions with OR have in common.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RowId(Cursor* cursor, long* id)
    {
        *id = ReadingOf(cursor).Row;
        return 0;
    }

    /// <summary>The session, and the locks of the database it is lent a connection of.</summary>
    private sealed class SessionView(ISessionContext session, EmbeddedDatabase? database) : ICatalogSession
    {
        public string User => session.User;

        public string Database => session.Database;

        public int ProcessId => session.ProcessId;

        public ISessionDirectory? Directory => session.Directory;

        public IReadOnlyList<CursorEntry> Cursors => session.Cursors;

        public IReadOnlyList<PreparedEntry> PreparedStatements => session.PreparedStatements;

        public IReadOnlyList<LockEntry> Locks => database?.AdvisoryLocks.List(session.Database) ?? [];

        public string? GetSetting(string name, bool missingOk) => session.GetSetting(name, missingOk);
    }

    private static int Fail(Cursor* cursor, Exception error) => VirtualTable.Fail(cursor->Table, Of(cursor->Table).Host.Errors, error);
}
