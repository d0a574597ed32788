using System.Globalization;
using System.Text;
using Gateway.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;

namespace Gateway.Node.Tests.Faults;

/// <summary>Writers, readers and copies at once, each of which checks what it is told.</summary>
internal sealed class Load : IDisposable
{
    private const int CopyRows = 3000;
    private const int ReadRows = 20_000;

    public const string Tables = "CREATE TABLE written (writer int, id int, note text); CREATE TABLE copied (batch int, n int)";

    /// <summary>
    /// The connection is lost, or its fate unknown, the server is not there or not ready, its transaction is over with it. The client's
    /// own connection is not to be lost, whatever happens behind the gateway.
    /// </summary>
    private static readonly string[] Expected = ["08001", "08006", "08007", "25P02", "40001", "53300", "57P01", "57P03"];

    private readonly List<Worker> _writers;
    private readonly Worker _copier;
    private readonly List<Worker> _all;

    public Load(string connectionString)
    {
        _writers = [.. Enumerable.Range(0, 3).Select(writer => new Worker($"writer {writer}", connectionString, (connection, id) => Write(connection, writer, id)))];
        _copier = new Worker("COPY FROM", connectionString, CopyIn);
        _all = [.. _writers, _copier, new Worker("reader", connectionString, Read), new Worker("COPY TO", connectionString, CopyOut)];
    }

    public void Start() => _all.ForEach(worker => worker.Start());

    /// <summary>Everybody has been served again since now.</summary>
    public Task GoesOn(TimeSpan patience)
    {
        var before = _all.Select(worker => worker.Done).ToList();
        return Until(() => _all.Zip(before).FirstOrDefault(pair => pair.First.Done < pair.Second + 2).First, "is not served", patience);
    }

    /// <summary>Everybody who writes is told that something is wrong.</summary>
    public Task WritersFail(TimeSpan patience)
    {
        var before = _all.Select(worker => worker.Errors.Count).ToList();
        return Until(() => _all.Zip(before).Take(_writers.Count + 1).FirstOrDefault(pair => pair.First.Errors.Count == pair.Second).First, "is told nothing", patience);
    }

    public async Task Stop(TimeSpan patience)
    {
        foreach (var worker in _all) await worker.Stop(patience);
    }

    /// <summary>Nothing that was acknowledged is missing or there twice, and errors are those that fit.</summary>
    public void Check(PostgresMember server, ITestOutputHelper output)
    {
        foreach (var worker in _all) output.WriteLine($"{worker.Name}: {Text(worker)}");
        using var direct = new NpgsqlConnection(server.ConnectionString);
        direct.Open();
        for (var writer = 0; writer < _writers.Count; writer++)
            CheckCounts($"writer {writer}", Counts(direct, $"SELECT id, count(*)::int FROM written WHERE writer = {writer} GROUP BY id"), _writers[writer], 1);
        CheckCounts("COPY FROM", Counts(direct, "SELECT batch, count(*)::int FROM copied GROUP BY batch"), _copier, CopyRows);
        foreach (var worker in _all)
            Assert.All(worker.Errors, error => Assert.True(Expected.Contains(error.SqlState), $"{worker.Name}: {error.SqlState} {error.Message}"));

        // A COPY commits at its end, and only what was lost in the commit may be there.
        var present = Counts(direct, "SELECT batch, 1 FROM copied GROUP BY batch");
        Assert.DoesNotContain(_copier.Errors, error => error.SqlState != "08007" && present.ContainsKey(error.Number));
    }

    public void Dispose() => _all.ForEach(worker => worker.Dispose());

    /// <param name="pending">Somebody for whom it is not so yet.</param>
    private static async Task Until(Func<Worker?> pending, string what, TimeSpan patience)
    {
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (pending() is { } worker)
        {
            Assert.True(Environment.TickCount64 < deadline, $"{worker.Name} {what}: {Text(worker)}");
            await Task.Delay(20);
        }
    }

    private static void CheckCounts(string name, Dictionary<int, int> counts, Worker worker, int rows)
    {
        var lost = worker.Acknowledged.Where(id => !counts.ContainsKey(id)).ToList();
        Assert.True(lost.Count == 0, $"{name} lost {string.Join(", ", lost.Take(10))}");
        var wrong = counts.Where(pair => pair.Value != rows).ToList();
        Assert.True(wrong.Count == 0, $"{name}: {string.Join(", ", wrong.Take(10).Select(pair => $"{pair.Key} has {pair.Value} rows"))}");
    }

    private static string Text(Worker worker) =>
        $"{worker.Done} done, errors: {string.Join("; ", worker.Errors.GroupBy(error => $"{error.SqlState} {error.Message}").Select(g => $"{g.Count()} x {g.Key}").Take(8))}";

    /// <summary>One in three as a transaction of two statements.</summary>
    private static async Task Write(NpgsqlConnection connection, int writer, int id)
    {
        var insert = $"INSERT INTO written VALUES ({writer}, {id}, 'once')";
        if (id % 3 != 0)
        {
            await Run(connection, insert);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, insert);
        await Run(connection, $"UPDATE written SET note = 'twice' WHERE writer = {writer} AND id = {id}");
        await transaction.CommitAsync();
    }

    private static async Task Read(NpgsqlConnection connection, int number)
    {
        await using var command = new NpgsqlCommand($"SELECT g, repeat('x', 50) FROM generate_series(1, {ReadRows}) g", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var expected = 1;
        while (await rows.ReadAsync())
            if (rows.GetInt32(0) != expected++) throw new WrongAnswerException($"read {number}: {rows.GetInt32(0)} where {expected - 1} was due");
        if (expected != ReadRows + 1) throw new WrongAnswerException($"read {number} ended after {expected - 1} rows");
    }

    private static async Task CopyIn(NpgsqlConnection connection, int batch)
    {
        var line = new StringBuilder();
        for (var n = 0; n < 100; n++) line.Append(CultureInfo.InvariantCulture, $"{batch}\t{n}\n");
        var lines = line.ToString();
        await using var copy = await connection.BeginTextImportAsync("COPY copied FROM STDIN");
        for (var written = 0; written < CopyRows; written += 100) await copy.WriteAsync(lines);
    }

    private static async Task CopyOut(NpgsqlConnection connection, int number)
    {
        using var rows = await connection.BeginTextExportAsync($"COPY (SELECT g FROM generate_series(1, {ReadRows}) g) TO STDOUT");
        var expected = 1;
        while (await rows.ReadLineAsync() is { } row)
            if (row != (expected++).ToString(CultureInfo.InvariantCulture)) throw new WrongAnswerException($"copy {number}: {row} where {expected - 1} was due");
        if (expected != ReadRows + 1) throw new WrongAnswerException($"copy {number} ended after {expected - 1} rows");
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Dictionary<int, int> Counts(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var rows = command.ExecuteReader();
        var counts = new Dictionary<int, int>();
        while (rows.Read()) counts.Add(rows.GetInt32(0), rows.GetInt32(1));
        return counts;
    }
}
