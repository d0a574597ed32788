using System.Buffers;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>What came as text, or becomes text.</remarks>
internal sealed partial class IrisColumn
{
    // IRIS counts UTF-16 units and may cut a character in two: no replacement is put in its place.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private void Add(string value, ValueList row)
    {
        // $CHAR(0) is IRIS' empty string.
        if (value is "\0") value = "";
        var longest = value.Length * 3;
        if (longest <= 512)
        {
            Span<byte> utf8 = stackalloc byte[longest];
            AddText(utf8[..Encode(value, utf8)], row);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(longest);
        AddText(rented.AsSpan(0, Encode(value, rented)), row);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static int Encode(string text, Span<byte> utf8)
    {
        try
        {
            return Utf8.GetBytes(text, utf8);
        }
        catch (EncoderFallbackException error)
        {
            throw new PgException(SqlStates.CharacterNotInRepertoire, "a string of IRIS holds half of a character, which UTF-8 cannot write", error);
        }
    }

    private void AddText(ReadOnlySpan<byte> text, ValueList row)
    {
        switch (type.Oid)
        {
            case Oids.Numeric:
                AddNumeric(text, row);
                break;
            case Oids.BpChar when type.Typmod >= 4 && !text.Contains((byte)0):
                scratch.Clear();
                Typmod.ApplyBpChar(text, type.Typmod, isExplicit: true, scratch);
                row.Add(Carrier.Text, scratch.WrittenSpan);
                break;
            case Oids.Bytea:
                row.Add(Carrier.Bytes, Latin1(text));
                break;
            case Oids.Text or Oids.VarChar or Oids.BpChar:
                if (text.Contains((byte)0)) throw new PgException(SqlStates.CharacterNotInRepertoire, "a string of IRIS holds the character 0, which PostgreSQL's text cannot");
                row.Add(Carrier.Text, text);
                break;
            case Oids.Vector:
                // Between commas, without brackets.
                scratch.Clear();
                if (!text.StartsWith("["u8)) scratch.Byte((byte)'[');
                scratch.Bytes(text);
                if (!text.StartsWith("["u8)) scratch.Byte((byte)']');
                row.AddDecoded(_codec, Format.Text, scratch.WrittenSpan, FormatSettings.Default);
                break;
            case Oids.Date or Oids.Int2 or Oids.Int4 or Oids.Int8 when text.IsEmpty:
                throw Misfit("an empty string");
            default:
                row.AddDecoded(_codec, Format.Text, text, FormatSettings.Default);
                break;
        }
    }

    // IRIS drops zeros at both ends: .5 is 0.50 in a numeric(5,2).
    private void AddNumeric(ReadOnlySpan<byte> text, ValueList row)
    {
        scratch.Clear();
        if (type.Typmod >= 4) PgNumeric.Parse(text).Round(Typmod.Scale(type.Typmod)).Write(scratch);
        else NumericText.Canonicalize(text, scratch);
        row.Add(Carrier.Text, scratch.WrittenSpan);
    }

    // Binary data that came as a string: one character a byte.
    private byte[] Latin1(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        foreach (var c in text)
            if (c > 0xFF) throw Misfit("text");
        return Encoding.Latin1.GetBytes(text);
    }
}
