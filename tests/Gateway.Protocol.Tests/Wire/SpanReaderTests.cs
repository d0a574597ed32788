using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Wire;

public class SpanReaderTests
{
    [Fact]
    public void Numbers_are_big_endian()
    {
        var reader = new SpanReader([1, 0xFF, 0xFE, 0xFF, 0xFE, 0x80, 0, 0, 1, 0x80, 0, 0, 1]);
        Assert.Equal(1, reader.Byte());
        Assert.Equal(-2, reader.Int16());
        Assert.Equal(65534, reader.UInt16());
        Assert.Equal(int.MinValue + 1, reader.Int32());
        Assert.Equal(0x80000001u, reader.UInt32());
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void More_bytes_than_there_are_cannot_be_read(int count)
    {
        var error = Assert.Throws<PgException>(() => new SpanReader([1, 2, 3]).Bytes(count).Length);
        Assert.Equal(SqlStates.ProtocolViolation, error.SqlState);
        Assert.Equal("insufficient data left in message", error.Message);
    }

    [Fact]
    public void A_string_needs_its_terminator()
    {
        var error = Assert.Throws<PgException>(() => new SpanReader("abc"u8).CString().Length);
        Assert.Equal("invalid string in message", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, "0xff")]
    [InlineData(new byte[] { (byte)'a', 0xC3, 0x28 }, "0xc3 0x28")]
    [InlineData(new byte[] { 0xE2, 0x82 }, "0xe2 0x82")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "0xed 0xa0 0x80")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "0xc0 0x80")]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, "0xf4 0x90 0x80 0x80")]
    [InlineData(new byte[] { 0xC3, 0xA9, 0x80, 0x80 }, "0x80")]
    public void Text_that_is_not_UTF8_is_refused_with_its_bytes(byte[] text, string shown)
    {
        var error = Assert.Throws<PgException>(() => new SpanReader([.. text, 0]).Utf8().Length);
        Assert.Equal(SqlStates.CharacterNotInRepertoire, error.SqlState);
        Assert.Equal($"invalid byte sequence for encoding \"UTF8\": {shown}", error.Message);
        Assert.Equal(Reach.Statement, error.Reach);
    }

    [Fact]
    public void A_count_that_lies_is_refused_before_anything_is_allocated()
    {
        var error = Assert.Throws<PgException>(() => new SpanReader([0xFF, 0xFF, 0, 0, 0, 0]).Count(4));
        Assert.Equal("insufficient data left in message", error.Message);
    }
}
