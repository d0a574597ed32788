using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>The body that the three Copy…Response messages share.</summary>
internal static class CopyFormats
{
    internal static int Size(int columns) => sizeof(byte) + sizeof(short) + columns * sizeof(short);

    internal static void Write(ref SpanWriter body, Format format, int columns)
    {
        body.Byte((byte)format);
        body.Count(columns);
        for (var i = 0; i < columns; i++) body.Int16((short)format);
    }

    internal static (Format Format, int Columns) Read(scoped ref SpanReader body)
    {
        var format = (Format)body.Byte();
        if (format is not (Format.Text or Format.Binary)) throw SpanReader.Malformed($"unknown COPY format {(int)format}");
        var columns = body.Count(sizeof(short));
        for (var i = 0; i < columns; i++)
            if (body.Int16() != (short)format) throw SpanReader.Malformed("a COPY column differs from the overall format");
        return (format, columns);
    }
}
