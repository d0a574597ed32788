namespace Gateway.Types.Tests;

/// <summary>The binary forms of pgvector's halfvec and sparsevec (README of pgvector 0.8 and of its client libraries).</summary>
public sealed class HalfAndSparseVectorTests
{
    [Theory]
    [InlineData(Oids.Halfvec, "[1,-2.5,65504]", "0003 0000 3C00 C100 7BFF")]
    [InlineData(Oids.Halfvec, "[0,-0,5.9604645e-08]", "0003 0000 0000 8000 0001")]
    [InlineData(Oids.Sparsevec, "{1:1.5,3:-2}/5", "00000005 00000002 00000000 00000000 00000002 3FC00000 C0000000")]
    [InlineData(Oids.Sparsevec, "{}/1000000000", "3B9ACA00 00000000 00000000")]
    public void Text_and_binary_form_are_pgvectors(uint type, string text, string binary)
    {
        var codec = (SpanCodec)Codecs.Get(type);
        using var carrier = new ByteWriter();
        codec.DecodeText(System.Text.Encoding.UTF8.GetBytes(text), FormatSettings.Default, carrier);
        using var wire = new ByteWriter();
        codec.EncodeBinary(carrier.WrittenSpan, wire);
        Assert.Equal(binary.Replace(" ", ""), Convert.ToHexString(wire.WrittenSpan));
        using var back = new ByteWriter();
        codec.DecodeBinary(wire.WrittenSpan, back);
        using var printed = new ByteWriter();
        codec.EncodeText(back.WrittenSpan, FormatSettings.Default, printed);
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(printed.WrittenSpan));
    }

    [Theory]
    [InlineData(Oids.Halfvec, "0000 0000", "22000")]
    [InlineData(Oids.Halfvec, "0001 0001 3C00", "22000")]
    [InlineData(Oids.Halfvec, "0001 0000 7C00", "22000")]
    [InlineData(Oids.Halfvec, "0001 0000 7E00", "22000")]
    [InlineData(Oids.Halfvec, "0001 0000 3C00 3C00", "22P03")]
    [InlineData(Oids.Sparsevec, "00000000 00000000 00000000", "22000")]
    [InlineData(Oids.Sparsevec, "00000001 00000002 00000000", "22000")]
    [InlineData(Oids.Sparsevec, "00000001 FFFFFFFF 00000000", "22000")]
    [InlineData(Oids.Sparsevec, "00000001 00000000 00000001", "22000")]
    [InlineData(Oids.Sparsevec, "00000002 00000001 00000000 00000002 3F800000", "22000")]
    [InlineData(Oids.Sparsevec, "00000002 00000002 00000000 00000001 00000000 3F800000 3F800000", "22000")]
    [InlineData(Oids.Sparsevec, "00000002 00000001 00000000 00000001 00000000", "22000")]
    [InlineData(Oids.Sparsevec, "00000002 00000001 00000000 00000001 3F800000 00", "22P03")]
    public void A_wrong_binary_form_is_refused(uint type, string binary, string state)
    {
        using var carrier = new ByteWriter();
        Assert.Equal(state, Assert.Throws<PgException>(() => ((SpanCodec)Codecs.Get(type)).DecodeBinary(Convert.FromHexString(binary.Replace(" ", "")), carrier)).SqlState);
    }
}
