using System.Buffers.Binary;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>Format codes as Bind and FunctionCall carry them: none (all text), one (for all) or one each.</summary>
/// <remarks>Int16 count | Int16 code × count, where 0 is text and 1 binary.</remarks>
public readonly ref struct FormatList : IReadable<FormatList>
{
    private readonly ReadOnlySpan<byte> _codes;

    private FormatList(ReadOnlySpan<byte> codes) => _codes = codes;

    /// <summary>How many codes were sent, which need not be how many values they are for.</summary>
    public int Count => _codes.Length / sizeof(short);

    /// <summary>The format of value <paramref name="index"/>, counted from 0.</summary>
    public Format this[int index] => Count switch
    {
        0 => Format.Text,
        1 => CodeAt(0),
        _ => CodeAt(index),
    };

    internal int Size => sizeof(short) + _codes.Length;

    public static FormatList Of(params ReadOnlySpan<Format> formats)
    {
        var codes = new byte[formats.Length * sizeof(short)];
        var writer = new SpanWriter(codes);
        foreach (var format in formats) writer.Int16((short)format);
        return new FormatList(codes);
    }

    public static FormatList Read(scoped ref SpanReader body)
    {
        var list = new FormatList(body.Bytes(body.Count(sizeof(short)) * sizeof(short)));
        for (var i = 0; i < list.Count; i++)
            if (list.CodeAt(i) is not (Format.Text or Format.Binary))
                throw new PgException(SqlStates.InvalidParameterValue, $"unsupported format code: {(short)list.CodeAt(i)}");
        return list;
    }

    /// <summary>Whether the codes can be for <paramref name="values"/> values.</summary>
    public bool Fits(int values) => Count <= 1 || Count == values;

    internal void WriteTo(ref SpanWriter body)
    {
        body.Count(Count);
        body.Bytes(_codes);
    }

    private Format CodeAt(int index) => (Format)BinaryPrimitives.ReadInt16BigEndian(_codes[(index * sizeof(short))..]);
}
