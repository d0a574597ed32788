using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>pgvector's functions, operators, casts and aggregates of vectors, and TO_VECTOR as IRIS has it.</summary>
/// <remarks>Results and errors after pgvector 0.8 (README and vector.c).</remarks>
internal static class Vectors
{
    public static void AddTo(FunctionTable f)
    {
        f.Add("l2_distance", 2, c => c.Return(Math.Sqrt(VectorMath.SquaredDistance(c.Bytes(0), c.Bytes(1)))));
        f.Add("vector_l2_squared_distance", 2, c => c.Return((double)VectorMath.SquaredDistance(c.Bytes(0), c.Bytes(1))));
        f.Add("inner_product", 2, c => c.Return((double)VectorMath.InnerProduct(c.Bytes(0), c.Bytes(1))));
        f.Add("vector_negative_inner_product", 2, c => c.Return((double)-VectorMath.InnerProduct(c.Bytes(0), c.Bytes(1))));
        f.Add("vector_cosine", 2, c => c.Return(VectorMath.CosineSimilarity(c.Bytes(0), c.Bytes(1))));
        f.Add("cosine_distance", 2, c => c.Return(1 - VectorMath.CosineSimilarity(c.Bytes(0), c.Bytes(1))));
        f.Add("l1_distance", 2, c => c.Return((double)VectorMath.TaxicabDistance(c.Bytes(0), c.Bytes(1))));
        f.Add("vector_spherical_distance", 2, c =>
            c.Return(Math.Acos(Math.Clamp((double)VectorMath.InnerProduct(c.Bytes(0), c.Bytes(1)), -1, 1)) / Math.PI));

        f.Add("vector_dims", 1, c => c.Return((long)EmbeddingCodec.Dimensions(c.Bytes(0))));
        f.Add("vector_norm", 1, c => c.Return(VectorMath.Norm(c.Bytes(0))));
        f.Add("l2_normalize", 1, Normalize);
        f.Add("binary_quantize", 1, c =>
        {
            var vector = c.Bytes(0);
            var bits = c.Host.Scratch;
            for (var i = 0; i < EmbeddingCodec.Dimensions(vector); i++) bits.Byte(Element(vector, i) > 0 ? (byte)'1' : (byte)'0');
            c.ReturnText(bits.WrittenSpan);
        });
        f.Add("subvector", 3, Subvector);
        f.Add("vector_concat", 2, Concatenate);

        f.Add("vector_add", 2, c => Combine(c, (a, b) => Finite(a + b)));
        f.Add("vector_sub", 2, c => Combine(c, (a, b) => Finite(a - b)));
        f.Add("vector_mul", 2, c => Combine(c, (a, b) => a * b == 0 && a != 0 && b != 0 ? throw Floats.Underflow() : Finite(a * b)));

        f.Add("vector_key", 1, c =>
        {
            var key = c.Host.Scratch;
            VectorMath.WriteKey(c.Bytes(0), key);
            c.ReturnBlob(key.WrittenSpan);
        });
        f.Add("vector_cmp", 2, c => c.Return((long)VectorMath.Compare(c.Bytes(0), c.Bytes(1))));
        f.Add("vector_lt", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) < 0));
        f.Add("vector_le", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) <= 0));
        f.Add("vector_eq", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) == 0));
        f.Add("vector_ne", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) != 0));
        f.Add("vector_ge", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) >= 0));
        f.Add("vector_gt", 2, c => c.Return(VectorMath.Compare(c.Bytes(0), c.Bytes(1)) > 0));

        // As casts with the value alone, as functions with typmod and "is explicit".
        f.Add("vector", 3, c =>
        {
            Typmod.CheckVector(Oids.Vector, c.Bytes(0), (int)c.Int(1));
            c.ReturnArgument(0);
        });
        f.Add("array_to_vector", 1, c => FromArray(c, -1));
        f.Add("array_to_vector", 3, c => FromArray(c, (int)c.Int(1)));
        f.Add("vector_to_float4", 1, ToArray);
        f.Add("vector_to_float4", 3, ToArray);
        for (var arity = 1; arity <= 3; arity++) f.Add("to_vector", arity, FromNative);

        f.Aggregate("sum_vector", 1, () => new Sums());
        f.Aggregate("avg_vector", 1, () => new Averages());
    }

    private static float Element(ReadOnlySpan<byte> vector, int i) =>
        BinaryPrimitives.ReadSingleBigEndian(vector[(EmbeddingCodec.HeaderLength + (i * 4))..]);

    private static float Finite(float element) => float.IsInfinity(element) ? throw Floats.Overflow() : element;

    private static PgException Different(int left, int right) =>
        new(SqlStates.DataException, $"different vector dimensions {left} and {right}");

    private static ByteWriter Start(ByteWriter vector, int dimensions)
    {
        EmbeddingCodec.RequireDimensions(dimensions);
        vector.Int32(dimensions << 16);
        return vector;
    }

    private static void Append(ByteWriter vector, float element) => vector.Int32(BitConverter.SingleToInt32Bits(element));

    private static void Combine(Call c, Func<float, float, float> combine)
    {
        ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
        var dimensions = EmbeddingCodec.Dimensions(left);
        if (left.Length != right.Length) throw Different(dimensions, EmbeddingCodec.Dimensions(right));
        var result = Start(c.Host.Scratch, dimensions);
        for (var i = 0; i < dimensions; i++) Append(result, combine(Element(left, i), Element(right, i)));
        c.ReturnBlob(result.WrittenSpan);
    }

    private static void Normalize(Call c)
    {
        var vector = c.Bytes(0);
        var norm = VectorMath.Norm(vector);
        if (norm == 0)
        {
            c.ReturnArgument(0);
            return;
        }

        var dimensions = EmbeddingCodec.Dimensions(vector);
        var result = Start(c.Host.Scratch, dimensions);
        for (var i = 0; i < dimensions; i++) Append(result, Finite((float)(Element(vector, i) / norm)));
        c.ReturnBlob(result.WrittenSpan);
    }

    // From 1, and what lies outside is left out, as substring does it.
    private static void Subvector(Call c)
    {
        var vector = c.Bytes(0);
        var (start, count, dimensions) = (c.Int(1), c.Int(2), EmbeddingCodec.Dimensions(vector));
        var end = count < 1 || start > dimensions ? start : Math.Min(start + count, dimensions + 1L);
        start = Math.Max(start, 1);
        var result = Start(c.Host.Scratch, (int)Math.Max(end - start, 0));
        result.Bytes(vector[(EmbeddingCodec.HeaderLength + ((int)(start - 1) * 4))..(EmbeddingCodec.HeaderLength + ((int)(end - 1) * 4))]);
        c.ReturnBlob(result.WrittenSpan);
    }

    private static void Concatenate(Call c)
    {
        ReadOnlySpan<byte> left = c.Bytes(0), right = c.Bytes(1);
        var result = Start(c.Host.Scratch, EmbeddingCodec.Dimensions(left) + EmbeddingCodec.Dimensions(right));
        result.Bytes(left[EmbeddingCodec.HeaderLength..]);
        result.Bytes(right[EmbeddingCodec.HeaderLength..]);
        c.ReturnBlob(result.WrittenSpan);
    }

    /// <summary>The elements of an array argument, which are to become those of a vector.</summary>
    public static float[] Elements(Call c, int typmod)
    {
        var array = PgArray.Argument(c, 0);
        if (array.Dimensions > 1) throw new PgException(SqlStates.DataException, "array must be 1-D");
        if (Array.IndexOf(array.Items, null) >= 0) throw new PgException("22004", "array must not contain nulls");
        if (typmod != -1 && array.Items.Length > 0 && array.Items.Length != typmod) throw EmbeddingCodec.Unexpected(typmod, array.Items.Length);
        return [.. Enumerable.Range(0, array.Items.Length).Select(i => array[i]).Select(item => item.Carrier switch
        {
            Carrier.Int64 => item.Int,
            Carrier.Float64 => (float)item.Float,
            _ => FloatText.ParseFloat4(item.Data),
        })];
    }

    private static void FromArray(Call c, int typmod)
    {
        var elements = Elements(c, typmod);
        var result = c.Host.Scratch;
        EmbeddingCodec.Write(elements, result);
        c.ReturnBlob(result.WrittenSpan);
    }

    // An array's element is its length and its binary form, which is the vector's own.
    private static void ToArray(Call c)
    {
        var vector = c.Bytes(0);
        var array = c.Host.Scratch;
        array.Int32(1);
        array.Int32(0);
        array.Int32((int)Oids.Float4);
        array.Int32(EmbeddingCodec.Dimensions(vector));
        array.Int32(1);
        for (var at = EmbeddingCodec.HeaderLength; at < vector.Length; at += 4)
        {
            array.Int32(4);
            array.Bytes(vector.Slice(at, 4));
        }

        c.ReturnBlob(array.WrittenSpan);
    }

    /// <summary>TO_VECTOR(data, type, length): brackets are optional; too short is padded with zeros, too long is cut.</summary>
    private static void FromNative(Call c)
    {
        var text = c.Bytes(0);
        var result = c.Host.Scratch;
        var bracketed = text.TrimStart((byte)' ') is [(byte)'[', ..];
        Codecs.Vector.DecodeText(bracketed ? text : [(byte)'[', .. text, (byte)']'], c.Format, result);
        var type = c.Count > 1 ? c.Text(1) : "float";
        if (type is "integer" or "int") RequireIntegers(result.WrittenSpan);
        else if (type is not ("float" or "double" or "decimal")) throw new PgException(SqlStates.InvalidParameterValue, $"\"{type}\" is no type of vector elements");
        if (c.Count > 2)
        {
            EmbeddingCodec.RequireDimensions((int)Math.Clamp(c.Int(2), 0, EmbeddingCodec.MaxDimensions + 1));
            var wanted = (int)c.Int(2);
            for (var i = EmbeddingCodec.Dimensions(result.WrittenSpan); i < wanted; i++) result.Int32(0);
            result.Truncate(EmbeddingCodec.HeaderLength + (wanted * 4));
            result.PatchInt32(0, wanted << 16);
        }

        c.ReturnBlob(result.WrittenSpan);
    }

    private static void RequireIntegers(ReadOnlySpan<byte> vector)
    {
        for (var i = 0; i < EmbeddingCodec.Dimensions(vector); i++)
            if (!float.IsInteger(Element(vector, i))) throw PgException.Unsupported("TO_VECTOR of INTEGER with elements that are no integers is not supported");
    }

    /// <summary>sum(vector): float4, overflowing as + does.</summary>
    private sealed class Sums : Accumulator
    {
        private float[]? _sums;

        public override void Step(Call c)
        {
            var vector = c.Bytes(0);
            var dimensions = EmbeddingCodec.Dimensions(vector);
            if (_sums is not null && _sums.Length != dimensions) throw Different(_sums.Length, dimensions);
            _sums ??= new float[dimensions];
            for (var i = 0; i < dimensions; i++) _sums[i] = Finite(_sums[i] + Element(vector, i));
        }

        public override void Inverse(Call c) => throw PgException.Unsupported("sum(vector) over a moving window frame is not supported");

        public override void Result(Call c)
        {
            if (_sums is null) return;
            var result = c.Host.Scratch;
            EmbeddingCodec.Write(_sums, result);
            c.ReturnBlob(result.WrittenSpan);
        }
    }

    /// <summary>avg(vector): added up in double precision.</summary>
    private sealed class Averages : Accumulator
    {
        private double[]? _sums;
        private long _count;

        public override void Step(Call c)
        {
            var vector = c.Bytes(0);
            var dimensions = EmbeddingCodec.Dimensions(vector);
            if (_sums is not null && _sums.Length != dimensions) throw EmbeddingCodec.Unexpected(_sums.Length, dimensions);
            _sums ??= new double[dimensions];
            _count++;
            for (var i = 0; i < dimensions; i++) _sums[i] += Element(vector, i);
        }

        public override void Inverse(Call c) => throw PgException.Unsupported("avg(vector) over a moving window frame is not supported");

        public override void Result(Call c)
        {
            if (_sums is null) return;
            var result = Start(c.Host.Scratch, _sums.Length);
            foreach (var sum in _sums) Append(result, EmbeddingCodec.RequireFinite((float)(sum / _count)));
            c.ReturnBlob(result.WrittenSpan);
        }
    }
}
