using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Tests.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Startup;

public class StartupPacketTests
{
    private static readonly StartupMessage Alice = new(ProtocolVersion.V3_0, [new("user", "alice"), new("database", "shop")]);

    public static TheoryData<string> Packets => [.. Samples.Keys];

    private static Dictionary<string, (string Wire, StartupPacket Packet)> Samples { get; } = new()
    {
        ["SSLRequest"] = ("\0\0\0\u0008\u0004\u00D2\u0016\u002F", new SslRequest()),
        ["GSSENCRequest"] = ("\0\0\0\u0008\u0004\u00D2\u0016\u0030", new GssEncRequest()),
        ["CancelRequest, 3.0"] = (
            "\0\0\0\u0010\u0004\u00D2\u0016\u002E\0\0\0\u0007key!", new CancelRequest(7, "key!"u8.ToArray())),
        ["CancelRequest, 3.2"] = (
            "\0\0\0\u002C\u0004\u00D2\u0016\u002E\0\0\0\u0007" + new string('k', 32),
            new CancelRequest(7, Encoding.ASCII.GetBytes(new string('k', 32)))),
        ["StartupMessage"] = ("\0\0\0\u0022\0\u0003\0\0user\0alice\0database\0shop\0\0", Alice),
    };

    [Theory, MemberData(nameof(Packets))]
    public void Packets_are_written_as_the_documentation_lays_them_out(string name) =>
        Assert.Equal(Samples[name].Wire, Encoding.Latin1.GetString(Bytes(Samples[name].Packet)));

    [Theory, MemberData(nameof(Packets))]
    public void A_packet_may_arrive_in_any_two_pieces(string name)
    {
        var (wire, packet) = Samples[name];
        var bytes = Encoding.Latin1.GetBytes(wire);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var first = new ReadOnlySequence<byte>(bytes, 0, cut);
            Assert.Equal(cut == bytes.Length, StartupPacket.TryRead(ref first, out _));
            Assert.Equal(cut == bytes.Length ? 0 : cut, first.Length);

            var both = Pieces.Of(bytes[..cut], bytes[cut..]);
            Assert.True(StartupPacket.TryRead(ref both, out var read));
            Assert.Equal(0, both.Length);
            Assert.Equal(packet.GetType(), read.GetType());
            Assert.Equal(bytes, Bytes(read));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10_005)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(0x47455420)]   // "GET "
    [InlineData(0x16030100)]   // a TLS ClientHello nobody asked for
    public void A_hostile_length_is_refused_before_the_body_arrives(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        var buffer = new ReadOnlySequence<byte>(bytes);
        AssertFatal("08P01", "invalid length of startup packet", () => StartupPacket.TryRead(ref buffer, out _));
        Assert.Equal(4, buffer.Length);
    }

    [Fact]
    public void The_longest_packet_allowed_is_read()
    {
        var message = new StartupMessage(ProtocolVersion.V3_0, [new("user", new string('u', StartupPacket.MaxBody - 4 - 5 - 1 - 1))]);
        Assert.Equal(StartupPacket.MaxBody, message.BodyLength);
        Assert.Equal(message.User, Assert.IsType<StartupMessage>(Read(message)).User);
    }

    [Theory]
    [InlineData(2, 0, "2.0")]
    [InlineData(4, 0, "4.0")]
    [InlineData(1, 0, "1.0")]
    [InlineData(1234, 5681, "1234.5681")]
    [InlineData(0xFFFF, 0xFFFF, "65535.65535")]
    public void Other_major_versions_are_refused(int major, int minor, string shown) =>
        AssertFatal(
            "0A000", $"unsupported frontend protocol {shown}: server supports 3.0 to 3.2",
            () => Read(Alice with { Version = new(major, minor) }));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(9999, 2)]
    public void Newer_minor_versions_are_negotiated_down(int asked, int spoken)
    {
        var message = Assert.IsType<StartupMessage>(Read(Alice with { Version = new(3, asked) }));
        Assert.Equal(new ProtocolVersion(3, spoken), message.SpokenVersion);
        Assert.Equal(spoken >= 2, message.SpokenVersion.HasLongKeys);
        Assert.Equal(asked > 2, message.Negotiation is not null);
        if (message.Negotiation is { } reply) Assert.Equal(ProtocolVersion.V3_2, reply.Version);
    }

    [Fact]
    public void Protocol_options_nobody_knows_are_named_in_the_negotiation()
    {
        var message = new StartupMessage(ProtocolVersion.V3_0, [new("user", "u"), new("_pq_.a", "1"), new("_pq_.b", "")]);
        var reply = Assert.IsType<StartupMessage>(Read(message)).Negotiation;
        Assert.NotNull(reply);
        Assert.Equal(ProtocolVersion.V3_0, reply.Value.Version);
        Assert.Equal(["_pq_.a", "_pq_.b"], reply.Value.UnrecognizedOptions);
    }

    [Fact]
    public void The_database_is_the_users_when_the_client_does_not_say()
    {
        Assert.Equal("shop", Alice.Database);
        Assert.Equal("bob", new StartupMessage(ProtocolVersion.V3_0, [new("user", "bob")]).Database);
        Assert.Equal("bob", new StartupMessage(ProtocolVersion.V3_0, [new("user", "bob"), new("database", "")]).Database);
    }

    [Fact]
    public void Settings_are_what_is_not_about_the_connection_itself()
    {
        var message = new StartupMessage(
            ProtocolVersion.V3_0,
            [
                new("user", "u"), new("database", "d"), new("options", "-c a=b"), new("replication", "false"),
                new("_pq_.x", ""), new("application_name", "psql"), new("client_encoding", "UTF8"),
            ]);
        Assert.Equal(["application_name", "client_encoding"], message.Settings.Select(s => s.Key));
        Assert.Equal("-c a=b", message.Options);
        Assert.Equal("false", message.Replication);
    }

    [Fact]
    public void When_a_name_comes_twice_the_later_value_counts() =>
        Assert.Equal("b", new StartupMessage(ProtocolVersion.V3_0, [new("user", "a"), new("user", "b")]).User);

    [Theory]
    [InlineData("")]
    [InlineData("database\0shop\0")]
    [InlineData("user\0\0")]
    public void A_missing_user_is_refused(string parameters) =>
        AssertFatal(
            "28000", "no PostgreSQL user name specified in startup packet",
            () => StartupPacket.Read(Encoding.Latin1.GetBytes($"\0\u0003\0\0{parameters}\0")));

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("user\0")]
    [InlineData("user\0alice")]
    [InlineData("user\0alice\0")]
    [InlineData("user\0alice\0database")]
    [InlineData("user\0alice\0database\0")]
    [InlineData("user\0alice\0\0more")]
    [InlineData("user\0alice\0\0\0")]
    public void A_layout_that_does_not_end_at_its_terminator_is_refused(string parameters) =>
        AssertFatal(
            "08P01", "invalid startup packet layout: expected terminator as last byte",
            () => StartupPacket.Read(Encoding.Latin1.GetBytes($"\0\u0003\0\0{parameters}")));

    [Fact]
    public void A_user_that_is_not_UTF8_is_refused() =>
        AssertFatal(
            "22021", "invalid byte sequence for encoding \"UTF8\": 0xff",
            () => StartupPacket.Read([0, 3, 0, 0, .. "user\0"u8, 0xFF, 0, 0]));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(257)]
    public void A_cancel_key_of_no_known_length_is_refused(int length) =>
        AssertFatal(
            "08P01", "invalid length of cancel request packet",
            () => Read(new CancelRequest(1, new byte[length])));

    [Theory]
    [InlineData(SslRequest.RequestCode)]
    [InlineData(GssEncRequest.RequestCode)]
    public void A_request_for_encryption_carries_nothing_else(int code)
    {
        var body = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(body, code);
        AssertFatal("08P01", "invalid length of startup packet", () => StartupPacket.Read(body));
    }

    [Fact]
    public void A_cancel_key_is_never_printed() =>
        Assert.DoesNotContain("115", new CancelRequest(1, "secret"u8.ToArray()).ToString());

    [Fact]
    public void What_follows_a_packet_stays_in_the_buffer()
    {
        var buffer = new ReadOnlySequence<byte>([.. Bytes(new SslRequest()), 0x16]);
        Assert.True(StartupPacket.TryRead(ref buffer, out var packet));
        Assert.IsType<SslRequest>(packet);
        Assert.Equal(1, buffer.Length);
    }

    [Fact]
    public void Random_bytes_never_throw_anything_but_PgException()
    {
        var random = new Random(3);
        int[] codes = [SslRequest.RequestCode, GssEncRequest.RequestCode, CancelRequest.RequestCode, 0x30000, 0x30002, 0x20000];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[8 + random.Next(40)];
            random.NextBytes(bytes);
            for (var at = 8; at < bytes.Length; at++)
                if (random.Next(4) == 0) bytes[at] = 0;
            BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - random.Next(3));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), codes[random.Next(codes.Length)]);
            var buffer = new ReadOnlySequence<byte>(bytes);
            try
            {
                if (StartupPacket.TryRead(ref buffer, out var packet)) Bytes(packet);
            }
            catch (PgException e)
            {
                Assert.Equal(Reach.Connection, e.Reach);
            }
        }
    }

    private static byte[] Bytes(StartupPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        packet.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static StartupPacket Read(StartupPacket packet)
    {
        var buffer = new ReadOnlySequence<byte>(Bytes(packet));
        Assert.True(StartupPacket.TryRead(ref buffer, out var read));
        return read;
    }

    private static void AssertFatal(string sqlState, string message, Action act)
    {
        var error = Assert.Throws<PgException>(act);
        Assert.Equal((sqlState, message, "FATAL"), (error.SqlState, error.Message, error.Severity));
        Assert.Equal(Reach.Connection, error.Reach);
    }
}
