using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>point, lseg, path, box, polygon, line and circle: carried as PostgreSQL prints them, with as many digits as it takes.</summary>
/// <remarks>
/// Binary: the float8s of the shape in the order of its text. A path begins with one byte (1 closed) and the Int32 number of
/// its points, a polygon with that number.
/// </remarks>
public sealed class GeometryCodec(uint oid) : TextCodec(oid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        var numbers = new GeometryText(value, Oid).Read(out var isClosed);
        if (Oid == Oids.Path) output.Byte(isClosed ? (byte)1 : (byte)0);
        if (Oid is Oids.Path or Oids.Polygon) output.Int32(numbers.Count / 2);
        foreach (var number in numbers) output.Int64(BitConverter.DoubleToInt64Bits(number));
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        StringCodec.RequireUtf8(text);
        var numbers = new GeometryText(text, Oid).Read(out var isClosed);
        if (Oid == Oids.Box) Order(numbers);
        Print(numbers, isClosed, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var isClosed = Oid != Oids.Path || BinaryForm.Next(ref data, 1)[0] != 0;
        var count = Oid switch
        {
            Oids.Point => 2,
            Oids.Lseg or Oids.Box => 4,
            Oids.Line or Oids.Circle => 3,
            _ => Points(ref data),
        };
        var numbers = new List<double>();
        for (var i = 0; i < count; i++) numbers.Add(BinaryPrimitives.ReadDoubleBigEndian(BinaryForm.Next(ref data, 8)));
        data.Exactly(0);
        if (Oid == Oids.Box) Order(numbers);
        if (Oid == Oids.Line && Math.Abs(numbers[0]) <= Epsilon && Math.Abs(numbers[1]) <= Epsilon)
            throw BinaryForm.Invalid("invalid line specification: A and B cannot both be zero");
        if (Oid == Oids.Circle && !(numbers[2] >= 0) && !double.IsNaN(numbers[2]))
            throw BinaryForm.Invalid("invalid radius in external \"circle\" value");
        Print(numbers, isClosed, carrier);
    }

    /// <summary>Numbers that differ by less are equal to PostgreSQL's geometry (geo_decls.h).</summary>
    internal const double Epsilon = 1.0E-06;

    private int Points(ref ReadOnlySpan<byte> data)
    {
        var points = BinaryForm.NextInt32(ref data);
        if (points <= 0 || points >= (int.MaxValue - 16) / 16)
            throw BinaryForm.Invalid($"invalid number of points in external \"{(Oid == Oids.Path ? "path" : "polygon")}\" value");
        return points * 2;
    }

    /// <summary>The upper right corner comes first.</summary>
    private static void Order(List<double> box)
    {
        for (var i = 0; i < 2; i++)
            if (box[i] < box[i + 2] || double.IsNaN(box[i + 2])) (box[i], box[i + 2]) = (box[i + 2], box[i]);
    }

    /// <summary>Around the whole shape; 0 for none.</summary>
    private (byte Open, byte Close) Brackets(bool isClosed) => Oid switch
    {
        Oids.Lseg => ((byte)'[', (byte)']'),
        Oids.Line => ((byte)'{', (byte)'}'),
        Oids.Circle => ((byte)'<', (byte)'>'),
        Oids.Path when !isClosed => ((byte)'[', (byte)']'),
        Oids.Path or Oids.Polygon => ((byte)'(', (byte)')'),
        _ => default,
    };

    private void Print(List<double> numbers, bool isClosed, ByteWriter output)
    {
        var (open, close) = Brackets(isClosed);
        if (open != 0) output.Byte(open);
        if (Oid == Oids.Line)
        {
            for (var i = 0; i < 3; i++) Number(i, i > 0);
        }
        else
        {
            for (var i = 0; i + 1 < numbers.Count; i += 2)
            {
                if (i > 0) output.Byte((byte)',');
                output.Byte((byte)'(');
                Number(i, false);
                Number(i + 1, true);
                output.Byte((byte)')');
            }

            if (Oid == Oids.Circle) Number(2, true);
        }

        if (close != 0) output.Byte(close);

        void Number(int index, bool comma)
        {
            if (comma) output.Byte((byte)',');
            FloatText.WriteFloat8(numbers[index], 1, output);
        }
    }
}
