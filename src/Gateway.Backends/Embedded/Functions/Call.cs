using System.Buffers.Binary;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>One call of a function: its arguments, and the place its result goes. Without a result it is NULL.</summary>
/// <remarks>Spans are valid until the function returns.</remarks>
internal readonly unsafe struct Call(nint context, nint* values, int count, FunctionHost host)
{
    public int Count => count;

    public FunctionHost Host => host;

    public FormatSettings Format => host.Session?.Format ?? FormatSettings.Default;

    /// <exception cref="PgException">55000 on a connection that is lent to nobody.</exception>
    public ISessionContext Session => host.Session
        ?? throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "there is no session");

    public bool IsNull(int i) => i >= count || Native.sqlite3_value_type(values[i]) == Native.Null;

    public int Kind(int i) => Native.sqlite3_value_type(values[i]);

    public long Int(int i) => Native.sqlite3_value_int64(values[i]);

    public uint Oid(int i) => (uint)Native.sqlite3_value_int64(values[i]);

    public bool Bool(int i) => Native.sqlite3_value_int64(values[i]) != 0;

    // NaN is the text NaN: SQLite turns the double into NULL.
    public double Double(int i) => Native.sqlite3_value_type(values[i]) == Native.Text
        ? double.NaN
        : Native.sqlite3_value_double(values[i]);

    public ReadOnlySpan<byte> Bytes(int i)
    {
        var value = values[i];
        var data = Native.sqlite3_value_type(value) == Native.Blob
            ? Native.sqlite3_value_blob(value)
            : Native.sqlite3_value_text(value);
        return new ReadOnlySpan<byte>(data, Native.sqlite3_value_bytes(value));
    }

    public string Text(int i) => Encoding.UTF8.GetString(Bytes(i));

    public nint Raw(int i) => values[i];

    public PgInterval Interval(int i) => PgInterval.Read(Bytes(i));

    public void Return(PgInterval value)
    {
        Span<byte> data = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(data, value.Microseconds);
        BinaryPrimitives.WriteInt32BigEndian(data[8..], value.Days);
        BinaryPrimitives.WriteInt32BigEndian(data[12..], value.Months);
        ReturnBlob(data);
    }

    public void Return(long value) => Native.sqlite3_result_int64(context, value);

    public void Return(bool value) => Native.sqlite3_result_int64(context, value ? 1 : 0);

    public void Return(double value)
    {
        if (double.IsNaN(value)) ReturnText("NaN"u8);
        else Native.sqlite3_result_double(context, value);
    }

    public void Return(string? value)
    {
        if (value is null) return;
        if (value.Length <= 256)
        {
            Span<byte> buffer = stackalloc byte[value.Length * 3];
            ReturnText(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        }
        else
        {
            ReturnText(Encoding.UTF8.GetBytes(value));
        }
    }

    public void ReturnText(ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
        {
            byte empty = 0;
            Native.sqlite3_result_text(context, value.IsEmpty ? &empty : data, value.Length, Native.Transient);
        }
    }

    public void ReturnBlob(ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
        {
            byte empty = 0;
            Native.sqlite3_result_blob(context, value.IsEmpty ? &empty : data, value.Length, Native.Transient);
        }
    }

    public void ReturnArgument(int i) => Native.sqlite3_result_value(context, values[i]);

    public void ReturnRaw(nint value) => Native.sqlite3_result_value(context, value);
}
