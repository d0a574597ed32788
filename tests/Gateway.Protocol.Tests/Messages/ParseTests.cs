using System.Buffers;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Messages;

public class ParseTests
{
    [Fact]
    public void Its_parts_are_spans_into_the_body()
    {
        var body = EveryMessage.Bytes(new Parse("s1"u8, "SELECT $1"u8, OidList.Of(23, 0))).AsSpan(5);
        var parse = Frames.Read<Parse>(body);
        Assert.True(parse.Statement.SequenceEqual("s1"u8));
        Assert.True(parse.Sql == body.Slice(3, 9));
        Assert.Equal([23u, 0u], parse.ParameterTypes.ToArray());
    }

    [Fact]
    public void A_count_of_types_that_lies_is_refused()
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Parse>([0, 0, 0xFF, 0xFF, 0, 0, 0, 0x17]).Sql.Length);
        Assert.Equal("insufficient data left in message", error.Message);
    }

    [Fact]
    public void A_NUL_inside_the_text_is_refused()
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Query>("SELECT\0 1\0"u8).Sql.Length);
        Assert.Equal("invalid message format", error.Message);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Query>([(byte)'\'', 0xE9, (byte)'\'', 0]).Sql.Length);
        Assert.Equal(SqlStates.CharacterNotInRepertoire, error.SqlState);
    }

    [Fact]
    public void Reading_a_pipeline_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(new Parse("s"u8, "SELECT $1, 'é'"u8, OidList.Of(23)));
        output.Write(new Bind("p"u8, "s"u8, FormatList.Of(Format.Binary), WireValues.Of([0, 0, 0, 7], null), FormatList.Of(Format.Binary)));
        output.Write(new Describe(Target.Portal, "p"u8));
        output.Write(new Execute("p"u8, 10));
        output.Write(new Close(Target.Statement, "s"u8));
        output.Write(new Sync());
        output.Write(new Query("SELECT 1"u8));
        using var scratch = new ByteWriter();
        var whole = new ReadOnlySequence<byte>(output.WrittenMemory);
        var split = Wire.Pieces.Of(output.WrittenSpan[..20].ToArray(), output.WrittenSpan[20..50].ToArray(), output.WrittenSpan[50..].ToArray());

        var expected = ReadAll(whole, scratch) + ReadAll(split, scratch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var actual = ReadAll(whole, scratch) + ReadAll(split, scratch);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(expected, actual);
        Assert.Equal(14, actual);
    }

    private static int ReadAll(ReadOnlySequence<byte> stream, ByteWriter scratch)
    {
        var messages = 0;
        while (Frames.TryRead(ref stream, 1000, out var frame))
        {
            var body = frame.Span(scratch);
            switch (frame.Code)
            {
                case FrontendCode.Parse: messages += Frames.Read<Parse>(body).ParameterTypes[0] == 23 ? 1 : 0; break;
                case FrontendCode.Bind:
                    foreach (var value in Frames.Read<Bind>(body).Parameters) messages += value.IsNull ? 1 : 0;
                    break;
                case FrontendCode.Describe: messages += Frames.Read<Describe>(body).Target == Target.Portal ? 1 : 0; break;
                case FrontendCode.Execute: messages += Frames.Read<Execute>(body).MaxRows == 10 ? 1 : 0; break;
                case FrontendCode.Close: messages += Frames.Read<Close>(body).Name.Length; break;
                case FrontendCode.Sync: Frames.Read<Sync>(body); messages++; break;
                case FrontendCode.Query: messages += Frames.Read<Query>(body).Sql.Length / 8; break;
            }
        }
        return messages;
    }
}
