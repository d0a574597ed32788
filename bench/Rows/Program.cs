using System.Buffers;
using System.Globalization;
using System.Text;
using Gateway.Actors.Buffers;
using Gateway.Actors.Sessions.Copying;
using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Protocol.Copy;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

// What a row of a COPY costs in each part of its way, in nanoseconds of one thread's processor time: other work on the machine hardly counts.

const int Rows = 200_000;
const int Rounds = 7;

(string Name, string Table, Func<int, Random, string> Line)[] tables =
[
    ("four integers", "(tid int, bid int, aid int, delta int)", Narrow),
    ("with a key, in order", "(tid int PRIMARY KEY, bid int, aid int, delta int)", (i, random) => $"{i + 1}\t{random.Next(1, 11)}\t{random.Next(1, 1_000_001)}\t{random.Next(-5000, 5000)}"),
    ("with a serial key", "(id serial PRIMARY KEY, tid int, bid int, aid int, delta int)", Narrow),
    ("with an index", "(tid int, bid int, aid int UNIQUE, delta int)", (i, random) => $"{random.Next(1, 101)}\t{random.Next(1, 11)}\t{(int)(((i * 7919L) % Rows) + 1)}\t{random.Next(-5000, 5000)}"),
    ("with a check", "(tid int NOT NULL, bid int NOT NULL, aid int, delta int, CHECK (delta > -6000))", Narrow),
    ("mixed", "(id bigint, name text, born date, amount numeric(10,2), at timestamptz)",
        (i, random) => $"{i}\tname {random.Next(1, 100_000)}\t19{random.Next(10, 100)}-0{random.Next(1, 10)}-1{random.Next(0, 10)}\t{random.Next(1, 10_000)}.{random.Next(10, 100)}\t2026-01-0{random.Next(1, 10)} 1{random.Next(0, 10)}:00:00+00"),
];

var directory = Directory.CreateTempSubdirectory("gateway-bench-");
try
{
    using var databases = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = directory.FullName });
    databases.Create("rows");
    var backend = ((IDatabases)databases).Find("rows")!.Backend;
    using var connection = ((EmbeddedDatabase)backend).Open();
    Console.WriteLine("processor time, ns per row        lines  decoded   insert   commit |     step   encode");
    foreach (var (name, table, line) in tables)
    {
        var random = new Random(1);
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Rows).Select(i => line(i, random) + "\n")));
        var best = Enumerable.Repeat(double.MaxValue, 6).ToArray();
        for (var round = 0; round < Rounds; round++)
            Round(data, table, best);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {best[0],10:F0} {best[1] - best[0],8:F0} {best[2],8:F0} {best[3],8:F0} | {best[4],8:F0} {best[5] - best[4],8:F0}"));
    }

    void Round(byte[] data, string table, double[] best)
    {
        Do("DROP TABLE IF EXISTS history");
        Do("CREATE TABLE history " + table);
        var copy = (CopyStatement)Parser.ParseSingle(table.Contains("serial") ? "COPY history (tid, bid, aid, delta) FROM STDIN" : "COPY history FROM STDIN")!;
        var bound = new Analyzer(backend.Schema, ["public"]).BindCopy(copy);
        string[] names = [.. bound.Columns.Select(column => column.Name)];

        Least(ref best[0], () =>
        {
            using var reader = CopyReader.Create(new CopyOptions(), "history", names);
            for (var at = 0; at < data.Length; at += CopyChunk.Size)
            {
                reader.Append(data.AsSpan(at, Math.Min(CopyChunk.Size, data.Length - at)));
                while (reader.TryReadRow())
                {
                }
            }
        });

        // The batches as they come; kept, so that nothing but the insert is in its time.
        var batches = new List<RowBatch>();
        using (var reader = CopyReader.Create(new CopyOptions(), "history", names))
        {
            var decoder = new CopyDecoder(reader, [.. bound.Columns.Select(column => new FieldDecoder(column.Type))], Format.Text, FormatSettings.Default, new RowBatches(), 1 << 30);
            var intake = new CopyIntake(new BufferLimits(new BufferBudget(1L << 40), int.MaxValue, 1 << 15), () => { });
            var chunks = new List<CopyChunk>();
            for (var at = 0; at < data.Length; at += CopyChunk.Size)
            {
                var chunk = new CopyChunk(intake);
                chunk.Append(new ReadOnlySequence<byte>(data, at, Math.Min(CopyChunk.Size, data.Length - at)));
                chunks.Add(chunk);
            }

            chunks.Add(CopyChunk.End);
            Least(ref best[1], () =>
            {
                foreach (var chunk in chunks)
                    foreach (var batch in decoder.Decode(chunk)) batches.Add(batch);
            });
        }

        connection.Begin(null, readOnly: false);
        var plan = backend.Dialect.Render(bound.Statement);
        var insert = connection.BeginInsert(plan, bound.Relation!, names.Length);
        Least(ref best[2], () =>
        {
            foreach (var batch in batches) insert.Write(batch.Values, batch.Count);
        });
        if (insert.Complete() != Rows) throw new InvalidOperationException("rows are missing");
        insert.Dispose();
        Least(ref best[3], connection.Commit);
        foreach (var batch in batches) batch.Release();

        var all = new Analyzer(backend.Schema, ["public"]).BindCopy((CopyStatement)Parser.ParseSingle("COPY history TO STDOUT")!);
        var query = backend.Dialect.Render(all.Statement);
        using var none = new ValueList();
        Least(ref best[4], () =>
        {
            using var execution = connection.Execute(query, none);
            while (execution.Read())
            {
            }
        });
        using var output = new ByteWriter();
        Least(ref best[5], () =>
        {
            var encoder = new CopyEncoder(CopyWriter.Create(new CopyOptions(), names), [.. all.Columns.Select(column => Codecs.Get(column.Type.Oid))], new CopyOptions());
            using var execution = connection.Execute(query, none);
            while (execution.Read())
            {
                encoder.Row(execution, FormatSettings.Default, output);
                if (output.Length > 32 * 1024) output.Clear();
            }
        });
    }

    void Do(string sql)
    {
        using var none = new ValueList();
        var plan = backend.Dialect.Render(new Analyzer(backend.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []));
        using var execution = connection.Execute(plan, none);
        while (execution.Read())
        {
        }
    }
}
finally
{
    directory.Delete(recursive: true);
}

static string Narrow(int i, Random random) => $"{random.Next(1, 101)}\t{random.Next(1, 11)}\t{random.Next(1, 1_000_001)}\t{random.Next(-5000, 5000)}";

static void Least(ref double best, Action action)
{
    var before = Native.Spent();
    action();
    best = Math.Min(best, (double)(Native.Spent() - before) / Rows);
}

internal static partial class Native
{
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    private const int ThreadTime = 3;   // CLOCK_THREAD_CPUTIME_ID

    [System.Runtime.InteropServices.LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);

    /// <summary>Nanoseconds the calling thread has had a processor.</summary>
    public static long Spent()
    {
        _ = clock_gettime(ThreadTime, out var time);
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }
}
