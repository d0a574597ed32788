using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Sums over the elements of vectors in carrier form: big-endian float4 behind four bytes.</summary>
/// <remarks>
/// Sums are float4, as pgvector's are. They always run over eight lanes, whatever the processor has, so that an answer
/// does not depend on the machine; below eight dimensions the order is that of a plain loop.
/// </remarks>
internal static class VectorMath
{
    private static readonly Vector256<byte> Reversed = Vector256.Create(
        (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28);

    public static double Norm(ReadOnlySpan<byte> vector)
    {
        double squares = 0;
        for (var at = EmbeddingCodec.HeaderLength; at < vector.Length; at += 4)
        {
            double element = BinaryPrimitives.ReadSingleBigEndian(vector[at..]);
            squares += element * element;
        }

        return Math.Sqrt(squares);
    }

    public static float InnerProduct(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Sum<Products>(left, right);

    public static float SquaredDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Sum<SquaredDifferences>(left, right);

    public static float TaxicabDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Sum<Differences>(left, right);

    /// <summary>-1 to 1; NaN when one of the two is all zeros.</summary>
    public static double CosineSimilarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        double product = InnerProduct(left, right);
        double leftSquares = InnerProduct(left, left), rightSquares = InnerProduct(right, right);
        return Math.Clamp(product / Math.Sqrt(leftSquares * rightSquares), -1, 1);
    }

    /// <summary>Element by element, then by dimensions; -0 is 0.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var at = EmbeddingCodec.HeaderLength; at < common; at += 4)
        {
            float a = BinaryPrimitives.ReadSingleBigEndian(left[at..]), b = BinaryPrimitives.ReadSingleBigEndian(right[at..]);
            if (a != b) return a < b ? -1 : 1;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Appends bytes that compare as the vectors do.</summary>
    public static void WriteKey(ReadOnlySpan<byte> vector, ByteWriter key)
    {
        for (var at = EmbeddingCodec.HeaderLength; at < vector.Length; at += 4)
        {
            var bits = BinaryPrimitives.ReadInt32BigEndian(vector[at..]);
            if (bits == int.MinValue) bits = 0;
            key.Int32(bits < 0 ? ~bits : bits ^ int.MinValue);
        }
    }

    private static float Sum<TTerm>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        where TTerm : struct, ITerm
    {
        left = left[EmbeddingCodec.HeaderLength..];
        right = right[EmbeddingCodec.HeaderLength..];
        if (left.Length != right.Length)
            throw new PgException(SqlStates.DataException, $"different vector dimensions {left.Length / 4} and {right.Length / 4}");
        var at = 0;
        float sum = 0;
        if (left.Length >= Vector256<byte>.Count)
        {
            ref var a = ref MemoryMarshal.GetReference(left);
            ref var b = ref MemoryMarshal.GetReference(right);
            var sums = Vector256<float>.Zero;
            for (; at <= left.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
                sums += TTerm.Of(Load(ref a, at), Load(ref b, at));
            sum = Vector256.Sum(sums);
        }

        for (; at < left.Length; at += 4)
            sum += TTerm.Of(BinaryPrimitives.ReadSingleBigEndian(left[at..]), BinaryPrimitives.ReadSingleBigEndian(right[at..]));
        return sum;
    }

    private static Vector256<float> Load(ref byte from, int at) =>
        Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)at), Reversed).AsSingle();

    private interface ITerm
    {
        static abstract float Of(float left, float right);

        static abstract Vector256<float> Of(Vector256<float> left, Vector256<float> right);
    }

    private readonly struct Products : ITerm
    {
        public static float Of(float left, float right) => left * right;

        public static Vector256<float> Of(Vector256<float> left, Vector256<float> right) => left * right;
    }

    private readonly struct SquaredDifferences : ITerm
    {
        public static float Of(float left, float right) => (left - right) * (left - right);

        public static Vector256<float> Of(Vector256<float> left, Vector256<float> right) => (left - right) * (left - right);
    }

    private readonly struct Differences : ITerm
    {
        public static float Of(float left, float right) => MathF.Abs(left - right);

        public static Vector256<float> Of(Vector256<float> left, Vector256<float> right) => Vector256.Abs(left - right);
    }
}
