using System.Buffers;
using System.Data.Common;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>One column of a result on its way into a carrier: numbers by the provider's typed getters, all else as the server prints it.</summary>
internal sealed class AdoColumn(int ordinal, TypeRef type)
{
    private readonly Codec _codec = Codecs.Get(type.Oid);

    // What stands in the text when it is not the type's own: see AdoOutput. The server's xml needs no check.
    private readonly Codec _sent = type.Oid == Oids.Xml ? new StringCodec(Oids.Xml) : Codecs.Get(AdoOutput.SentAs(type.Oid));

    /// <summary>Read in text form.</summary>
    public bool IsText => Clr is null;

    /// <summary>The .NET type of a column that is read by its typed getter.</summary>
    private Type? Clr { get; } = type.Oid switch
    {
        Oids.Bool => typeof(bool),
        Oids.Int2 => typeof(short),
        Oids.Int4 => typeof(int),
        Oids.Int8 => typeof(long),
        Oids.Float4 => typeof(float),
        Oids.Float8 => typeof(double),
        _ => null,
    };

    private Carrier Carrier => _codec switch
    {
        Int64Codec => Carrier.Int64,
        Float64Codec => Carrier.Float64,
        TextCodec => Carrier.Text,
        _ => Carrier.Bytes,
    };

    /// <exception cref="PgException">XX000: the server's column is of another type than the gateway has told the client.</exception>
    public void Check(DbDataReader reader)
    {
        if (Clr is { } expected && reader.GetFieldType(ordinal) != expected)
            throw new PgException(
                SqlStates.InternalError,
                $"column {ordinal + 1} is {reader.GetDataTypeName(ordinal)} at the server where {TypeNames.Format(type.Oid, type.Typmod)} was expected");
    }

    /// <summary>Appends the value of the current row.</summary>
    public void Load(DbDataReader reader, ValueList row, FormatSettings format)
    {
        if (reader.IsDBNull(ordinal))
        {
            row.AddNull(Carrier);
            return;
        }

        switch (type.Oid)
        {
            case Oids.Bool: row.Add(reader.GetBoolean(ordinal) ? 1L : 0L); return;
            case Oids.Int2: row.Add((long)reader.GetInt16(ordinal)); return;
            case Oids.Int4: row.Add((long)reader.GetInt32(ordinal)); return;
            case Oids.Int8: row.Add(reader.GetInt64(ordinal)); return;
            case Oids.Float4: row.Add((double)reader.GetFloat(ordinal)); return;
            case Oids.Float8: row.Add(reader.GetDouble(ordinal)); return;
        }

        var text = reader.GetString(ordinal);
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (size <= 512)
        {
            Span<byte> small = stackalloc byte[size];
            Add(row, small[..Encoding.UTF8.GetBytes(text, small)], format);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Add(row, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), format);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Add(ValueList row, ReadOnlySpan<byte> text, FormatSettings format) => row.AddDecoded(_sent, Format.Text, text, format);
}
