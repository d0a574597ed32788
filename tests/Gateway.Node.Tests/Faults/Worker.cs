using System.Collections.Concurrent;
using Npgsql;

namespace Gateway.Node.Tests.Faults;

/// <summary>A client that does the same again and again, over connections that it opens again whenever one is lost, and remembers what it was told.</summary>
/// <param name="act">Does it once, for the n-th time; throws when it fails, or when an answer is wrong (<see cref="WrongAnswerException"/>).</param>
internal sealed class Worker(string name, string connectionString, Func<NpgsqlConnection, int, Task> act) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _working = Task.CompletedTask;
    private int _done;

    public string Name => name;

    /// <summary>How often it was told that all is well.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>What it was told otherwise: a SQLSTATE, or what its own client says.</summary>
    public ConcurrentQueue<(int Number, string SqlState, string Message)> Errors { get; } = new();

    /// <summary>Those it was told are done.</summary>
    public ConcurrentQueue<int> Acknowledged { get; } = new();

    public void Start() => _working = Task.Run(Work);

    public async Task Stop(TimeSpan patience)
    {
        await _stop.CancelAsync();
        try
        {
            await _working.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name} hangs after {Done} times");
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task Work()
    {
        NpgsqlConnection? connection = null;
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            try
            {
                if (connection is null)
                {
                    connection = new NpgsqlConnection(connectionString);
                    await connection.OpenAsync();
                }

                await act(connection, number);
                Acknowledged.Enqueue(number);
                Interlocked.Increment(ref _done);
            }
            catch (Exception error) when (error is not WrongAnswerException)
            {
                var told = error as PostgresException ?? error.InnerException as PostgresException;
                Errors.Enqueue((number, told?.SqlState ?? "client", told?.MessageText ?? error.ToString()));
                if (connection is { FullState: not System.Data.ConnectionState.Open })
                {
                    await connection.DisposeAsync();
                    connection = null;
                }

                await Task.Delay(20);
            }
        }

        if (connection is not null) await connection.DisposeAsync();
    }
}

internal sealed class WrongAnswerException(string message) : Exception(message);
