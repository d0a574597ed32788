using System.Net;
using System.Net.Sockets;

namespace Gateway.Types;

/// <summary>inet and cidr: carried as PostgreSQL prints them. Binary: family (2 IPv4, 3 IPv6), bits, 1 for cidr, length, address.</summary>
public sealed class InetCodec(uint oid) : TextCodec(oid)
{
    private const byte FamilyV4 = 2;
    private const byte FamilyV6 = 3;

    private bool IsCidr => Oid == Oids.Cidr;

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        Span<byte> address = stackalloc byte[16];
        var (length, bits) = Parse(value, address);
        output.Byte(length == 4 ? FamilyV4 : FamilyV6);
        output.Byte((byte)bits);
        output.Byte(IsCidr ? (byte)1 : (byte)0);
        output.Byte((byte)length);
        output.Bytes(address[..length]);
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        Span<byte> address = stackalloc byte[16];
        var (length, bits) = Parse(text, address);
        if (IsCidr && HasHostBits(address[..length], bits))
            throw new PgException(SqlStates.InvalidTextRepresentation, $"invalid cidr value: \"{Ascii.String(text)}\"")
            {
                Detail = "Value has bits set to right of mask.",
            };
        Print(address[..length], bits, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var header = BinaryForm.Next(ref data, 4);
        var length = header[0] switch { FamilyV4 => 4, FamilyV6 => 16, _ => throw Invalid("address family") };
        if (header[1] > length * 8) throw Invalid("bits");
        if (header[3] != length) throw Invalid("length");
        if (IsCidr && HasHostBits(data.Exactly(length), header[1])) throw BinaryForm.Invalid("invalid external \"cidr\" value");
        Print(data.Exactly(length), header[1], carrier);
    }

    private PgException Invalid(string what) => BinaryForm.Invalid($"invalid {what} in external \"{(IsCidr ? "cidr" : "inet")}\" value");

    private void Print(ReadOnlySpan<byte> address, int bits, ByteWriter output)
    {
        new IPAddress(address).TryFormat(output.GetSpan(65), out var written);
        output.Advance(written);
        if (!IsCidr && bits == address.Length * 8) return;
        output.Byte((byte)'/');
        output.Decimal((long)bits);
    }

    private (int Length, int Bits) Parse(ReadOnlySpan<byte> text, Span<byte> address)
    {
        var slash = text.IndexOf((byte)'/');
        var host = slash < 0 ? text : text[..slash];
        var bits = -1;
        if (slash >= 0)
        {
            var digits = text[(slash + 1)..];
            if (digits.Length is 0 or > 3 || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) throw Syntax(text);
            bits = 0;
            foreach (var d in digits) bits = (bits * 10) + (d - '0');
        }

        int length;
        if (host.Contains((byte)':'))
        {
            if (host.ContainsAny((byte)'%', (byte)'[') || !IPAddress.TryParse(host, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
                throw Syntax(text);
            parsed.TryWriteBytes(address, out length);
        }
        else
        {
            length = 4;
            var count = Octets(host, address);
            // A network may leave out its last octets; without a mask its old class decides.
            if (count == 0 || (count < 4 && bits < 0 && !IsCidr)) throw Syntax(text);
            if (count < 4 && bits > count * 8 && !IsCidr) throw Syntax(text);
            if (bits < 0) bits = IsCidr ? Math.Max(count * 8, ClassBits(address[0])) : 32;
            if (slash < 0 && bits == 8 && address[0] == 224) bits = 4;
        }

        if (bits < 0) bits = length * 8;
        return bits <= length * 8 ? (length, bits) : throw Syntax(text);
    }

    private static int ClassBits(byte first) => first switch { >= 240 => 32, >= 224 => 8, >= 192 => 24, >= 128 => 16, _ => 8 };

    private static int Octets(ReadOnlySpan<byte> host, Span<byte> address)
    {
        address[..4].Clear();
        var count = 0;
        while (true)
        {
            var dot = host.IndexOf((byte)'.');
            var octet = dot < 0 ? host : host[..dot];
            if (count == 4 || octet.Length is 0 or > 3 || octet.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return 0;
            var value = 0;
            foreach (var d in octet) value = (value * 10) + (d - '0');
            if (value > 255) return 0;
            address[count++] = (byte)value;
            if (dot < 0) return count;
            host = host[(dot + 1)..];
        }
    }

    private static bool HasHostBits(ReadOnlySpan<byte> address, int bits)
    {
        for (var i = bits; i < address.Length * 8; i++)
            if ((address[i / 8] & (0x80 >> (i % 8))) != 0) return true;
        return false;
    }

    private PgException Syntax(ReadOnlySpan<byte> text) => PgException.InvalidText(IsCidr ? "cidr" : "inet", text);
}

/// <summary>macaddr (6 bytes) and macaddr8 (8): carried as <c>08:00:2b:01:02:03</c>; the binary form is the bytes.</summary>
public sealed class MacaddrCodec(uint oid) : TextCodec(oid)
{
    private int Length => Oid == Oids.Macaddr ? 6 : 8;

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        for (var i = 0; i < value.Length; i += 3) output.Byte((byte)((Ascii.HexValue(value[i]) << 4) | Ascii.HexValue(value[i + 1])));
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        Span<byte> address = stackalloc byte[8];
        var digits = 0;
        var separator = (byte)0;
        foreach (var b in Ascii.Trim(text))
        {
            var value = Ascii.HexValue(b);
            if (value < 0)
            {
                if (digits % 2 != 0 || digits == 0 || b is not ((byte)':' or (byte)'-' or (byte)'.') || (separator != 0 && separator != b))
                    throw Syntax(text);
                separator = b;
                continue;
            }

            if (digits == Length * 2) throw Syntax(text);
            address[digits / 2] = (byte)((address[digits / 2] << 4) | value);
            digits++;
        }

        if (Length == 8 && digits == 12)
        {
            address[3..6].CopyTo(address[5..]);
            (address[3], address[4], digits) = (0xFF, 0xFE, 16);
        }

        if (digits != Length * 2) throw Syntax(text);
        Print(address[..Length], carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => Print(data.Exactly(Length), carrier);

    private static void Print(ReadOnlySpan<byte> address, ByteWriter output)
    {
        for (var i = 0; i < address.Length; i++)
        {
            if (i > 0) output.Byte((byte)':');
            output.Hex(address.Slice(i, 1));
        }
    }

    private PgException Syntax(ReadOnlySpan<byte> text) => PgException.InvalidText(Oid == Oids.Macaddr ? "macaddr" : "macaddr8", text);
}
