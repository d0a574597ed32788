using System.Globalization;
using System.Net;
using System.Numerics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>inet and cidr. The carrier is the text that PostgreSQL prints.</summary>
internal readonly record struct Network(byte[] Address, int Bits)
{
    public int Width => Address.Length * 8;

    public static void AddTo(FunctionTable f)
    {
        f.Add("network_host", 1, c => c.Return(Of(c, 0).Host));
        f.Add("network_show", 1, c => c.Return($"{Of(c, 0).Host}/{Of(c, 0).Bits}"));
        f.Add("network_masklen", 1, c => c.Return((long)Of(c, 0).Bits));
        f.Add("network_family", 1, c => c.Return(Of(c, 0).Width == 32 ? 4L : 6));
        f.Add("network_network", 1, c => c.Return(Cidr(Of(c, 0).Masked(ones: false))));
        f.Add("network_broadcast", 1, c => c.Return(Inet(Of(c, 0).Masked(ones: true))));
        f.Add("network_netmask", 1, c => c.Return(Inet(Of(c, 0).Mask(inverse: false))));
        f.Add("network_hostmask", 1, c => c.Return(Inet(Of(c, 0).Mask(inverse: true))));
        f.Add("inet_to_cidr", 1, c => c.Return(Cidr(Of(c, 0).Masked(ones: false))));
        f.Add("inet_abbrev", 1, c => c.Return(Inet(Of(c, 0))));
        f.Add("cidr_abbrev", 1, c => c.Return(Abbreviated(Of(c, 0))));
        f.Add("inet_set_masklen", 2, c => c.Return(Inet(Of(c, 0) with { Bits = Length(Of(c, 0), c.Int(1)) })));
        f.Add("cidr_set_masklen", 2, c => c.Return(Cidr((Of(c, 0) with { Bits = Length(Of(c, 0), c.Int(1)) }).Masked(ones: false))));
        f.Add("inet_same_family", 2, c => c.Return(Of(c, 0).Width == Of(c, 1).Width));
        f.Add("network_sub", 2, c => c.Return(Of(c, 0).Bits > Of(c, 1).Bits && Of(c, 1).Covers(Of(c, 0))));
        f.Add("network_subeq", 2, c => c.Return(Of(c, 0).Bits >= Of(c, 1).Bits && Of(c, 1).Covers(Of(c, 0))));
        f.Add("network_sup", 2, c => c.Return(Of(c, 0).Bits < Of(c, 1).Bits && Of(c, 0).Covers(Of(c, 1))));
        f.Add("network_supeq", 2, c => c.Return(Of(c, 0).Bits <= Of(c, 1).Bits && Of(c, 0).Covers(Of(c, 1))));
        f.Add("network_overlap", 2, c => c.Return(Of(c, 0).Bits < Of(c, 1).Bits ? Of(c, 0).Covers(Of(c, 1)) : Of(c, 1).Covers(Of(c, 0))));
        f.Add("inetpl", 2, c => c.Return(Inet(Of(c, 0).Plus(c.Int(1)))));
        f.Add("int8pl_inet", 2, c => c.Return(Inet(Of(c, 1).Plus(c.Int(0)))));
        f.Add("inetmi_int8", 2, c => c.Return(Inet(Of(c, 0).Plus(-(BigInteger)c.Int(1)))));
        f.Add("inetmi", 2, c => c.Return(Difference(Of(c, 0), Of(c, 1))));
        f.Add("inetand", 2, c => c.Return(Inet(Of(c, 0).With(Of(c, 1), "AND", (a, b) => a & b))));
        f.Add("inetor", 2, c => c.Return(Inet(Of(c, 0).With(Of(c, 1), "OR", (a, b) => a | b))));
        f.Add("inetnot", 1, c => c.Return(Inet(Of(c, 0) with { Address = [.. Of(c, 0).Address.Select(b => (byte)~b)] })));
        f.Add("inet_merge", 2, c => c.Return(Cidr(Merge(Of(c, 0), Of(c, 1)))));
        f.Add("inet_key", 1, c => c.ReturnBlob(Of(c, 0).Key()));
        f.Add("macaddr_trunc", 1, c => c.Return(c.Text(0)[..8] + ":00:00:00"));
    }

    /// <summary>Bytes that compare as PostgreSQL compares networks: family, common bits, length of the mask, address.</summary>
    public byte[] Key() => [(byte)Width, .. Masked(ones: false).Address, (byte)Bits, .. Address];

    public static Network Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(slash < 0 ? text : text[..slash]).GetAddressBytes();
        return new Network(address, slash < 0 ? address.Length * 8 : int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    private Network With(Network other, string what, Func<byte, byte, int> combine) => other.Width != Width
        ? throw new PgException(SqlStates.InvalidParameterValue, $"cannot {what} inet values of different sizes")
        : new Network([.. Address.Zip(other.Address, (a, b) => (byte)combine(a, b))], Math.Max(Bits, other.Bits));

    private static Network Of(Call c, int i) => Parse(c.Text(i));

    private string Host => new IPAddress(Address).ToString();

    private static string Cidr(Network value) => $"{value.Host}/{value.Bits}";

    private static string Inet(Network value) => value.Bits == value.Width ? value.Host : Cidr(value);

    private static string Abbreviated(Network value)
    {
        if (value.Width != 32) return Cidr(value);
        var octets = Math.Max((value.Bits + 7) / 8, 1);
        return $"{string.Join('.', value.Address.Take(octets))}/{value.Bits}";
    }

    private static int Length(Network value, long bits) => bits == -1 ? value.Width
        : bits >= 0 && bits <= value.Width ? (int)bits
        : throw new PgException(SqlStates.InvalidParameterValue, $"invalid mask length: {bits}");

    private bool Set(int i) => (Address[i / 8] & (0x80 >> (i % 8))) != 0;

    private Network With(Func<int, bool> bit, int bits)
    {
        var address = new byte[Address.Length];
        for (var i = 0; i < Width; i++)
            if (bit(i)) address[i / 8] |= (byte)(0x80 >> (i % 8));
        return new Network(address, bits);
    }

    private Network Masked(bool ones)
    {
        var self = this;
        return With(i => i < self.Bits ? self.Set(i) : ones, Bits);
    }

    private Network Mask(bool inverse)
    {
        var bits = Bits;
        return With(i => i < bits != inverse, Width);
    }

    private bool Covers(Network other) => Width == other.Width && Common(other) >= Bits;

    private int Common(Network other)
    {
        var i = 0;
        while (i < Width && Set(i) == other.Set(i)) i++;
        return i;
    }

    private static Network Merge(Network left, Network right)
    {
        if (left.Width != right.Width) throw new PgException(SqlStates.InvalidParameterValue, "cannot merge addresses from different families");
        return (left with { Bits = Math.Min(Math.Min(left.Bits, right.Bits), left.Common(right)) }).Masked(ones: false);
    }

    private BigInteger Value => new(Address, isUnsigned: true, isBigEndian: true);

    private Network Plus(BigInteger by)
    {
        var sum = Value + by;
        if (sum.Sign < 0 || sum >> Width != 0) throw new PgException(SqlStates.NumericValueOutOfRange, "result is out of range");
        var bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        var address = new byte[Address.Length];
        bytes.CopyTo(address, address.Length - bytes.Length);
        return this with { Address = address };
    }

    private static long Difference(Network left, Network right)
    {
        if (left.Width != right.Width) throw new PgException(SqlStates.InvalidParameterValue, "cannot subtract inet values of different sizes");
        var difference = left.Value - right.Value;
        return difference >= long.MinValue && difference <= long.MaxValue ? (long)difference : throw new PgException(SqlStates.NumericValueOutOfRange, "result is out of range");
    }
}
