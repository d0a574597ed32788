using System.Buffers;
using System.Buffers.Binary;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Tests.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Wire;

public class FramesTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    [InlineData(1_000_005)]
    [InlineData(int.MaxValue)]
    public void A_hostile_length_is_refused_before_its_body_arrives(int length)
    {
        var header = new byte[] { (byte)'Q', 0, 0, 0, 0 };
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), length);
        var buffer = new ReadOnlySequence<byte>(header);

        var error = Assert.Throws<PgException>(() => Frames.TryRead(ref buffer, 1_000_000, out _));

        Assert.Equal(SqlStates.ProtocolViolation, error.SqlState);
        Assert.Equal(Reach.Connection, error.Reach);
        Assert.Equal($"invalid message length {length}", error.Message);
        Assert.Equal(5, buffer.Length);
    }

    [Fact]
    public void The_largest_length_allowed_is_waited_for()
    {
        var buffer = new ReadOnlySequence<byte>([(byte)'Q', 0, 0, 0, 14]);
        Assert.False(Frames.TryRead(ref buffer, 10, out _));
    }

    [Fact]
    public void Messages_are_taken_one_by_one()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(new Parse(""u8, "SELECT 1"u8));
        output.Write(new Sync());
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);

        Assert.True(Frames.TryRead(ref buffer, 100, out var parse));
        Assert.Equal(FrontendCode.Parse, parse.Code);
        Assert.True(Frames.TryRead(ref buffer, 100, out var sync));
        Assert.Equal(FrontendCode.Sync, sync.Code);
        Assert.False(Frames.TryRead(ref buffer, 100, out _));
    }

    [Fact]
    public void A_body_in_one_segment_is_not_copied()
    {
        var bytes = EveryMessage.Bytes(new Query("SELECT 1"u8));
        var buffer = new ReadOnlySequence<byte>(bytes);
        using var scratch = new ByteWriter();

        Frames.TryRead(ref buffer, 100, out var frame);

        Assert.True(frame.Span(scratch) == bytes.AsSpan(5));
        Assert.Equal(0, scratch.Length);
    }

    [Fact]
    public void Bytes_behind_a_message_are_an_error()
    {
        var error = Assert.Throws<PgException>(() => Frames.Read<Sync>([0]));
        Assert.Equal("invalid message format", error.Message);
        Assert.Equal(Reach.Statement, error.Reach);
    }

    [Fact]
    public void Random_bytes_never_throw_anything_but_PgException()
    {
        var random = new Random(20240229);
        var visitors = Samples.All.Values.Select(s => s.Visit).ToArray();
        var fuzz = new Fuzz();
        for (var i = 0; i < 20_000; i++)
        {
            // Small values are likely: lengths and counts that almost fit get further than noise does.
            fuzz.Body = new byte[random.Next(64)];
            for (var at = 0; at < fuzz.Body.Length; at++)
                fuzz.Body[at] = random.Next(3) switch { 0 => 0, 1 => (byte)random.Next(8), _ => (byte)random.Next(256) };
            visitors[random.Next(visitors.Length)](fuzz);
        }
        Assert.InRange(fuzz.Refused, 1000, 20_000);
    }

    private sealed class Fuzz : IVisitor
    {
        public byte[] Body { get; set; } = [];

        public int Refused { get; private set; }

        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            try
            {
                var stream = new ReadOnlySequence<byte>(Body);
                while (Frames.TryRead(ref stream, 1000, out _)) { }
            }
            catch (PgException) { }
            try
            {
                // What can be read can be written again.
                EveryMessage.Bytes(Frames.Read<T>(Body));
            }
            catch (PgException)
            {
                Refused++;
            }
        }
    }
}
