using System.Buffers;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Tests.Wire;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Messages;

public class EveryMessage
{
    public static TheoryData<string> Names => Samples.Names;

    [Theory, MemberData(nameof(Names))]
    public void Is_written_as_the_documentation_lays_it_out(string name)
    {
        var visitor = new Writing();
        Samples.All[name].Visit(visitor);
        Assert.Equal(Samples.All[name].Wire, Encoding.Latin1.GetString(visitor.Written));
    }

    [Theory, MemberData(nameof(Names))]
    public void Is_read_back_as_it_was_written(string name) => Samples.All[name].Visit(new ReadingBack());

    [Theory, MemberData(nameof(Names))]
    public void A_message_may_arrive_in_any_two_pieces(string name) => Samples.All[name].Visit(new Cutting());

    [Theory, MemberData(nameof(Names))]
    public void A_truncated_body_is_a_protocol_violation_or_a_shorter_message(string name) =>
        Samples.All[name].Visit(new Truncating());

    [Theory, MemberData(nameof(Names))]
    public void A_body_with_any_byte_changed_is_refused_politely_or_read(string name) => Samples.All[name].Visit(new Changing());

    [Theory, MemberData(nameof(Names))]
    public void Writing_allocates_nothing(string name) => Samples.All[name].Visit(new Measuring());

    [Fact]
    public void Has_a_sample()
    {
        var messages = typeof(IMessage).Assembly.GetTypes()
            .Where(t => t.IsValueType && typeof(IMessage).IsAssignableFrom(t)).Select(t => t.Name);
        var sampled = Samples.All.Keys.Select(k => k.Split(',')[0]).ToHashSet();
        Assert.Empty(messages.Except(sampled));
    }

    internal static byte[] Bytes<T>(T message) where T : struct, IMessage, allows ref struct
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(message);
        return output.WrittenSpan.ToArray();
    }

    private sealed class Writing : IVisitor
    {
        public byte[] Written { get; private set; } = [];

        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct => Written = Bytes(message);
    }

    private sealed class ReadingBack : IVisitor
    {
        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            var written = Bytes(message);
            Assert.Equal(written, Bytes(Frames.Read<T>(written.AsSpan(5))));
        }
    }

    private sealed class Cutting : IVisitor
    {
        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            var written = Bytes(message);
            using var scratch = new ByteWriter();
            for (var cut = 0; cut <= written.Length; cut++)
            {
                var first = new ReadOnlySequence<byte>(written, 0, cut);
                Assert.Equal(cut == written.Length, Frames.TryRead(ref first, 1000, out _));
                Assert.Equal(cut == written.Length ? 0 : cut, first.Length);

                var both = Pieces.Of(written[..cut], written[cut..]);
                Assert.True(Frames.TryRead(ref both, 1000, out var frame));
                Assert.Equal(0, both.Length);
                Assert.Equal(T.Code, frame.Code);
                Assert.Equal(written, Bytes(Frames.Read<T>(frame.Span(scratch))));
                Assert.Equal(written, Bytes(Frames.Read<T>(frame.Span())));
            }
        }
    }

    private sealed class Truncating : IVisitor
    {
        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            var body = Bytes(message)[5..];
            for (var length = 0; length < body.Length; length++)
            {
                try
                {
                    // Only what runs to the end of its message can be whole again: then it says the same, shorter.
                    Assert.Equal(body[..length], Bytes(Frames.Read<T>(body.AsSpan(0, length)))[5..]);
                }
                catch (PgException e)
                {
                    Assert.Equal(SqlStates.ProtocolViolation, e.SqlState);
                }
            }
        }
    }

    private sealed class Changing : IVisitor
    {
        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            var body = Bytes(message)[5..];
            for (var at = 0; at < body.Length; at++)
                for (var value = 0; value < 256; value++)
                {
                    var changed = body.ToArray();
                    changed[at] = (byte)value;
                    try
                    {
                        Frames.Read<T>(changed);
                    }
                    catch (PgException e)
                    {
                        Assert.Contains(e.SqlState, (string[])["08P01", "22021", "22023"]);
                        Assert.Equal(Reach.Statement, e.Reach);
                    }
                }
        }
    }

    private sealed class Measuring : IVisitor
    {
        public void Visit<T>(T message) where T : struct, IMessage, IReadable<T>, allows ref struct
        {
            var output = new ArrayBufferWriter<byte>(4096);
            output.Write(message);

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++) output.Write(message);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
