using System.Text;

namespace Gateway.Types.Tests;

/// <summary>pgvector's vector on the wire; answers and errors are those of pgvector 0.8 (README, test/expected/vector_type.out).</summary>
public sealed class VectorTests
{
    [Theory]
    [InlineData("[1,2,3]", "[1,2,3]", "0003 0000 3F800000 40000000 40400000")]
    [InlineData("[-1,-2.5,3]", "[-1,-2.5,3]", "0003 0000 BF800000 C0200000 40400000")]
    [InlineData("[1.,2.,3.]", "[1,2,3]", "0003 0000 3F800000 40000000 40400000")]
    [InlineData(" [ 1,  2 ,    3  ] ", "[1,2,3]", "0003 0000 3F800000 40000000 40400000")]
    [InlineData("\n[.5\t,+1e2,0.1]\r", "[0.5,100,0.1]", "0003 0000 3F000000 42C80000 3DCCCCCD")]
    [InlineData("[1.5e38,-1.5e-38]", "[1.5e+38,-1.5e-38]", null)]
    [InlineData("[1.23456789,3.4028235e38]", "[1.2345679,3.4028235e+38]", null)]
    [InlineData("[16777217,123456,1234567]", "[1.6777216e+07,123456,1.234567e+06]", null)]
    [InlineData("[0,-0,1e-46,-1e-46]", "[0,-0,0,-0]", "0004 0000 00000000 80000000 00000000 80000000")]
    public void Text_and_binary_form_are_pgvectors(string text, string printed, string? binary)
    {
        var carrier = Decode(text);
        Assert.Equal(printed, Text(carrier));
        using var wire = new ByteWriter();
        Codecs.Vector.EncodeBinary(carrier, wire);
        if (binary is not null) Assert.Equal(binary.Replace(" ", ""), Convert.ToHexString(wire.WrittenSpan));
        using var back = new ByteWriter();
        Codecs.Vector.DecodeBinary(wire.WrittenSpan, back);
        Assert.Equal(carrier, back.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("", "22P02", "invalid input syntax for type vector: \"\"", "Vector contents must start with \"[\".")]
    [InlineData("1,2,3", "22P02", "invalid input syntax for type vector: \"1,2,3\"", "Vector contents must start with \"[\".")]
    [InlineData("{1}", "22P02", "invalid input syntax for type vector: \"{1}\"", "Vector contents must start with \"[\".")]
    [InlineData("[1,2,3]9", "22P02", "invalid input syntax for type vector: \"[1,2,3]9\"", "Junk after closing right brace.")]
    [InlineData("[1,2,3", "22P02", "invalid input syntax for type vector: \"[1,2,3\"", null)]
    [InlineData("[hello,1]", "22P02", "invalid input syntax for type vector: \"[hello,1]\"", null)]
    [InlineData("[", "22P02", "invalid input syntax for type vector: \"[\"", null)]
    [InlineData("[ ", "22P02", "invalid input syntax for type vector: \"[ \"", null)]
    [InlineData("[,", "22P02", "invalid input syntax for type vector: \"[,\"", null)]
    [InlineData("[,]", "22P02", "invalid input syntax for type vector: \"[,]\"", null)]
    [InlineData("[1,]", "22P02", "invalid input syntax for type vector: \"[1,]\"", null)]
    [InlineData("[1a]", "22P02", "invalid input syntax for type vector: \"[1a]\"", null)]
    [InlineData("[1 2]", "22P02", "invalid input syntax for type vector: \"[1 2]\"", null)]
    [InlineData("[1,,3]", "22P02", "invalid input syntax for type vector: \"[1,,3]\"", null)]
    [InlineData("[1, ,3]", "22P02", "invalid input syntax for type vector: \"[1, ,3]\"", null)]
    [InlineData("[]", "22000", "vector must have at least 1 dimension", null)]
    [InlineData("[ ]", "22000", "vector must have at least 1 dimension", null)]
    [InlineData("[NaN,1]", "22000", "NaN not allowed in vector", null)]
    [InlineData("[Infinity,1]", "22000", "infinite value not allowed in vector", null)]
    [InlineData("[1,-inf]", "22000", "infinite value not allowed in vector", null)]
    [InlineData("[4e38,1]", "22003", "\"4e38\" is out of range for type vector", null)]
    [InlineData("[1,-4e38]", "22003", "\"-4e38\" is out of range for type vector", null)]
    public void Bad_text_is_refused_in_pgvectors_words(string text, string state, string message, string? detail)
    {
        var error = Assert.Throws<PgException>(() => Decode(text));
        Assert.Equal((state, message, detail), (error.SqlState, error.Message, error.Detail));
    }

    [Theory]
    [InlineData("", "08P01", "insufficient data left in message")]
    [InlineData("0001", "08P01", "insufficient data left in message")]
    [InlineData("00020000 3F800000", "08P01", "insufficient data left in message")]
    [InlineData("00010000 3F800000 3F800000", "22P03", "incorrect binary data format")]
    [InlineData("00010001 3F800000", "22000", "expected unused to be 0, not 1")]
    [InlineData("00000000", "22000", "vector must have at least 1 dimension")]
    [InlineData("FFFF0000 3F800000", "22000", "vector must have at least 1 dimension")]
    [InlineData("3E810000", "54000", "vector cannot have more than 16000 dimensions")]
    [InlineData("00010000 7FC00000", "22000", "NaN not allowed in vector")]
    [InlineData("00020000 3F800000 FF800000", "22000", "infinite value not allowed in vector")]
    public void Bad_binary_is_refused_in_pgvectors_words(string hex, string state, string message)
    {
        var error = Assert.Throws<PgException>(() =>
        {
            using var carrier = new ByteWriter();
            Codecs.Vector.DecodeBinary(Convert.FromHexString(hex.Replace(" ", "")), carrier);
        });
        Assert.Equal((state, message), (error.SqlState, error.Message));
    }

    [Fact]
    public void Sixteen_thousand_dimensions_are_the_limit()
    {
        var most = $"[{string.Join(',', Enumerable.Repeat("1", 16000))}]";
        Assert.Equal(most, Text(Decode(most)));
        Assert.Equal("54000", Assert.Throws<PgException>(() => Decode(most[..^1] + ",1]")).SqlState);
        using var carrier = new ByteWriter();
        Assert.Equal("54000", Assert.Throws<PgException>(() => EmbeddingCodec.Write(new float[16001], carrier)).SqlState);
    }

    [Fact]
    public void The_modifier_is_the_number_of_dimensions()
    {
        var three = Decode("[1,2,3]");
        Typmod.CheckVector(Oids.Vector, three, 3);
        Typmod.CheckVector(Oids.Vector, three, -1);
        var error = Assert.Throws<PgException>(() => Typmod.CheckVector(Oids.Vector, three, 2));
        Assert.Equal(("22000", "expected 2 dimensions, not 3"), (error.SqlState, error.Message));
        Assert.Equal("vector(3)", TypeNames.Format(Oids.Vector, 3));
        Assert.Equal("vector[]", TypeNames.Format(Oids.VectorArray, -1));
        Assert.Equal(Oids.VectorArray, TypeNames.Find("vector(3)[]")!.Oid);
    }

    [Fact]
    public void Arrays_of_vectors_quote_their_elements()
    {
        var codec = (SpanCodec)Codecs.Get(Oids.VectorArray);
        using var carrier = new ByteWriter();
        codec.DecodeText("{\"[1,2]\",NULL,\"[3]\"}"u8, FormatSettings.Default, carrier);
        using var text = new ByteWriter();
        codec.EncodeText(carrier.WrittenSpan, FormatSettings.Default, text);
        Assert.Equal("{\"[1,2]\",NULL,[3]}", Encoding.UTF8.GetString(text.WrittenSpan));
        using var again = new ByteWriter();
        codec.DecodeBinary(carrier.WrittenSpan, again);
        Assert.Equal(carrier.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
    }

    [Fact]
    public void Its_oids_are_ours_alone()
    {
        Assert.Equal(("vector", Oids.VectorArray, 'U'), (PgTypes.Get(Oids.Vector).Name, PgTypes.Get(Oids.Vector).ArrayOid, PgTypes.Get(Oids.Vector).Category));
        Assert.Equal(Oids.Vector, PgTypes.Get(Oids.VectorArray).ElementOid);
        Assert.Equal(Carrier.Bytes, PgTypes.Get(Oids.Vector).Carrier);
        Assert.Equal((Oids.Halfvec, Oids.HalfvecArray, Carrier.Bytes), (PgTypes.Find("halfvec")!.Oid, PgTypes.Find("halfvec")!.ArrayOid, PgTypes.Find("halfvec")!.Carrier));
        Assert.Equal((Oids.Sparsevec, Oids.SparsevecArray, Carrier.Bytes), (PgTypes.Find("sparsevec")!.Oid, PgTypes.Find("sparsevec")!.ArrayOid, PgTypes.Find("sparsevec")!.Carrier));
        Assert.All(PgTypes.All, type => Assert.True(type.Name.TrimStart('_') is "vector" or "halfvec" or "sparsevec" || type.Oid is < 8000 or >= 10000, type.Name));
    }

    private static byte[] Decode(string text)
    {
        using var carrier = new ByteWriter();
        Codecs.Vector.DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default, carrier);
        return carrier.WrittenSpan.ToArray();
    }

    private static string Text(byte[] carrier)
    {
        using var text = new ByteWriter();
        Codecs.Vector.EncodeText(carrier, FormatSettings.Default with { ExtraFloatDigits = 0 }, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
