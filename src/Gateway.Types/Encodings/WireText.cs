using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>The text within encoded values, between UTF-8 and the encoding of a client. Which part of a value is text its codec tells.</summary>
public static class WireText
{
    /// <summary>Appends a value, as its codec wrote it, in the client's encoding.</summary>
    /// <exception cref="PgException">22P05.</exception>
    public static void ToClient(this TextEncoding encoding, Codec codec, bool isBinary, ReadOnlySpan<byte> value, ByteWriter output)
    {
        if (!isBinary) encoding.FromUtf8(value, output);
        else if (codec is XmlCodec) Declared(encoding, value, output);
        else Binary(encoding, codec, value, toClient: true, output);
    }

    /// <summary>Appends a value a client sent as its codec reads it.</summary>
    /// <exception cref="PgException">22021, 22P05.</exception>
    public static void FromClient(this TextEncoding encoding, Codec codec, bool isBinary, ReadOnlySpan<byte> value, ByteWriter output)
    {
        // The encoding of binary xml is what it declares, or UTF8.
        if (!isBinary) encoding.ToUtf8(value, output);
        else if (codec is XmlCodec) output.Bytes(value);
        else Binary(encoding, codec, value, toClient: false, output);
    }

    /// <summary>The values that end a row in the output: Int16 count | (Int32 length, -1 for NULL | bytes) × count.</summary>
    /// <param name="start">Where the count stands.</param>
    /// <exception cref="PgException">22P05; the output is half written then.</exception>
    public static void ToClient(this TextEncoding encoding, ByteWriter output, int start, Codec[] codecs, Func<int, bool> isBinary)
    {
        if (System.Text.Ascii.IsValid(output.WrittenSpan[start..])) return;
        Rewrite(output, start + sizeof(short), (Encoding: encoding, Codecs: codecs, IsBinary: isBinary), static (with, values, output) =>
        {
            for (var i = 0; i < with.Codecs.Length; i++)
            {
                var length = BinaryForm.NextInt32(ref values);
                var at = output.ReserveInt32();
                if (length >= 0) with.Encoding.ToClient(with.Codecs[i], with.IsBinary(i), BinaryForm.Next(ref values, length), output);
                output.PatchInt32(at, length < 0 ? -1 : output.Length - at - sizeof(int));
            }
        });
    }

    /// <summary>All that stands in the output from <paramref name="start"/> on, which is text.</summary>
    /// <exception cref="PgException">22P05; the output is half written then.</exception>
    public static void ToClient(this TextEncoding encoding, ByteWriter output, int start)
    {
        if (System.Text.Ascii.IsValid(output.WrittenSpan[start..])) return;
        Rewrite(output, start, encoding, static (encoding, text, output) => encoding.FromUtf8(text, output));
    }

    /// <summary>What stands in the output from <paramref name="start"/> on is written anew.</summary>
    public static void Rewrite<T>(ByteWriter output, int start, T with, Writing<T> write)
    {
        var length = output.Length - start;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            output.WrittenSpan[start..].CopyTo(copy);
            output.Truncate(start);
            write(with, copy.AsSpan(0, length), output);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    public delegate void Writing<T>(T with, ReadOnlySpan<byte> copy, ByteWriter output);

    private static void Binary(TextEncoding encoding, Codec codec, ReadOnlySpan<byte> value, bool toClient, ByteWriter output)
    {
        switch (codec)
        {
            // jsonb's number of its form is ASCII.
            case StringCodec or JsonbCodec or EnumCodec when toClient: encoding.FromUtf8(value, output); break;
            case StringCodec or JsonbCodec or EnumCodec: encoding.ToUtf8(value, output); break;
            case ArrayCodec array when value.Length >= 12:
                var head = 12 + 8L * Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(value));
                if (head > value.Length) goto default;
                output.Bytes(value[..(int)head]);
                value = value[(int)head..];
                while (TryField(ref value, out var element)) Field(encoding, array.Element, element, toClient, output);
                goto default;
            case RecordCodec record when value.Length >= 4:
                output.Bytes(value[..4]);
                value = value[4..];
                while (value.Length >= 8)
                {
                    var type = BinaryPrimitives.ReadUInt32BigEndian(value);
                    var rest = value[4..];
                    if (!TryField(ref rest, out var field)) break;
                    output.Bytes(value[..4]);
                    Field(encoding, record.CodecOf(type), field, toClient, output);
                    value = rest;
                }

                goto default;

            // No text; or what is left of a value that is cut off, which its codec refuses.
            default: output.Bytes(value); break;
        }
    }

    private static bool TryField(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (rest.Length < 4) return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        if (length > rest.Length - 4) return false;
        field = rest[..(4 + Math.Max(0, length))];
        rest = rest[field.Length..];
        return true;
    }

    private static void Field(TextEncoding encoding, Codec codec, ReadOnlySpan<byte> field, bool toClient, ByteWriter output)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(field) < 0)
        {
            output.Bytes(field);
            return;
        }

        var at = output.ReserveInt32();
        if (toClient) encoding.ToClient(codec, isBinary: true, field[4..], output);
        else encoding.FromClient(codec, isBinary: true, field[4..], output);
        output.PatchInt32(at, output.Length - at - sizeof(int));
    }

    /// <summary>xml, whose binary form says in its declaration what encoding it is in.</summary>
    private static void Declared(TextEncoding encoding, ReadOnlySpan<byte> value, ByteWriter output)
    {
        var declaration = "<?xml version=\"1.0\""u8;
        if (value.StartsWith("<?xml version=\""u8) && value[15..].IndexOf((byte)'"') is >= 0 and var end)
        {
            output.Bytes(value[..(15 + end + 1)]);
            output.Utf8($" encoding=\"{encoding.Name}\"");
            encoding.FromUtf8(value[(15 + end + 1)..], output);
            return;
        }

        output.Bytes(declaration);
        output.Utf8($" encoding=\"{encoding.Name}\"?>");
        encoding.FromUtf8(value, output);
    }
}
