using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Messages;

public class ErrorResponseTests
{
    [Fact]
    public void Everything_an_exception_says_arrives()
    {
        var error = new PgException("23505", "duplicate key", Reach.Connection)
        {
            Severity = "PANIC",
            Detail = "d",
            Hint = "h",
            Position = 12,
            Where = "w",
            SchemaName = "s",
            TableName = "t",
            ColumnName = "c",
            DataTypeName = "y",
            ConstraintName = "n",
        };

        var fields = Frames.Read<ErrorResponse>(EveryMessage.Bytes(new ErrorResponse(error)).AsSpan(5)).Fields;

        Assert.Equal(
            new ErrorFields
            {
                Severity = "PANIC",
                InvariantSeverity = "PANIC",
                Code = "23505",
                Message = "duplicate key",
                Detail = "d",
                Hint = "h",
                Position = "12",
                Where = "w",
                SchemaName = "s",
                TableName = "t",
                ColumnName = "c",
                DataTypeName = "y",
                ConstraintName = "n",
            },
            fields);
    }

    [Fact]
    public void Fields_nobody_knows_are_ignored()
    {
        var fields = Frames.Read<NoticeResponse>("Zwhat\0Mhello\0\0"u8).Fields;
        Assert.Equal(new ErrorFields { Message = "hello" }, fields);
    }

    [Fact]
    public void A_NUL_in_a_message_does_not_tear_the_frame()
    {
        var written = EveryMessage.Bytes(new ErrorResponse(new PgException("XX000", "before\0Cafter")));
        var fields = Frames.Read<ErrorResponse>(written.AsSpan(5)).Fields;
        Assert.Equal("before", fields.Message);
        Assert.Equal("XX000", fields.Code);
    }
}
