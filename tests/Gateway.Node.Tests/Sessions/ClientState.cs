using System.Text;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

/// <summary>What a session can be in the middle of when its client goes. None of them has committed its row of <c>ghosts</c>.</summary>
internal sealed record ClientState(string Name, Func<RawClient, Task> Reach)
{
    public const string Table = "CREATE TABLE ghosts (a int)";

    /// <summary>More than the buffers of a node and the sockets on the way hold.</summary>
    private const string Wide = "SELECT repeat('x', 1000) FROM generate_series(1, 1000000)";

    public static IReadOnlyList<ClientState> All { get; } =
    [
        new("idle in transaction", InTransaction),
        new("in a transaction that has failed", async client =>
        {
            await InTransaction(client);
            Assert.Equal("22012", await client.Run("SELECT 1 / 0"));
        }),
        new("running", async client =>
        {
            await InTransaction(client);
            await client.Send(RawClient.Query("SELECT pg_sleep(60)"));
        }),
        new("not reading a result", async client =>
        {
            await InTransaction(client);
            await client.Send(RawClient.Query(Wide));
        }),
        new("not reading a COPY TO STDOUT", async client =>
        {
            await InTransaction(client);
            await client.Send(RawClient.Query($"COPY ({Wide}) TO STDOUT"));
        }),
        new("in a COPY FROM STDIN", async client =>
        {
            await client.Send(RawClient.Query("COPY ghosts FROM STDIN"));
            Assert.Equal('G', (await client.Read())!.Value.Letter);
            await client.Send(RawClient.Bytes(new CopyData(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n}\n"))))));
        }),
        new("at the start of a COPY FROM STDIN in a transaction", async client =>
        {
            await InTransaction(client);
            await client.Send(RawClient.Query("COPY ghosts FROM STDIN"));
            Assert.Equal('G', (await client.Read())!.Value.Letter);
        }),
        new("with a suspended portal", async client =>
        {
            await InTransaction(client);
            await Suspend(client, "SELECT g FROM generate_series(1, 1000000) g");
        }),
        new("with a suspended portal that writes", client =>
            Suspend(client, "INSERT INTO ghosts SELECT g FROM generate_series(1, 1000) g RETURNING a")),
        new("with an open cursor", async client =>
        {
            await InTransaction(client);
            Assert.Null(await client.Run("DECLARE c CURSOR FOR SELECT g FROM generate_series(1, 1000000) g; FETCH 3 FROM c"));
        }),
        new("listening in a transaction", async client =>
        {
            Assert.Null(await client.Run("LISTEN ghosts"));
            await InTransaction(client);
        }),
        new("with a temporary table", async client =>
        {
            Assert.Null(await client.Run("CREATE TEMPORARY TABLE mine (a int)"));
            await InTransaction(client);
        }),
    ];

    public static ClientState Named(string name) => All.Single(state => state.Name == name);

    private static async Task InTransaction(RawClient client)
    {
        Assert.Null(await client.Run("BEGIN"));
        Assert.Null(await client.Run("INSERT INTO ghosts VALUES (1)"));
    }

    private static async Task Suspend(RawClient client, string sql)
    {
        await client.Send(
        [
            .. RawClient.Bytes(new Parse([], Encoding.UTF8.GetBytes(sql))), .. RawClient.Bytes(new Bind([], [])),
            .. RawClient.Bytes(new Execute([], 1)), .. RawClient.Bytes(new Flush()),
        ]);
        while (await client.Read() is { } answer)
        {
            if (answer.SqlState is { } state) throw new InvalidOperationException(state);
            if (answer.Letter == 's') return;
        }

        throw new InvalidOperationException("the connection was closed");
    }
}

internal enum Way
{
    Close,
    HalfClose,
    Reset,
}

internal static class Ways
{
    public static Way[] All { get; } = Enum.GetValues<Way>();

    public static void Go(this RawClient client, Way way)
    {
        switch (way)
        {
            case Way.Close: client.Dispose(); break;
            case Way.HalfClose: client.HalfClose(); break;
            default: client.Reset(); break;
        }
    }
}
