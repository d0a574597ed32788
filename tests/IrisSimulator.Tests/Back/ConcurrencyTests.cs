using IrisSimulator.Provider;

namespace IrisSimulator.Tests.Back;

/// <summary>Several processes at once: nothing is lost, and who waits gets on.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private readonly string _instance = Guid.NewGuid().ToString("N");

    public void Dispose() => SimServer.Drop(_instance);

    private SimConnection Open()
    {
        var connection = new SimConnection($"Server=h;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance={_instance}");
        connection.Open();
        return connection;
    }

    private static object? Run(SimConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    [Fact]
    public async Task Money_moves_but_its_sum_stays()
    {
        using var main = Open();
        Run(main, "CREATE TABLE account (k INT PRIMARY KEY, amount INT)");
        for (var i = 0; i < 4; i++) Run(main, $"INSERT INTO account (k, amount) VALUES ({i}, 100)");
        var workers = Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            using var connection = Open();
            Run(connection, "SET OPTION LOCK_TIMEOUT = 1");
            var random = new Random(seed);
            for (var i = 0; i < 15; i++)
            {
                // Always the lower key first, so nobody waits in a circle.
                var (a, b) = (random.Next(3), 3);
                Run(connection, "START TRANSACTION");
                try
                {
                    Run(connection, $"UPDATE account SET amount = amount - 1 WHERE k = {a}");
                    Run(connection, $"UPDATE account SET amount = amount + 1 WHERE k = {b}");
                    Run(connection, random.Next(4) == 0 ? "ROLLBACK" : "COMMIT");
                }
                catch (SimException error) when (error.NativeError == 110)
                {
                    Run(connection, "ROLLBACK");
                }
            }
        })).ToArray();
        await Task.WhenAll(workers);
        Assert.Equal(400, Run(main, "SELECT SUM(amount) FROM account"));
    }

    [Fact]
    public async Task Counters_give_every_process_its_own_number()
    {
        using var main = Open();
        Run(main, "CREATE TABLE t (k IDENTITY, who INT)");
        var workers = Enumerable.Range(0, 4).Select(who => Task.Run(() =>
        {
            using var connection = Open();
            for (var i = 0; i < 20; i++)
            {
                Run(connection, $"INSERT INTO t (who) VALUES ({who})");
                Assert.Equal(who, Run(connection, "SELECT who FROM t WHERE k = LAST_IDENTITY()"));
            }
        })).ToArray();
        await Task.WhenAll(workers);
        Assert.Equal(80L, Run(main, "SELECT COUNT(DISTINCT k) FROM t"));
    }

    [Fact]
    public void Two_that_wait_for_each_other_end_by_the_time_out()
    {
        using var one = Open();
        using var two = Open();
        Run(one, "CREATE TABLE t (k INT, a INT)");
        Run(one, "INSERT INTO t (k, a) VALUES (1, 0)");
        Run(one, "INSERT INTO t (k, a) VALUES (2, 0)");
        foreach (var connection in (SimConnection[])[one, two]) Run(connection, "SET OPTION LOCK_TIMEOUT = 0");
        Run(one, "START TRANSACTION");
        Run(two, "START TRANSACTION");
        Run(one, "UPDATE t SET a = 1 WHERE k = 1");
        Run(two, "UPDATE t SET a = 2 WHERE k = 2");
        Assert.Equal(110, Assert.Throws<SimException>(() => Run(one, "UPDATE t SET a = 1 WHERE k = 2")).NativeError);
        Assert.Equal(110, Assert.Throws<SimException>(() => Run(two, "UPDATE t SET a = 2 WHERE k = 1")).NativeError);
        Run(one, "COMMIT");
        Run(two, "UPDATE t SET a = 2 WHERE k = 1");
        Run(two, "COMMIT");
        Assert.Equal(2L, Run(one, "SELECT COUNT(*) FROM t WHERE a = 2"));
    }
}
