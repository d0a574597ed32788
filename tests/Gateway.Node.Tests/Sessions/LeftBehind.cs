namespace Gateway.Node.Tests.Sessions;

/// <summary>What sessions have left in a node, which is to be nothing once they are gone.</summary>
internal static class LeftBehind
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>No connection is lent or waited for.</summary>
    public static Task EveryLeaseIsBack(this GatewayNode node) => Eventually(async () =>
    {
        var pools = await node.Pools();
        return pools.All(pool => pool is { Busy: 0, Waiting: 0, Opening: 0 })
            ? null
            : string.Join("; ", pools.Select(pool => $"{pool.Instance}: {pool.Busy} busy, {pool.Waiting} waiting, {pool.Opening} opening"));
    });

    /// <summary>No session holds a byte.</summary>
    public static Task NoBufferIsHeld(this GatewayNode node) =>
        Eventually(() => Task.FromResult(node.Buffers.Used == 0 ? null : $"{node.Buffers.Used} bytes are held"));

    /// <param name="wrong">What is not as it should be, or null.</param>
    public static async Task Eventually(Func<Task<string?>> wrong)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (await wrong() is { } what)
        {
            Assert.True(Environment.TickCount64 < deadline, what);
            await Task.Delay(20);
        }
    }
}
