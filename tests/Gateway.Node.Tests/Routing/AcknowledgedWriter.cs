using System.Collections.Concurrent;
using Npgsql;

namespace Gateway.Node.Tests.Routing;

/// <summary>
/// Writes rows one after the other, over connections that it opens again whenever one is lost, and remembers what it was told of
/// each: acknowledged, refused, or nothing that counts. Afterwards the table is compared with that.
/// </summary>
internal sealed class AcknowledgedWriter : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<int> _acknowledged = new();
    private readonly ConcurrentQueue<int> _unknown = new();
    private Task _writing = Task.CompletedTask;
    private long _lastAcknowledged;
    private readonly string _connectionString;
    private readonly int _first;
    private int _next;

    /// <param name="first">Its rows are numbered from here.</param>
    public AcknowledgedWriter(string connectionString, int first)
    {
        _connectionString = connectionString;
        _first = _next = first;
    }

    public const string Table = "CREATE TABLE written (id int, note text)";

    public int Acknowledged => _acknowledged.Count;

    /// <summary>The longest time between two acknowledgements.</summary>
    public TimeSpan LongestPause { get; private set; }

    public List<string> Errors { get; } = [];

    public void Start()
    {
        _lastAcknowledged = Environment.TickCount64;
        _writing = Task.Run(Write);
    }

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _writing;
    }

    /// <summary>Every acknowledged row is there once, every other at most once.</summary>
    public void Check(IReadOnlyDictionary<int, int> counts)
    {
        var lost = _acknowledged.Where(id => !counts.ContainsKey(id)).ToList();
        var doubled = counts.Where(pair => pair.Value > 1 && pair.Key >= _first && pair.Key < _next).Select(pair => pair.Key).ToList();
        Assert.True(lost.Count == 0, $"lost: {string.Join(", ", lost.Take(10))}");
        Assert.True(doubled.Count == 0, $"doubled: {string.Join(", ", doubled.Take(10))}");
    }

    public void Dispose() => _stop.Dispose();

    private async Task Write()
    {
        NpgsqlConnection? connection = null;
        while (!_stop.IsCancellationRequested)
        {
            var id = _next++;
            try
            {
                if (connection is null)
                {
                    connection = new NpgsqlConnection(_connectionString);
                    await connection.OpenAsync();
                }

                // One in three as a transaction of two statements.
                if (id % 3 == 0)
                {
                    await using var transaction = await connection.BeginTransactionAsync();
                    await Insert(connection, id);
                    await using (var update = new NpgsqlCommand($"UPDATE written SET note = 'twice' WHERE id = {id}", connection)) await update.ExecuteNonQueryAsync();
                    await transaction.CommitAsync();
                }
                else
                {
                    await Insert(connection, id);
                }

                _acknowledged.Enqueue(id);
                var now = Environment.TickCount64;
                if (now - _lastAcknowledged > LongestPause.TotalMilliseconds) LongestPause = TimeSpan.FromMilliseconds(now - _lastAcknowledged);
                _lastAcknowledged = now;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
            {
                _unknown.Enqueue(id);
                Errors.Add(error is PostgresException known ? $"{known.SqlState} {known.MessageText}" : error.Message);
                if (connection is { FullState: not System.Data.ConnectionState.Open })
                {
                    await connection.DisposeAsync();
                    connection = null;
                }
            }
        }

        if (connection is not null) await connection.DisposeAsync();
    }

    private static async Task Insert(NpgsqlConnection connection, int id)
    {
        await using var insert = new NpgsqlCommand($"INSERT INTO written VALUES ({id}, 'once')", connection);
        await insert.ExecuteNonQueryAsync();
    }
}
