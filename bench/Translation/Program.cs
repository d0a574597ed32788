using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Actors.Statements;
using Gateway.Backends.Embedded;
using Gateway.Node.Sample;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Parsing;

// What the SQL front end costs: nanoseconds and bytes per statement. Cold is the whole way of a text that was never seen
// (parse, infer types, translate), warm is what a text costs that is in the cache. Code is compiled before the clock runs.

string[] path = ["public"];
(string Name, string Sql)[] statements =
[
    ("select 1", "SELECT 1"),
    ("key lookup", "SELECT id, first_name, last_name FROM patients WHERE id = $1"),
    ("200 characters",
        "SELECT p.id, p.last_name, p.first_name, p.birth_date, r.test, r.result, r.unit FROM patients p JOIN lab_results r ON r.patient_id = p.id "
        + "WHERE p.city = $1 AND r.result > 7.5 AND p.insured ORDER BY p.id LIMIT 20"),
    ("dashboard",
        "SELECT date_trunc('month', admitted_at) AS month, city, count(*) AS n, count(*) FILTER (WHERE insured) AS insured, sum(balance) AS balance, "
        + "avg(extract(epoch from discharged_at - admitted_at)) AS stay FROM patients WHERE admitted_at > now() - interval '12 months' AND status IN ('admitted', 'discharged') "
        + "GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1 DESC, 3 LIMIT 100"),
    ("insert", "INSERT INTO lab_results (id, patient_id, test, result, unit) VALUES ($1, $2, $3, $4, $5)"),
];

var directory = Directory.CreateTempSubdirectory("gateway-bench-");
try
{
    using var databases = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = directory.FullName });
    var database = HospitalSample.CreateIn(databases, withRows: false);
    var local = (SqliteDialect)database.Dialect;
    Dialect[] dialects = [local, new IrisDialect(new IrisOptions(new Version(2025, 1), ExactComparison: false), local)];
    var schema = database.Schema;
    Console.WriteLine("                              cold, ns                              cold, bytes  warm, ns  warm, bytes");
    Console.WriteLine("statement       chars target     parse     infer translate       sum        sum");
    foreach (var (name, sql) in statements)
        foreach (var dialect in dialects)
        {
            var bytes = Encoding.UTF8.GetBytes(sql);
            var parse = Measure(() => Parser.ParseSingle(sql));
            var infer = Measure(() => new Analyzer(schema, path).Bind(Parser.ParseSingle(sql)!, []));
            var cold = Measure(() => dialect.Render(new Analyzer(schema, path).Bind(Parser.ParseSingle(sql)!, [])));
            var cache = new StatementCache();
            var warm = Measure(() => Translation.Of(cache.Parse(bytes).Statements[0], schema, path, dialect, []));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-15} {sql.Length,5} {dialect.Name,-6} {parse.Nanoseconds,9:F0} {infer.Nanoseconds - parse.Nanoseconds,9:F0} {cold.Nanoseconds - infer.Nanoseconds,9:F0} {cold.Nanoseconds,9:F0} {cold.Bytes,10} {warm.Nanoseconds,9:F0} {warm.Bytes,12}"));
        }
}
finally
{
    directory.Delete(recursive: true);
}

// The best of many short rounds: other work on the machine shall not count.
static (double Nanoseconds, long Bytes) Measure(Func<object?> action)
{
    const int Rounds = 300;
    const int Repeats = 20;
    var warmUp = Stopwatch.GetTimestamp();
    for (var i = 0; i < 20_000 && (i < 500 || Stopwatch.GetElapsedTime(warmUp) < TimeSpan.FromMilliseconds(800)); i++) action();
    var best = double.MaxValue;
    var bytes = 0L;
    for (var round = 0; round < Rounds; round++)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Repeats; i++) action();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Repeats;
        bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Repeats;
        best = Math.Min(best, elapsed);
    }

    return (best, bytes);
}
