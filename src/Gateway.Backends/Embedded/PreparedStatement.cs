using System.Text;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>One compiled statement of one connection. Bindings and cursor are cleared when it goes back to the cache.</summary>
internal sealed unsafe class PreparedStatement : IDisposable
{
    internal static ReadOnlySpan<byte> NaN => "NaN"u8;

    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;

    private PreparedStatement(string sql, sqlite3_stmt statement)
    {
        Sql = sql;
        _statement = statement;
        _handle = statement.DangerousGetHandle();
        ReadOnly = raw.sqlite3_stmt_readonly(statement) != 0;
        ParameterCount = raw.sqlite3_bind_parameter_count(statement);
        ColumnCount = raw.sqlite3_column_count(statement);
    }

    public string Sql { get; }

    /// <summary>Writes nothing to a database file (functions with side effects aside).</summary>
    public bool ReadOnly { get; }

    public int ParameterCount { get; }

    public int ColumnCount { get; }

    /// <summary>Held by an execution: a second run of the same text needs a statement of its own.</summary>
    public bool InUse { get; set; }

    /// <summary>The extended result code of a failure, or null and the statement.</summary>
    public static PreparedStatement? TryPrepare(sqlite3 database, string sql, bool persistent, out int error)
    {
        // The terminating zero spares SQLite a copy of the text.
        var length = Encoding.UTF8.GetMaxByteCount(sql.Length) + 1;
        var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var written = Encoding.UTF8.GetBytes(sql, rented);
            rented[written] = 0;
            error = raw.sqlite3_prepare_v3(
                database,
                rented.AsSpan(0, written + 1),
                persistent ? (uint)raw.SQLITE_PREPARE_PERSISTENT : 0,
                out sqlite3_stmt statement);
            if (error != raw.SQLITE_OK) return null;
            if (statement.IsInvalid)
            {
                error = raw.SQLITE_MISUSE;
                return null;
            }

            return new PreparedStatement(sql, statement);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public int Step() => Native.sqlite3_step(_handle);

    /// <summary>Ends the run; keeps the bindings, so that the same values can run again.</summary>
    public int Reset() => Native.sqlite3_reset(_handle);

    public void Release()
    {
        Native.sqlite3_reset(_handle);
        if (ParameterCount > 0) Native.sqlite3_clear_bindings(_handle);
        InUse = false;
    }

    /// <summary>Binds value <paramref name="from"/> of the list to marker <paramref name="marker"/> (from 1).</summary>
    public int Bind(int marker, ValueList values, int from)
    {
        if (values.IsNull(from)) return Native.sqlite3_bind_null(_handle, marker);
        switch (values.CarrierOf(from))
        {
            case Carrier.Int64:
                return Native.sqlite3_bind_int64(_handle, marker, values.GetInt64(from));
            case Carrier.Float64:
                var number = values.GetFloat64(from);
                return double.IsNaN(number) ? BindText(marker, NaN) : Native.sqlite3_bind_double(_handle, marker, number);
            case Carrier.Text:
                return BindText(marker, values.GetSpan(from));
            default:
                return BindBlob(marker, values.GetSpan(from));
        }
    }

    /// <summary>The same without a copy: <paramref name="bytes"/>, the list's, must stay where they are until the statement is bound anew.</summary>
    public int BindInPlace(int marker, ValueList values, int from, byte* bytes)
    {
        var slot = values[from];
        if (slot.IsNull) return Native.sqlite3_bind_null(_handle, marker);
        switch (slot.Carrier)
        {
            case Carrier.Int64: return Native.sqlite3_bind_int64(_handle, marker, slot.Bits);
            case Carrier.Text: return Native.sqlite3_bind_text_in_place(_handle, marker, bytes + slot.Bits, slot.Length, 0);
            case Carrier.Bytes: return Native.sqlite3_bind_blob_in_place(_handle, marker, bytes + slot.Bits, slot.Length, 0);
            default: return Bind(marker, values, from);
        }
    }

    public int Bind(int marker, long value) => Native.sqlite3_bind_int64(_handle, marker, value);

    public int BindNull(int marker) => Native.sqlite3_bind_null(_handle, marker);

    public int BindText(int marker, ReadOnlySpan<byte> value)
    {
        // A null pointer would bind NULL, and an empty span may have one.
        fixed (byte* bytes = value)
        {
            byte empty;
            return Native.sqlite3_bind_text(_handle, marker, bytes is null ? &empty : bytes, value.Length, Native.Transient);
        }
    }

    public int BindBlob(int marker, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            byte empty;
            return Native.sqlite3_bind_blob(_handle, marker, bytes is null ? &empty : bytes, value.Length, Native.Transient);
        }
    }

    public int BindText(int marker, string? value) =>
        value is null ? BindNull(marker) : BindText(marker, Encoding.UTF8.GetBytes(value));

    public bool IsNull(int column) => Native.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => TryGetInt64(column, out var value) ? value : throw Misfit(raw.SQLITE_NULL, "an integer", column);

    /// <summary>False for NULL.</summary>
    public bool TryGetInt64(int column, out long value)
    {
        // One look for the column; what is asked of the value itself is much less. The connection belongs to one thread, as that needs.
        var found = Native.sqlite3_column_value(_handle, column);
        var type = Native.sqlite3_value_type(found);
        value = type == raw.SQLITE_INTEGER ? Native.sqlite3_value_int64(found) : 0;
        return type == raw.SQLITE_INTEGER || (type == raw.SQLITE_NULL ? false : throw Misfit(type, "an integer", column));
    }

    public double GetFloat64(int column)
    {
        var type = Native.sqlite3_column_type(_handle, column);
        switch (type)
        {
            case raw.SQLITE_FLOAT:
                return Native.sqlite3_column_double(_handle, column);
            case raw.SQLITE_INTEGER:
                var integer = Native.sqlite3_column_int64(_handle, column);
                var number = (double)integer;
                // 2^63 itself would overflow the way back.
                return number < 9223372036854775808.0 && (long)number == integer ? number : throw Misfit(type, "a float", column);
            case raw.SQLITE_TEXT when GetBytes(column).SequenceEqual(NaN):
                return double.NaN;
            default:
                throw Misfit(type, "a float", column);
        }
    }

    /// <summary>Text or bytes; valid until the next step.</summary>
    public ReadOnlySpan<byte> GetSpan(int column)
    {
        var type = Native.sqlite3_column_type(_handle, column);
        return type is raw.SQLITE_TEXT or raw.SQLITE_BLOB ? GetBytes(column) : throw Misfit(type, "text or bytes", column);
    }

    public string GetString(int column) => Encoding.UTF8.GetString(GetSpan(column));

    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>A value as it lies in the file.</summary>
    public void CopyTo(ValueList values, int column)
    {
        switch (Native.sqlite3_column_type(_handle, column))
        {
            case raw.SQLITE_INTEGER:
                values.Add(Native.sqlite3_column_int64(_handle, column));
                break;
            case raw.SQLITE_FLOAT:
                values.Add(Native.sqlite3_column_double(_handle, column));
                break;
            case raw.SQLITE_TEXT:
                values.Add(Carrier.Text, GetBytes(column));
                break;
            case raw.SQLITE_BLOB:
                values.Add(Carrier.Bytes, GetBytes(column));
                break;
            default:
                values.AddNull(Carrier.Text);
                break;
        }
    }

    public void Dispose() => _statement.Dispose();

    // sqlite3_column_blob hands out the UTF-8 of a TEXT as it lies there, and unlike column_text adds no terminator.
    private ReadOnlySpan<byte> GetBytes(int column)
    {
        var bytes = Native.sqlite3_column_blob(_handle, column);
        return new ReadOnlySpan<byte>(bytes, Native.sqlite3_column_bytes(_handle, column));
    }

    private static PgException Misfit(int type, string wanted, int column)
    {
        var found = type switch
        {
            raw.SQLITE_INTEGER => "an integer",
            raw.SQLITE_FLOAT => "a float",
            raw.SQLITE_TEXT => "text",
            raw.SQLITE_BLOB => "bytes",
            _ => "null",
        };
        return new PgException(SqlStates.InternalError, $"result column {column + 1} holds {found} where {wanted} was declared");
    }
}
