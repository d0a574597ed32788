using System.Numerics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>bit and bit varying: the carrier is the text of the bits.</summary>
internal static class BitStrings
{
    public static void AddTo(FunctionTable f)
    {
        Two("bit_and", "AND", (a, b) => a & b);
        Two("bit_or", "OR", (a, b) => a | b);
        Two("bitxor", "XOR", (a, b) => a != b ? 1 : 0);
        f.Add("bitnot", 1, c => c.Return(string.Concat(c.Text(0).Select(bit => bit == '1' ? '0' : '1'))));
        f.Add("bitcat", 2, c => c.Return(c.Text(0) + c.Text(1)));
        f.Add("bitshiftleft", 2, c => c.Return(Shifted(c.Text(0), c.Int(1))));
        f.Add("bitshiftright", 2, c => c.Return(Shifted(c.Text(0), -c.Int(1))));
        f.Add("bitlength", 1, c => c.Return((long)c.Bytes(0).Length));
        f.Add("bitoctetlength", 1, c => c.Return((long)(c.Bytes(0).Length + 7) / 8));
        f.Add("bitsubstr", 3, c => c.Return(Part(c.Text(0), c.Int(1), c.Int(2))));
        f.Add("bitsubstr_no_len", 2, c => c.Return(Part(c.Text(0), c.Int(1), int.MaxValue)));
        f.Add("bitposition", 2, c => c.Return((long)c.Text(0).IndexOf(c.Text(1), StringComparison.Ordinal) + 1));
        f.Add("bit_bit_count", 1, c => c.Return((long)c.Text(0).Count(bit => bit == '1')));
        f.Add("bitgetbit", 2, c => c.Return(c.Text(0)[Index(c.Bytes(0).Length, c.Int(1))] == '1' ? 1L : 0));
        f.Add("bitsetbit", 3, c =>
        {
            var bits = c.Text(0).ToCharArray();
            bits[Index(bits.Length, c.Int(1))] = Bit(c.Int(2));
            c.Return(new string(bits));
        });
        f.Add("bitoverlay", 4, c => c.Return(Overlay(c.Text(0), c.Text(1), c.Int(2), c.Int(3))));
        f.Add("bitoverlay_no_len", 3, c => c.Return(Overlay(c.Text(0), c.Text(1), c.Int(2), c.Bytes(1).Length)));
        f.Add("bittoint4", 1, c => c.Return((long)(int)Number(c.Text(0), 32, "integer")));
        f.Add("bittoint8", 1, c => c.Return((long)Number(c.Text(0), 64, "bigint")));
        f.Add("bitfromint4", 2, c => c.Return(Digits(c.Int(0), c.Int(1))));
        f.Add("bitfromint8", 2, c => c.Return(Digits(c.Int(0), c.Int(1))));

        // The bits of bytea count from the lowest of the first byte.
        f.Add("byteaGetBit", 2, c =>
        {
            var bytes = c.Bytes(0);
            var n = Index((long)bytes.Length * 8, c.Int(1));
            c.Return((bytes[n / 8] >> (n % 8)) & 1L);
        });
        f.Add("byteaSetBit", 3, c =>
        {
            var bytes = c.Bytes(0).ToArray();
            var n = Index((long)bytes.Length * 8, c.Int(1));
            if (Bit(c.Int(2)) == '1') bytes[n / 8] |= (byte)(1 << (n % 8));
            else bytes[n / 8] &= (byte)~(1 << (n % 8));
            c.ReturnBlob(bytes);
        });

        void Two(string name, string verb, Func<int, int, int> body) => f.Add(name, 2, c =>
        {
            var (a, b) = (c.Text(0), c.Text(1));
            if (a.Length != b.Length) throw new PgException("22026", $"cannot {verb} bit strings of different sizes");
            c.Return(string.Concat(a.Zip(b, (x, y) => (char)('0' + body(x - '0', y - '0')))));
        });
    }

    private static char Bit(long value) => value is 0 or 1 ? (char)('0' + value) : throw new PgException(SqlStates.InvalidParameterValue, "new bit must be 0 or 1");

    private static int Index(long length, long n) => n >= 0 && n < length
        ? (int)n
        : throw new PgException("2202E", $"bit index {n} out of valid range (0..{length - 1})");

    private static string Shifted(string bits, long by)
    {
        if (Math.Abs(by) >= bits.Length) return new string('0', bits.Length);
        return by >= 0 ? bits[(int)by..] + new string('0', (int)by) : new string('0', (int)-by) + bits[..(int)(bits.Length + by)];
    }

    private static string Part(string bits, long start, long length)
    {
        if (length < 0) throw new PgException("22011", "negative substring length not allowed");
        return Characters.Substring(bits, start, length);
    }

    private static string Overlay(string bits, string replacement, long start, long length)
    {
        if (start <= 0) throw new PgException("22011", "negative substring length not allowed");
        return Characters.Substring(bits, 1, start - 1) + replacement + Characters.Substring(bits, start + length, int.MaxValue);
    }

    private static BigInteger Number(string bits, int width, string type)
    {
        if (bits.Length > width) throw new PgException(SqlStates.NumericValueOutOfRange, $"{type} out of range");
        var value = BigInteger.Zero;
        foreach (var bit in bits) value = (value << 1) | (bit - '0');
        return bits.Length == width && bits[0] == '1' ? value - (BigInteger.One << width) : value;
    }

    /// <summary>The lowest bits; to the left the sign goes on.</summary>
    private static string Digits(long value, long width) =>
        string.Create((int)Math.Clamp(width, 1, 83886080), value, (span, number) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[span.Length - 1 - i] = (char)('0' + (i < 64 ? (number >> i) & 1 : number < 0 ? 1 : 0));
        });
}
