using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Messages;

public class BindTests
{
    [Fact]
    public void No_format_means_text_for_all() => Assert.Equal(Format.Text, default(FormatList)[7]);

    [Fact]
    public void One_format_is_for_all() => Assert.Equal(Format.Binary, FormatList.Of(Format.Binary)[7]);

    [Fact]
    public void Several_formats_are_for_one_each()
    {
        var formats = FormatList.Of(Format.Text, Format.Binary);
        Assert.Equal(Format.Text, formats[0]);
        Assert.Equal(Format.Binary, formats[1]);
    }

    [Fact]
    public void NULL_and_empty_are_two_things()
    {
        var body = EveryMessage.Bytes(new Bind(""u8, ""u8, default, WireValues.Of("a"u8.ToArray(), null, []))).AsSpan(5);
        var seen = new List<string>();
        foreach (var value in Frames.Read<Bind>(body).Parameters)
            seen.Add(value.IsNull ? "NULL" : $"{value.Bytes.Length} bytes");
        Assert.Equal(["1 bytes", "NULL", "0 bytes"], seen);
    }

    [Fact]
    public void All_65535_parameters_the_count_has_room_for_can_be_bound()
    {
        var body = EveryMessage.Bytes(new Bind(""u8, ""u8, default, WireValues.Of(new byte[]?[65535]))).AsSpan(5);
        Assert.Equal(65535, Frames.Read<Bind>(body).Parameters.Count);
    }

    [Fact]
    public void Formats_that_fit_no_parameters_are_refused()
    {
        var body = EveryMessage.Bytes(
            new Bind(""u8, ""u8, FormatList.Of(Format.Text, Format.Text), WireValues.Of(null, null, null)))[5..];
        var error = Assert.Throws<PgException>(() => Frames.Read<Bind>(body).Portal.Length);
        Assert.Equal(SqlStates.ProtocolViolation, error.SqlState);
        Assert.Equal("bind message has 2 parameter formats but 3 parameters", error.Message);
    }

    [Fact]
    public void Result_formats_are_checked_when_the_columns_are_known()
    {
        new Bind(""u8, ""u8, resultFormats: FormatList.Of(Format.Binary)).RequireColumns(3);
        new Bind(""u8, ""u8).RequireColumns(3);
        var error = Assert.Throws<PgException>(
            () => new Bind(""u8, ""u8, resultFormats: FormatList.Of(Format.Text, Format.Text)).RequireColumns(3));
        Assert.Equal("bind message has 2 result formats but query has 3 columns", error.Message);
    }

    [Fact]
    public void A_format_nobody_knows_is_refused()
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Bind>([0, 0, 0, 1, 0, 2, 0, 0, 0, 0]).Portal.Length);
        Assert.Equal(SqlStates.InvalidParameterValue, error.SqlState);
        Assert.Equal("unsupported format code: 2", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE, 0, 0 })]   // a length of -2
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0 })]   // a length of 2 GiB
    [InlineData(new byte[] { 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0 })]         // 65535 parameters
    [InlineData(new byte[] { 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0 })]               // 65535 formats
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 9, 0, 0 })]                     // 9 result formats
    public void A_length_or_count_that_lies_is_refused(byte[] body)
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Bind>(body).Portal.Length);
        Assert.Equal("insufficient data left in message", error.Message);
    }

    [Theory]
    [InlineData('X', "invalid DESCRIBE message subtype 88")]
    public void A_Describe_of_neither_statement_nor_portal_is_refused(char target, string message)
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Describe>([(byte)target, 0]).Name.Length);
        Assert.Equal(message, error.Message);
    }
}
