using System.Buffers.Binary;
using System.Text;
using Gateway.Protocol.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Node.Tests.Sessions;

/// <summary>Vectors over the wire, as pgvector's client libraries send and read them.</summary>
public sealed class VectorTests
{
    [Fact]
    public async Task Npgsql_finds_the_type_in_the_catalog_and_sends_its_text()
    {
        await using var node = await TestNode.Start();
        await using var connection = new NpgsqlConnection(node.ConnectionString().Replace("Server Compatibility Mode=NoTypeLoading;", ""));
        await connection.OpenAsync();
        Assert.Equal(9000u, await Scalar(connection, "SELECT oid FROM pg_type WHERE typname = 'vector'"));
        Assert.Equal(9000u, await Scalar(connection, "SELECT to_regtype('vector')::oid"));
        await Scalar(connection, "CREATE EXTENSION IF NOT EXISTS vector");
        await Scalar(connection, "SET hnsw.ef_search = 100");
        await Scalar(connection, "CREATE TABLE items (id bigserial PRIMARY KEY, embedding vector(3))");
        await Scalar(connection, "CREATE INDEX ON items USING hnsw (embedding vector_l2_ops)");
        foreach (var text in (string[])["[1,1,1]", "[2,2,2.5]", "[1,1,2]"])
            await Scalar(connection, "INSERT INTO items (embedding) VALUES ($1)", text);
        await using var nearest = new NpgsqlCommand("SELECT embedding, embedding <-> $1 FROM items ORDER BY embedding <-> $1 LIMIT 2", connection) { UnknownResultTypeList = [true, false] };
        nearest.Parameters.Add(new NpgsqlParameter { Value = "[1,1,1]", NpgsqlDbType = NpgsqlDbType.Unknown });
        await using (var reader = await nearest.ExecuteReaderAsync())
        {
            Assert.Equal("vector", reader.GetDataTypeName(0).Replace("public.", ""));
            Assert.True(await reader.ReadAsync());
            Assert.Equal(("[1,1,1]", 0.0), (reader.GetString(0), reader.GetDouble(1)));
            Assert.True(await reader.ReadAsync());
            Assert.Equal(("[1,1,2]", 1.0), (reader.GetString(0), reader.GetDouble(1)));
            Assert.False(await reader.ReadAsync());
        }

        var error = await Assert.ThrowsAsync<PostgresException>(() => Scalar(connection, "INSERT INTO items (embedding) VALUES ($1)", "[1,2]"));
        Assert.Equal(("22000", "expected 3 dimensions, not 2"), (error.SqlState, error.MessageText));
        error = await Assert.ThrowsAsync<PostgresException>(() => Scalar(connection, "SELECT $1::vector", "[1,"));
        Assert.Equal(("22P02", "invalid input syntax for type vector: \"[1,\""), (error.SqlState, error.MessageText));
    }

    [Fact]
    public async Task A_vector_goes_to_and_fro_in_binary_form()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        byte[] vector = [0, 3, 0, 0, 0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0, 0, 0, 0, 0];
        await client.Send(Ask("SELECT $1 + '[0,0.5,0]', ARRAY[$1]", vector));
        var answers = await client.ReadUntilReady();
        var row = Assert.Single(answers, answer => answer.Code == BackendCode.DataRow).Body;
        Assert.Equal([0, 2, 0, 0, 0, 16, 0, 3, 0, 0, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0], row[..22]);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x23, 0x28, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 16, .. vector], row[26..]);

        await client.Send(Ask("SELECT $1", [0, 1, 0, 0, 0x7F, 0xC0, 0, 0]));
        Assert.Equal("22000", Assert.Single(await client.ReadUntilReady(), answer => answer.SqlState is not null).SqlState);
        await client.Send(Ask("SELECT $1", [0, 2, 0, 0, 0x3F, 0x80, 0, 0]));
        Assert.Equal("08P01", Assert.Single(await client.ReadUntilReady(), answer => answer.SqlState is not null).SqlState);
        await node.IsWell();
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, string? value = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null) command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown });
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Parse with one parameter of type 9000, Bind and results in binary form, Execute, Sync.</summary>
    private static byte[] Ask(string sql, byte[] value) =>
    [
        .. Message('P', [0, .. Encoding.UTF8.GetBytes(sql), 0, 0, 1, 0, 0, 0x23, 0x28]),
        .. Message('B', [0, 0, 0, 1, 0, 1, 0, 1, .. Int32(value.Length), .. value, 0, 1, 0, 1]),
        .. Message('E', [0, 0, 0, 0, 0]),
        .. Message('S', []),
    ];

    private static byte[] Message(char code, byte[] body) => [(byte)code, .. Int32(body.Length + 4), .. body];

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
