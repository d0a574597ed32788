using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Tests.Wire;

public class SpanWriterTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("abc", 4)]
    [InlineData("é€😀", 10)]
    [InlineData("ab\0cd", 3)]
    public void A_string_takes_as_many_bytes_as_announced_and_ends_at_its_first_NUL(string text, int size)
    {
        var target = new byte[16];
        var writer = new SpanWriter(target.AsSpan(0, size));
        writer.CString(text);
        Assert.True(writer.IsFull);
        Assert.Equal(size, SpanWriter.SizeOf(text));
        Assert.Equal(size - 1, Array.IndexOf(target, (byte)0));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_the_replacement_character()
    {
        var target = new byte[4];
        var writer = new SpanWriter(target);
        writer.CString("\ud800");
        Assert.True(writer.IsFull);
        Assert.Equal([0xEF, 0xBF, 0xBD, 0], target);
        Assert.Equal(4, SpanWriter.SizeOf("\ud800"));
    }

    [Fact]
    public void A_count_that_does_not_fit_is_not_cut_short()
    {
        Assert.Throws<OverflowException>(() => new SpanWriter(new byte[2]).Count(65536));
    }
}
