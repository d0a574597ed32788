using System.Collections.Immutable;
using Gateway.Protocol.Messages;
using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>The columns of a result, and the encoders of its rows in each choice of formats.</summary>
public sealed class ResultShape
{
    private readonly Codec[] _codecs;
    private RowEncoder? _text;
    private RowEncoder? _binary;

    private ResultShape(Codec[] codecs, FieldDescription[] fields)
    {
        _codecs = codecs;
        Fields = fields;
    }

    /// <summary>In text format, as a statement is described.</summary>
    public FieldDescription[] Fields { get; }

    public int Count => _codecs.Length;

    public ImmutableArray<Carrier> Carriers => [.. _codecs.Select(codec => codec.Carrier)];

    /// <remarks>Within the <see cref="TypeScope"/> of the statement.</remarks>
    public static ResultShape Of(ImmutableArray<OutputColumn> columns) => new(
        [.. columns.Select(column => Codecs.Get(column.Type.Oid))],
        [.. columns.Select(column => new FieldDescription(
            column.Name, column.TableOid, column.Attnum, column.Type.Oid,
            PgTypes.Find(column.Type.Oid)?.Length ?? -1, column.Type.Typmod, Format.Text))]);

    /// <summary>The encoder for the formats of a Bind; the two usual ones are shared.</summary>
    public RowEncoder Encoder(FormatList formats)
    {
        var text = true;
        var binary = true;
        for (var i = 0; i < _codecs.Length; i++)
        {
            if (formats[i] == Format.Binary) text = false;
            else binary = false;
        }

        if (text) return TextEncoder;
        return binary ? BinaryEncoder : Mixed(formats);
    }

    private RowEncoder Mixed(FormatList formats)
    {
        var chosen = new Format[_codecs.Length];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = formats[i];
        return new RowEncoder(_codecs, Fields, i => chosen[i]);
    }

    public RowEncoder BinaryEncoder => _binary ??= new RowEncoder(_codecs, Fields, static _ => Format.Binary);

    public RowEncoder TextEncoder => _text ??= new RowEncoder(_codecs, Fields, static _ => Format.Text);

    /// <summary>A prepared statement may not change its result behind the client's back.</summary>
    public bool HasSameTypes(ResultShape other) =>
        Fields.Length == other.Fields.Length
        && Fields.Zip(other.Fields).All(pair =>
            pair.First.TypeOid == pair.Second.TypeOid && pair.First.TypeModifier == pair.Second.TypeModifier && pair.First.Name == pair.Second.Name);
}
