using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>A record taken apart: PostgreSQL's binary form is the number of fields, then type and value of each.</summary>
internal sealed class PgRecord((uint Type, byte[]? Value)[] fields)
{
    public int Count => fields.Length;

    public uint Type(int i) => fields[i].Type;

    public Datum this[int i] => fields[i].Value is { } value ? Datum.FromBinary(fields[i].Type, value) : Datum.Null;

    public static PgRecord Read(ReadOnlySpan<byte> data)
    {
        var fields = new (uint, byte[]?)[BinaryPrimitives.ReadInt32BigEndian(data)];
        var at = 4;
        for (var i = 0; i < fields.Length; i++)
        {
            var type = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
            var length = BinaryPrimitives.ReadInt32BigEndian(data[(at + 4)..]);
            at += 8;
            fields[i] = (type, length < 0 ? null : data.Slice(at, length).ToArray());
            at += Math.Max(length, 0);
        }

        return new PgRecord(fields);
    }

    /// <summary>Bytes that compare as the records do: field by field, NULL last.</summary>
    public byte[] Key()
    {
        using var key = new ByteWriter();
        for (var i = 0; i < Count; i++)
        {
            var value = this[i];
            key.Byte(value.IsNull ? (byte)2 : (byte)1);
            if (!value.IsNull) SortKey.Write(Type(i), value, key);
        }

        return key.WrittenSpan.ToArray();
    }

    public static void AddTo(FunctionTable f)
    {
        f.Add("record_key", 1, c => c.ReturnBlob(Read(c.Bytes(0)).Key()));
        f.Add("record_field", 2, c =>
        {
            var record = Read(c.Bytes(0));
            if (c.Int(1) < record.Count) record[(int)c.Int(1)].Return(c);
        });

        // The record, then the names of its fields.
        f.Add("record_json", -1, c =>
        {
            var record = Read(c.Bytes(0));
            var json = new System.Text.StringBuilder("{");
            for (var i = 0; i < record.Count; i++)
            {
                if (i > 0) json.Append(',');
                JsonWriting.Quote(c.Text(i + 1), json);
                json.Append(':');
                JsonWriting.Write(record[i], record.Type(i), json, c.Format);
            }

            c.Return(json.Append('}').ToString());
        });

        // Name, value and type of each field; a field that is a record is JSON already.
        f.Loose("row_json", -1, c =>
        {
            var json = new System.Text.StringBuilder("{");
            for (var i = 0; i + 2 < c.Count; i += 3)
            {
                if (i > 0) json.Append(',');
                JsonWriting.Quote(c.Text(i), json);
                json.Append(':');
                JsonWriting.Write(Datum.Argument(c, i + 1, c.Oid(i + 2)), c.Oid(i + 2), json, c.Format);
            }

            c.Return(json.Append('}').ToString());
        }, immutable: false);
    }
}
