using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>pgvector's functions, operators and casts of sparsevec, and the distances of bit strings.</summary>
/// <remarks>Results and errors after pgvector 0.8 (README, tests of sparsevec and bit). Sums are float4, in the order of the indices.</remarks>
internal static class SparseVectors
{
    public static void AddTo(FunctionTable f)
    {
        f.Add("sparsevec_l2_distance", 2, c => c.Return(Math.Sqrt(Sum(c, (a, b) => (a - b) * (a - b)))));
        f.Add("sparsevec_l2_squared_distance", 2, c => c.Return((double)Sum(c, (a, b) => (a - b) * (a - b))));
        f.Add("sparsevec_inner_product", 2, c => c.Return((double)Sum(c, (a, b) => a * b)));
        f.Add("sparsevec_negative_inner_product", 2, c => c.Return((double)-Sum(c, (a, b) => a * b)));
        f.Add("sparsevec_l1_distance", 2, c => c.Return((double)Sum(c, (a, b) => MathF.Abs(a - b))));
        f.Add("sparsevec_cosine_distance", 2, c =>
        {
            double product = Sum(c, (a, b) => a * b);
            var similarity = product / Math.Sqrt((double)Squares(c.Bytes(0)) * Squares(c.Bytes(1)));
            c.Return(1 - Math.Clamp(similarity, -1, 1));
        });
        f.Add("sparsevec_l2_norm", 1, c => c.Return(Norm(c.Bytes(0))));
        f.Add("sparsevec_l2_normalize", 1, c =>
        {
            var vector = c.Bytes(0);
            var norm = Norm(vector);
            Return(c, SparseVectorCodec.Dimensions(vector), norm == 0 ? [] : Elements(vector).ConvertAll(element => (element.Index, Finite((float)(element.Value / norm)))), 1);
        });

        f.Add("sparsevec_key", 1, c =>
        {
            var key = c.Host.Scratch;
            WriteKey(c.Bytes(0), key);
            c.ReturnBlob(key.WrittenSpan);
        });
        Comparisons.Add(f, "sparsevec", c => Compare(c.Bytes(0), c.Bytes(1)));

        f.Add("sparsevec", 3, c =>
        {
            Typmod.CheckVector(Oids.Sparsevec, c.Bytes(0), (int)c.Int(1));
            c.ReturnArgument(0);
        });
        foreach (var arity in (ReadOnlySpan<int>)[1, 3])
        {
            f.Add("vector_to_sparsevec", arity, c => FromDense(c, HalfVectors.Floats(c.Bytes(0)), arity));
            f.Add("halfvec_to_sparsevec", arity, c => FromDense(c, HalfVectors.Floats(HalfVectors.Widen(c.Bytes(0))), arity));
            f.Add("array_to_sparsevec", arity, c => FromDense(c, Vectors.Elements(c, arity == 1 ? -1 : (int)c.Int(1)), arity));
            f.Add("sparsevec_to_vector", arity, c =>
            {
                EmbeddingCodec.RequireDimensions(SparseVectorCodec.Dimensions(c.Bytes(0)));
                using var vector = new ByteWriter();
                EmbeddingCodec.Write(Dense(c.Bytes(0)), vector);
                HalfVectors.Return(c, Oids.Vector, vector.WrittenSpan.ToArray(), arity);
            });
            f.Add("sparsevec_to_halfvec", arity, c =>
            {
                using var scratch = new ByteWriter();
                HalfVectorCodec.Start(scratch, SparseVectorCodec.Dimensions(c.Bytes(0)));
                HalfVectors.Return(c, Oids.Halfvec, HalfVectors.Narrowed(Dense(c.Bytes(0))), arity);
            });
        }

        f.Add("hamming_distance", 2, c =>
        {
            ReadOnlySpan<byte> left = c.Bytes(0), right = Bits(c);
            var count = 0;
            for (var i = 0; i < left.Length; i++) count += left[i] != right[i] ? 1 : 0;
            c.Return((double)count);
        });
        f.Add("jaccard_distance", 2, c =>
        {
            ReadOnlySpan<byte> left = c.Bytes(0), right = Bits(c);
            int both = 0, either = 0;
            for (var i = 0; i < left.Length; i++)
            {
                both += left[i] == '1' && right[i] == '1' ? 1 : 0;
                either += left[i] == '1' || right[i] == '1' ? 1 : 0;
            }

            c.Return(both == 0 ? 1 : 1 - ((double)both / either));
        });
    }

    /// <summary>As that of the vectors with all their zeros.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        using var leftKey = new ByteWriter();
        using var rightKey = new ByteWriter();
        WriteKey(left, leftKey);
        WriteKey(right, rightKey);
        return leftKey.WrittenSpan.SequenceCompareTo(rightKey.WrittenSpan);
    }

    /// <summary>
    /// Appends bytes that compare as the vectors do. Two vectors part at the first index where they differ: there the one that has
    /// an element above zero, or the other's below zero, is the greater; the end of a vector sorts below every element.
    /// </summary>
    public static void WriteKey(ReadOnlySpan<byte> vector, ByteWriter key)
    {
        for (var i = 0; i < SparseVectorCodec.Count(vector); i++)
        {
            var bits = BitConverter.SingleToInt32Bits(SparseVectorCodec.Element(vector, i));
            var index = SparseVectorCodec.Index(vector, i);
            key.Byte(bits < 0 ? (byte)1 : (byte)2);
            key.Int32(bits < 0 ? index : ~index);
            key.Int32(bits < 0 ? ~bits : bits ^ int.MinValue);
        }

        key.Byte(1);
        key.Int32(SparseVectorCodec.Dimensions(vector));
        key.Int32(0);
    }

    private static ReadOnlySpan<byte> Bits(Call c)
    {
        ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
        return left.Length == right.Length ? right : throw new PgException(SqlStates.DataException, $"different bit lengths {left.Length} and {right.Length}");
    }

    private static float Sum(Call c, Func<float, float, float> term)
    {
        ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
        var (leftDimensions, rightDimensions) = (SparseVectorCodec.Dimensions(left), SparseVectorCodec.Dimensions(right));
        if (leftDimensions != rightDimensions)
            throw new PgException(SqlStates.DataException, $"different sparsevec dimensions {leftDimensions} and {rightDimensions}");
        var (leftCount, rightCount) = (SparseVectorCodec.Count(left), SparseVectorCodec.Count(right));
        float sum = 0;
        for (int i = 0, j = 0; i < leftCount || j < rightCount;)
        {
            var a = i < leftCount ? SparseVectorCodec.Index(left, i) : int.MaxValue;
            var b = j < rightCount ? SparseVectorCodec.Index(right, j) : int.MaxValue;
            sum += term(a <= b ? SparseVectorCodec.Element(left, i) : 0, b <= a ? SparseVectorCodec.Element(right, j) : 0);
            if (a <= b) i++;
            if (b <= a) j++;
        }

        return sum;
    }

    private static float Squares(ReadOnlySpan<byte> vector)
    {
        float sum = 0;
        foreach (var (_, value) in Elements(vector)) sum += value * value;
        return sum;
    }

    private static double Norm(ReadOnlySpan<byte> vector)
    {
        double squares = 0;
        foreach (var (_, value) in Elements(vector)) squares += (double)value * value;
        return Math.Sqrt(squares);
    }

    private static float Finite(float element) => float.IsInfinity(element) ? throw Floats.Overflow() : element;

    private static List<(int Index, float Value)> Elements(ReadOnlySpan<byte> vector)
    {
        var elements = new List<(int, float)>();
        for (var i = 0; i < SparseVectorCodec.Count(vector); i++) elements.Add((SparseVectorCodec.Index(vector, i), SparseVectorCodec.Element(vector, i)));
        return elements;
    }

    private static float[] Dense(ReadOnlySpan<byte> vector)
    {
        var dense = new float[SparseVectorCodec.Dimensions(vector)];
        foreach (var (index, value) in Elements(vector)) dense[index] = value;
        return dense;
    }

    private static void FromDense(Call c, float[] elements, int arity) =>
        Return(c, elements.Length, [.. elements.Select((value, index) => (index, value))], arity);

    private static void Return(Call c, int dimensions, List<(int Index, float Value)> elements, int arity)
    {
        using var vector = new ByteWriter();
        SparseVectorCodec.Write(dimensions, elements, vector);
        HalfVectors.Return(c, Oids.Sparsevec, vector.WrittenSpan.ToArray(), arity);
    }
}
