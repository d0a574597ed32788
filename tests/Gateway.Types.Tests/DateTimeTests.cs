using System.Globalization;
using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class DateTimeTests(PostgresServer server)
{
    private static readonly FormatSettings Settings = FormatSettings.Default;
    private static readonly TimestampCodec Timestamps = new(Oids.Timestamp);
    private static readonly TimestampCodec TimestampTzs = new(Oids.TimestampTz);
    private static readonly IntervalCodec Intervals = new();

    private static readonly string[] Units =
    [
        "microseconds", "milliseconds", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "millennium",
    ];

    private static readonly string[] MoreUnits = ["dow", "isodow", "doy", "isoyear", "epoch", "julian"];

    [SkippableFact]
    public void Extract_gives_every_field_at_PostgreSQLs_scale()
    {
        var values = Timestamp(11, 300);
        foreach (var unit in Units.Concat(MoreUnits))
        {
            var u = DateTimeUnits.Get(unit, Oids.Timestamp);
            Compare(values, $"extract({unit} from v::timestamp)", v => DateTimeExtraction.FromTimestamp(u, Parse(v))?.ToString());
            if (unit is not ("microseconds" or "milliseconds" or "second" or "minute" or "hour"))
                Compare(values, $"extract({unit} from v::timestamp::date)", v => DateTimeExtraction.FromDate(u, PgDateTime.TimestampToDate(Parse(v)))?.ToString());
        }
    }

    [SkippableFact]
    public void Extract_takes_intervals_apart()
    {
        foreach (var unit in Units.Where(u => u != "week").Append("epoch"))
        {
            var u = DateTimeUnits.Get(unit, Oids.Interval);
            Compare(Interval(5, 300), $"extract({unit} from v::interval)", v => DateTimeExtraction.FromInterval(u, ParseInterval(v)).ToString());
        }
    }

    [SkippableFact]
    public void Truncation_agrees_for_every_unit()
    {
        foreach (var unit in Units)
        {
            var u = DateTimeUnits.Get(unit, Oids.Timestamp);
            Compare(Timestamp(12, 200).Where(v => !v.StartsWith("4714", StringComparison.Ordinal)).ToList(), $"date_trunc('{unit}', v::timestamp)", v => Print(DateTimeTruncation.Truncate(u, Parse(v))));
            if (unit != "week") Compare(Interval(6, 200), $"date_trunc('{unit}', v::interval)", v => Print(DateTimeTruncation.Truncate(u, ParseInterval(v))));
        }
    }

    [SkippableTheory]
    [InlineData("America/New_York")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    public void Time_zones_have_the_same_clock(string name)
    {
        var zone = Zones.Get(name);
        var settings = Settings with { TimeZone = zone, TimeZoneName = name };
        var random = new Random(13);
        var values = new List<string>();
        for (var i = 0; i < 800; i++) values.Add(new DateTime(1950, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.NextInt64(3_600_000_000)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Compare(values, "v::timestamptz", v => Wire.FromText(TimestampTzs, v, settings).Text, $"SET timezone = '{name}'");
        Compare(values, "(v || '+00')::timestamptz", v => Wire.FromText(TimestampTzs, v + "+00", settings).Text, $"SET timezone = '{name}'");
        Compare(values, "date_trunc('day', (v || '+00')::timestamptz)", v => Text(DateTimeTruncation.Truncate(DateTimeUnit.Day, TimestampTzs.DecodeText(Encoding.UTF8.GetBytes(v + "+00"), settings), zone)), $"SET timezone = '{name}'");
        Compare(values, "(v || '+00')::timestamptz + interval '1 month 3 days 05:00'", v => Text(PgDateTime.Add(TimestampTzs.DecodeText(Encoding.UTF8.GetBytes(v + "+00"), settings), new PgInterval(1, 3, 5 * Calendar.MicrosecondsPerHour), zone)), $"SET timezone = '{name}'");

        string Text(long utc)
        {
            using var output = new ByteWriter();
            TimestampTzs.EncodeText(utc, settings, output);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    [SkippableFact]
    public void Adding_an_interval_keeps_to_the_calendar()
    {
        var (stamps, intervals) = (Timestamp(14, 600).Where(v => !v.Contains("BC") && v.IndexOf('-') == 4).ToList(), Interval(7, 600));
        var pairs = stamps.Select((s, i) => s + "|" + intervals[i % intervals.Count]).ToList();
        const string a = "split_part(v,'|',1)::timestamp", b = "split_part(v,'|',2)::interval";
        Compare(pairs, $"{a} + {b}", v => Print(PgDateTime.Add(Parse(v.Split('|')[0]), ParseInterval(v.Split('|')[1]))));
        Compare(pairs, $"{b} + {b}", v => Print(ParseInterval(v.Split('|')[1]) + ParseInterval(v.Split('|')[1])));
        Compare(pairs, $"justify_interval({b})", v => Print(ParseInterval(v.Split('|')[1]).Justify()));
        Compare(pairs, $"justify_hours({b})", v => Print(ParseInterval(v.Split('|')[1]).JustifyHours()));
        Compare(pairs, $"justify_days({b})", v => Print(ParseInterval(v.Split('|')[1]).JustifyDays()));
        Compare(pairs, $"{b} * 1.7::float8", v => Print(ParseInterval(v.Split('|')[1]) * 1.7));
        Compare(pairs, $"{b} / 3::float8", v => Print(ParseInterval(v.Split('|')[1]) / 3));
    }

    [SkippableFact]
    public void Differences_and_ages_agree()
    {
        var stamps = Timestamp(15, 800).Where(v => !v.Contains("infinity") && !v.Contains("BC") && v.IndexOf('-') == 4).ToList();
        var pairs = stamps.Zip(stamps.Skip(1), (x, y) => x + "|" + y).ToList();
        const string a = "split_part(v,'|',1)::timestamp", b = "split_part(v,'|',2)::timestamp";
        Compare(pairs, $"{a} - {b}", v => Print(PgDateTime.Subtract(Parse(v.Split('|')[0]), Parse(v.Split('|')[1]))));
        Compare(pairs, $"age({a}, {b})", v => Print(PgDateTime.Age(Parse(v.Split('|')[0]), Parse(v.Split('|')[1]))));
    }

    [SkippableTheory]
    [InlineData("ISO, MDY")]
    [InlineData("SQL, MDY")]
    [InlineData("SQL, DMY")]
    [InlineData("Postgres, MDY")]
    [InlineData("Postgres, DMY")]
    [InlineData("German, DMY")]
    public void Each_date_style_prints_and_reads_alike(string style)
    {
        var settings = Settings with { DateStyle = style };
        var values = Timestamp(16, 200);
        var set = $"SET datestyle = '{style}'";
        using var connection = server.Open();
        // What the server prints in the style goes in, and must come out again.
        var printed = Referee.Rows(connection, $"SET datestyle = 'ISO'; CREATE TEMP TABLE x AS SELECT v::timestamp t FROM (VALUES {List(values)}) q(i, v); {set}; SELECT t, t::date, t AT TIME ZONE 'UTC' FROM x");
        foreach (var row in printed)
        {
            Assert.Equal(row[0], Wire.FromText(Timestamps, row[0]!, settings).Text);
            Assert.Equal(row[1], Wire.FromText(Codecs.Get(Oids.Date), row[1]!, settings).Text);
            Assert.Equal(row[2], Wire.FromText(TimestampTzs, row[2]!, settings).Text);
        }

        Compare(["01/02/2003", "1.2.2003", "1-2-03", "2003-02-01", "13/01/2003"[1..], "Feb 1 2003", "1 Feb 2003"], "v::date", v => Wire.FromText(Codecs.Get(Oids.Date), v, settings).Text, set);
    }

    [SkippableTheory]
    [InlineData("postgres")]
    [InlineData("postgres_verbose")]
    [InlineData("iso_8601")]
    [InlineData("sql_standard")]
    public void Each_interval_style_prints_and_reads_alike(string style)
    {
        var settings = Settings with { IntervalStyle = style };
        using var connection = server.Open();
        var rows = Referee.Rows(connection, $"CREATE TEMP TABLE x AS SELECT v::interval t FROM (VALUES {List(Interval(9, 300))}) q(i, v); SET intervalstyle = '{style}'; SELECT t, encode(interval_send(t), 'hex') FROM x");
        foreach (var row in rows)
        {
            Assert.Equal(row[0], Wire.FromBinary(Intervals, Convert.FromHexString(row[1]!), settings).Text);
            Assert.Equal((row[0], row[1]), Wire.FromText(Intervals, row[0]!, settings));
        }
    }

    [Fact]
    public void The_day_count_is_its_own_inverse()
    {
        for (var day = Calendar.FirstDay; day < 3_000_000; day += 97)
        {
            var (year, month, dayOfMonth) = Calendar.FromDays(day);
            Assert.Equal(day, Calendar.ToDays(year, month, dayOfMonth));
        }
    }

    private static long Parse(string text) => Timestamps.DecodeText(Encoding.UTF8.GetBytes(text), Settings);

    private static PgInterval ParseInterval(string text) => PgInterval.Parse(Encoding.UTF8.GetBytes(text), Settings);

    private static string Print(long timestamp)
    {
        using var output = new ByteWriter();
        Timestamps.EncodeText(timestamp, Settings, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Print(PgInterval interval)
    {
        using var output = new ByteWriter();
        IntervalText.Write(interval, Settings, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static List<string> Timestamp(int seed, int count)
    {
        var random = new Random(seed);
        var values = new List<string>
        {
            "infinity", "-infinity", "2000-01-01 00:00:00", "1999-12-31 23:59:59.999999", "0001-01-01 00:00:00", "0001-12-31 00:00:00 BC", "0044-03-15 12:00:00 BC",
            "1000-12-31 00:00:00", "1001-01-01 00:00:00", "2100-02-28 00:00:00", "12345-06-07 08:09:10.5", "4714-11-24 00:00:00 BC", "0101-05-05 00:00:00 BC", "0010-01-01 00:00:00 BC", "0011-01-01 00:00:00 BC",
        };
        for (var i = 0; i < count; i++)
        {
            var day = new DateTime(random.Next(1, 9999), random.Next(1, 13), random.Next(1, 29)).AddDays(random.Next(0, 3)).AddMicroseconds(random.NextInt64(86_400_000_000));
            if (i % 2 == 0 && day.Year > 200) day = new DateTime(1950 + (day.Year % 100), day.Month, 1).AddDays(random.Next(0, 31)) + day.TimeOfDay;
            values.Add(day.ToString(i % 3 == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        }

        return values;
    }

    private static List<string> Interval(int seed, int count)
    {
        var random = new Random(seed);
        var values = new List<string> { "0", "1 mon", "-1 mon", "1 day", "-1 day", "30 days -24:00", "1 year -1 day 23:00", "-35 days 49:00", "1 mon -31 days" };
        for (var i = 0; i < count; i++)
        {
            var parts = new List<string>();
            if (random.Next(3) > 0) parts.Add(random.Next(-400, 400) + " mons");
            if (random.Next(3) > 0) parts.Add(random.Next(-100, 100) + " days");
            var s = random.Next(2) == 0 ? "" : "-";
            if (random.Next(3) > 0) parts.Add($"{s}{random.Next(0, 60)}:{random.Next(0, 60):00}:{random.Next(0, 60):00}.{random.Next(0, 1_000_000):000000}");
            if (parts.Count > 0) values.Add(string.Join(' ', parts));
        }

        return values;
    }

    private static string List(IEnumerable<string> values) => string.Join(",", values.Select((v, i) => $"({i},{Referee.Quote(v)}::text)"));

    private void Compare(List<string> values, string expression, Func<string, string?> ours, string set = "SELECT 1")
    {
        using var connection = server.Open();
        Referee.Run(connection, set);
        var rows = Referee.Rows(connection, $"SELECT {expression} FROM (VALUES {List(values)}) t(i, v) ORDER BY i");
        var failures = new StringBuilder();
        var count = 0;
        for (var i = 0; i < values.Count; i++)
        {
            string? result;
            try
            {
                result = ours(values[i]);
            }
            catch (PgException e)
            {
                result = e.Message;
            }

            if (result != rows[i][0] && count++ < 10) failures.AppendLine($"{expression} for '{values[i]}': {result} instead of {rows[i][0]}");
        }

        if (count > 0) Assert.Fail($"{count} of {values.Count} differ\n{failures}");
    }
}
