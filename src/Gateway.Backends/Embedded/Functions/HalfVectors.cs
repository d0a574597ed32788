using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>pgvector's functions, operators, casts and aggregates of halfvec. Distances are computed in single precision, over the elements widened to float4.</summary>
/// <remarks>Results and errors after pgvector 0.8 (README and tests of halfvec).</remarks>
internal static class HalfVectors
{
    public static void AddTo(FunctionTable f)
    {
        f.Add("halfvec_l2_distance", 2, c => c.Return(Math.Sqrt(Between(c, VectorMath.SquaredDistance))));
        f.Add("halfvec_l2_squared_distance", 2, c => c.Return((double)Between(c, VectorMath.SquaredDistance)));
        f.Add("halfvec_inner_product", 2, c => c.Return((double)Between(c, VectorMath.InnerProduct)));
        f.Add("halfvec_negative_inner_product", 2, c => c.Return((double)-Between(c, VectorMath.InnerProduct)));
        f.Add("halfvec_cosine_distance", 2, c => c.Return(1 - Between(c, VectorMath.CosineSimilarity)));
        f.Add("halfvec_l1_distance", 2, c => c.Return((double)Between(c, VectorMath.TaxicabDistance)));
        f.Add("halfvec_spherical_distance", 2, c =>
            c.Return(Math.Acos(Math.Clamp((double)Between(c, VectorMath.InnerProduct), -1, 1)) / Math.PI));

        f.Add("halfvec_vector_dims", 1, c => c.Return((long)HalfVectorCodec.Dimensions(c.Bytes(0))));
        f.Add("halfvec_l2_norm", 1, c => c.Return(VectorMath.Norm(Widened(c, 0))));
        f.Add("halfvec_l2_normalize", 1, Normalize);
        f.Add("halfvec_binary_quantize", 1, c =>
        {
            var vector = c.Bytes(0);
            var bits = c.Host.Scratch;
            for (var i = 0; i < HalfVectorCodec.Dimensions(vector); i++) bits.Byte(HalfVectorCodec.Element(vector, i) > 0 ? (byte)'1' : (byte)'0');
            c.ReturnText(bits.WrittenSpan);
        });
        f.Add("halfvec_subvector", 3, Subvector);
        f.Add("halfvec_concat", 2, c =>
        {
            ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
            var result = HalfVectorCodec.Start(c.Host.Scratch, HalfVectorCodec.Dimensions(left) + HalfVectorCodec.Dimensions(right));
            result.Bytes(left[HalfVectorCodec.HeaderLength..]);
            result.Bytes(right[HalfVectorCodec.HeaderLength..]);
            c.ReturnBlob(result.WrittenSpan);
        });
        f.Add("halfvec_add", 2, c => Combine(c, (a, b) => a + b));
        f.Add("halfvec_sub", 2, c => Combine(c, (a, b) => a - b));
        f.Add("halfvec_mul", 2, c => Combine(c, (a, b) => (Half)(a * b) == (Half)0 && a != 0 && b != 0 ? throw Functions.Floats.Underflow() : a * b));

        f.Add("halfvec_key", 1, c =>
        {
            var key = c.Host.Scratch;
            VectorMath.WriteKey(Widened(c, 0), key);
            c.ReturnBlob(key.WrittenSpan);
        });
        Comparisons.Add(f, "halfvec", c => VectorMath.Compare(Widened(c, 0), Widened(c, 1)));

        // As casts with the value alone, as functions with typmod and "is explicit".
        f.Add("halfvec", 3, c =>
        {
            Typmod.CheckVector(Oids.Halfvec, c.Bytes(0), (int)c.Int(1));
            c.ReturnArgument(0);
        });
        foreach (var arity in (ReadOnlySpan<int>)[1, 3])
        {
            f.Add("halfvec_to_vector", arity, c => Return(c, Oids.Vector, Widened(c, 0), arity));
            f.Add("vector_to_halfvec", arity, c => Return(c, Oids.Halfvec, Narrowed(Floats(c.Bytes(0))), arity));
            f.Add("array_to_halfvec", arity, c => Return(c, Oids.Halfvec, Narrowed(Vectors.Elements(c, arity == 1 ? -1 : (int)c.Int(1))), arity));
            f.Add("halfvec_to_float4", arity, c =>
                PgArray.Vector(Oids.Float4, [.. Floats(Widened(c, 0)).Select(element => PgArray.Binary(Oids.Float4, Datum.Of((double)element)))]).Return(c));
        }

        f.Aggregate("sum_halfvec", 1, () => new Total(average: false));
        f.Aggregate("avg_halfvec", 1, () => new Total(average: true));
    }

    /// <summary>The carrier of the vector with the same elements.</summary>
    public static byte[] Widen(ReadOnlySpan<byte> half)
    {
        using var vector = new ByteWriter();
        vector.Int32(HalfVectorCodec.Dimensions(half) << 16);
        for (var i = 0; i < HalfVectorCodec.Dimensions(half); i++) vector.Int32(BitConverter.SingleToInt32Bits(HalfVectorCodec.Element(half, i)));
        return vector.WrittenSpan.ToArray();
    }

    /// <exception cref="PgException">22003 for an element that is too large.</exception>
    public static byte[] Narrowed(IReadOnlyCollection<float> elements)
    {
        using var half = new ByteWriter();
        HalfVectorCodec.Start(half, elements.Count);
        foreach (var element in elements) HalfVectorCodec.Append(half, HalfVectorCodec.Round(element));
        return half.WrittenSpan.ToArray();
    }

    public static void Return(Call c, uint type, byte[] vector, int arity)
    {
        if (arity == 3) Typmod.CheckVector(type, vector, (int)c.Int(1));
        c.ReturnBlob(vector);
    }

    public static float[] Floats(ReadOnlySpan<byte> vector)
    {
        var elements = new float[EmbeddingCodec.Dimensions(vector)];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = System.Buffers.Binary.BinaryPrimitives.ReadSingleBigEndian(vector[(EmbeddingCodec.HeaderLength + (i * sizeof(float)))..]);
        return elements;
    }

    private static byte[] Widened(Call c, int i) => Widen(c.Bytes(i));

    private static T Between<T>(Call c, Measure<T> measure)
    {
        RequireSame(HalfVectorCodec.Dimensions(c.Bytes(0)), HalfVectorCodec.Dimensions(c.Bytes(1)));
        return measure(Widened(c, 0), Widened(c, 1));
    }

    private delegate T Measure<T>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    private static void RequireSame(int left, int right)
    {
        if (left != right) throw new PgException(SqlStates.DataException, $"different halfvec dimensions {left} and {right}");
    }

    private static void Combine(Call c, Func<float, float, float> combine)
    {
        ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
        var dimensions = HalfVectorCodec.Dimensions(left);
        RequireSame(dimensions, HalfVectorCodec.Dimensions(right));
        var result = HalfVectorCodec.Start(c.Host.Scratch, dimensions);
        for (var i = 0; i < dimensions; i++) HalfVectorCodec.Append(result, Finite(combine(HalfVectorCodec.Element(left, i), HalfVectorCodec.Element(right, i))));
        c.ReturnBlob(result.WrittenSpan);
    }

    private static Half Finite(float element) => Half.IsInfinity((Half)element) ? throw Functions.Floats.Overflow() : (Half)element;

    private static void Normalize(Call c)
    {
        var vector = c.Bytes(0);
        var norm = VectorMath.Norm(Widened(c, 0));
        var result = HalfVectorCodec.Start(c.Host.Scratch, HalfVectorCodec.Dimensions(vector));
        for (var i = 0; i < HalfVectorCodec.Dimensions(vector); i++)
            HalfVectorCodec.Append(result, norm == 0 ? (Half)0 : Finite((float)(HalfVectorCodec.Element(vector, i) / norm)));
        c.ReturnBlob(result.WrittenSpan);
    }

    // From 1, and what lies outside is left out, as substring does it.
    private static void Subvector(Call c)
    {
        var vector = c.Bytes(0);
        var (start, count, dimensions) = (c.Int(1), c.Int(2), HalfVectorCodec.Dimensions(vector));
        var end = count < 1 || start > dimensions ? start : Math.Min(start + count, dimensions + 1L);
        start = Math.Max(start, 1);
        var result = HalfVectorCodec.Start(c.Host.Scratch, (int)Math.Max(end - start, 0));
        result.Bytes(vector[(HalfVectorCodec.HeaderLength + ((int)(start - 1) * 2))..(HalfVectorCodec.HeaderLength + ((int)(end - 1) * 2))]);
        c.ReturnBlob(result.WrittenSpan);
    }

    /// <summary>sum(halfvec) rounds at each step, as + does; avg(halfvec) adds up in double precision.</summary>
    private sealed class Total(bool average) : Accumulator
    {
        private double[]? _sums;
        private long _count;

        public override void Step(Call c)
        {
            var vector = c.Bytes(0);
            var dimensions = HalfVectorCodec.Dimensions(vector);
            if (_sums is not null && average && _sums.Length != dimensions) throw EmbeddingCodec.Unexpected(_sums.Length, dimensions);
            if (_sums is not null) RequireSame(_sums.Length, dimensions);
            _sums ??= new double[dimensions];
            _count++;
            for (var i = 0; i < dimensions; i++)
            {
                var sum = _sums[i] + HalfVectorCodec.Element(vector, i);
                _sums[i] = average ? sum : (double)Finite((float)sum);
            }
        }

        public override void Inverse(Call c) => throw PgException.Unsupported("aggregates of halfvec over a moving window frame are not supported");

        public override void Result(Call c)
        {
            if (_sums is not null) c.ReturnBlob(Narrowed([.. _sums.Select(sum => (float)(average ? sum / _count : sum))]));
        }
    }
}
