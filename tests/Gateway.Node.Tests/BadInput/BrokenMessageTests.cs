using Gateway.Protocol.Messages;
using Npgsql;

namespace Gateway.Node.Tests.BadInput;

public class BrokenMessageTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task A_hostile_length_ends_the_session_before_its_bytes_are_waited_for(int length)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send([(byte)'Q', .. BigEndian(length)]);
        Assert.Equal("08P01", await client.ReadToEnd());
        await node.IsWell();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10_005)]
    [InlineData(int.MaxValue)]
    public async Task A_hostile_length_of_the_startup_packet_is_refused(int length)
    {
        await using var node = await TestNode.Start();
        using var client = RawClient.Connect(node.Port);
        await client.Send(BigEndian(length));
        Assert.Equal("08P01", await client.ReadToEnd());
        await node.IsWell();
    }

    [Fact]
    public async Task A_client_may_leave_in_the_middle_of_any_message()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        byte[] whole = [.. RawClient.Startup(), .. RawClient.Extended("SELECT 1"), .. RawClient.Bytes(new Sync()), .. RawClient.Query("SELECT 2")];
        for (var length = 0; length < whole.Length; length++)
        {
            using var client = RawClient.Connect(node.Port);
            await client.Send(whole[..length]);
            if (length % 2 == 0) client.Reset();
        }

        await node.IsWell();
    }

    [Theory]
    [InlineData('?')]
    [InlineData('R')]
    [InlineData('\0')]
    [InlineData('p')]
    public async Task An_unknown_message_ends_the_session(char code)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send([(byte)code, .. BigEndian(4)]);
        Assert.Equal("08P01", await client.ReadToEnd());
        await node.IsWell();
    }

    [Fact]
    public async Task A_message_before_the_startup_packet_is_not_served()
    {
        await using var node = await TestNode.Start();
        using var client = RawClient.Connect(node.Port);
        await client.Send(RawClient.Query("SELECT 1"));
        Assert.Equal("08P01", await client.ReadToEnd());
    }

    [Fact]
    public async Task A_second_startup_packet_ends_the_session()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Startup());
        Assert.Equal("08P01", await client.ReadToEnd());
    }

    [Fact]
    public async Task Copy_data_without_a_copy_is_ignored()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send([(byte)'d', .. BigEndian(7), 1, 2, 3, (byte)'c', .. BigEndian(4)]);
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_message_with_bytes_left_over_fails_alone()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send([(byte)'Q', .. BigEndian(4 + 5), .. "a\0b\0c"u8]);
        Assert.Contains("08P01", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    public async Task Text_that_is_not_UTF8_fails_alone(byte[] text)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        byte[] sql = [.. "SELECT '"u8, .. text, .. "'"u8];
        await client.Send(RawClient.Bytes(new Query(sql)));
        Assert.Contains("22021", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        await client.Send([.. RawClient.Bytes(new Parse([], sql)), .. RawClient.Bytes(new Sync())]);
        Assert.Contains("22021", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        await client.Send(
        [
            .. RawClient.Bytes(new Parse([], "SELECT $1::text"u8)),
            .. RawClient.Bytes(new Bind([], [], default, WireValues.Of(text))),
            .. RawClient.Bytes(new Execute([])),
            .. RawClient.Bytes(new Sync()),
        ]);
        Assert.Contains("22021", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_zero_byte_in_a_parameter_is_refused()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send(
        [
            .. RawClient.Bytes(new Parse([], "SELECT $1::text"u8)),
            .. RawClient.Bytes(new Bind([], [], default, WireValues.Of([(byte)'a', 0, (byte)'b']))),
            .. RawClient.Bytes(new Execute([])),
            .. RawClient.Bytes(new Sync()),
        ]);
        Assert.Contains("22021", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("NOT ", "")]
    [InlineData("CASE WHEN true THEN ", " END")]
    [InlineData("(SELECT ", ")")]
    public async Task Deep_nesting_is_an_error_and_not_the_end(string open, string close)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        var deep = string.Concat(Enumerable.Repeat(open == "-" ? "- " : open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));
        Assert.NotNull(await client.Run("SELECT " + deep));
        await client.Send([.. RawClient.Extended("SELECT " + deep), .. RawClient.Bytes(new Sync())]);
        Assert.Contains((await client.ReadUntilReady()).Select(answer => answer.SqlState), state => state is not null);
        Assert.Null(await client.Run("SELECT 1"));
        await node.IsWell();
    }

    [Fact]
    public async Task A_large_message_arrives()
    {
        await using var node = await TestNode.Start();
        await using var connection = new NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT length($1)", connection) { Parameters = { new() { Value = new string('x', 32 << 20) } } };
        Assert.Equal(32 << 20, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_message_above_the_limit_is_refused()
    {
        await using var node = await TestNode.Start("gateway.max-message-size = 64 KiB");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SELECT '" + new string('x', 60_000) + "'"));
        await client.Send([(byte)'Q', .. BigEndian(4 + 70_000)]);
        Assert.Equal("08P01", await client.ReadToEnd());
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
