using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class NumericTests(PostgresServer server)
{
    private static readonly string[] Edges =
    [
        "0", "0.00", "1", "-1", "0.1", "10", "100", "9999", "10000", "10001", "0.0001", "0.00001", "99999999", "100000000", "1.000000000000000000001",
        "123456789012345678901234567890.123456789", "-0.000000000000000000000000001", "9223372036854775807", "9223372036854775808", "0.5", "-0.5",
        "2.5", "-2.5", "1e30", "1e-30", "NaN", "Infinity", "-Infinity", "3", "7.0", "0.9999", "1.0001", "2",
    ];

    public static TheoryData<string> Operators => new() { "+", "-", "*", "/", "%" };

    [SkippableTheory]
    [MemberData(nameof(Operators))]
    public void Arithmetic_is_PostgreSQLs_digit_for_digit(string op)
    {
        var random = new Random(42);
        var pairs = new List<(string, string)>();
        foreach (var a in Edges)
            foreach (var b in Edges)
                pairs.Add((a, b));
        for (var i = 0; i < 3000; i++) pairs.Add((Number(random), Number(random)));
        pairs.RemoveAll(p => op is "/" or "%" && PgNumeric.Parse(p.Item2).IsZero);
        Compare(pairs, $"a {op} b", (a, b) => op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            _ => a % b,
        });
    }

    [SkippableFact]
    public void Rounding_goes_half_away_from_zero_at_any_digit()
    {
        var random = new Random(7);
        var pairs = new List<(string, string)>();
        foreach (var a in Edges)
            for (var n = -6; n < 8; n++) pairs.Add((a, n.ToString()));
        for (var i = 0; i < 2000; i++) pairs.Add((Number(random), random.Next(-12, 25).ToString()));
        Compare(pairs, "round(a, b::int)", (a, b) => a.Round((int)b.ToInt64()));
        Compare(pairs, "trunc(a, b::int)", (a, b) => a.Truncate((int)b.ToInt64()));
        Compare(pairs, "ceil(a)", (a, _) => a.Ceiling());
        Compare(pairs, "floor(a)", (a, _) => a.Floor());
        Compare(pairs, "trim_scale(a)", (a, _) => a.TrimScale());
        Compare(pairs, "abs(a)", (a, _) => a.Abs());
        Compare(pairs, "sign(a)", (a, _) => a.IsNaN ? a : a.Sign);
    }

    [SkippableFact]
    public void Comparison_and_whole_division_agree()
    {
        var random = new Random(8);
        var pairs = new List<(string, string)>();
        foreach (var a in Edges)
            foreach (var b in Edges)
                pairs.Add((a, b));
        for (var i = 0; i < 1000; i++) pairs.Add((Number(random), Number(random)));
        Compare(pairs, "CASE WHEN a < b THEN -1 WHEN a > b THEN 1 ELSE 0 END", (a, b) => a.CompareTo(b));
        pairs.RemoveAll(p => PgNumeric.Parse(p.Item2).IsZero);
        Compare(pairs, "div(a, b)", (a, b) => a.IntegerDivide(b));
    }

    [SkippableFact]
    public void Square_roots_agree()
    {
        var random = new Random(1);
        var pairs = Edges.Select(e => (e.TrimStart('-'), "0")).ToList();
        for (var i = 0; i < 1500; i++) pairs.Add((Number(random).TrimStart('-'), "0"));
        Compare(pairs, "sqrt(a)", (a, _) => a.Sqrt());
    }

    [SkippableFact]
    public void Exponentials_agree()
    {
        var random = new Random(2);
        var pairs = new List<(string, string)> { ("0", "0"), ("1", "0"), ("-1", "0"), ("0.00000001", "0"), ("700", "0"), ("-700", "0"), ("2000.5", "0"), ("-Infinity", "0"), ("NaN", "0"), ("-3000", "0") };
        for (var i = 0; i < 600; i++) pairs.Add((Scaled(random, 80), "0"));
        Compare(pairs, "exp(a)", (a, _) => a.Exp());
    }

    [SkippableFact]
    public void Logarithms_agree()
    {
        var random = new Random(3);
        var pairs = new List<(string, string)> { ("1", "2"), ("1.0", "2"), ("0.95", "2"), ("1.05", "3"), ("1.0000000001", "10"), ("1e100", "2"), ("1e-100", "2"), ("10", "10"), ("1000", "10"), ("Infinity", "2"), ("NaN", "2"), ("2.718281828", "2") };
        for (var i = 0; i < 600; i++) pairs.Add((Number(random).TrimStart('-'), random.Next(2, 50).ToString()));
        pairs.RemoveAll(p => PgNumeric.Parse(p.Item1).IsZero);
        Compare(pairs, "ln(a)", (a, _) => a.Ln());
        Compare(pairs, "log(a)", (a, _) => a.Log10());
        Compare(pairs, "log(b, a)", (a, b) => a.Log(b));
    }

    [SkippableFact]
    public void Powers_agree()
    {
        var random = new Random(4);
        var pairs = new List<(string, string)>
        {
            ("2", "3"), ("2", "-3"), ("0", "0"), ("0", "5"), ("0.0", "2.5"), ("-2", "3"), ("-2", "2"), ("10", "20"), ("10", "-20"), ("1.5", "100"), ("2", "0.5"),
            ("1.0001", "10000"), ("0.999", "5000"), ("NaN", "0"), ("1", "NaN"), ("2", "Infinity"), ("0.5", "Infinity"), ("-Infinity", "3"), ("Infinity", "-1"), ("2", "-Infinity"),
            ("123.456", "7"), ("-1.1", "-9"), ("1e10", "2.5"), ("3", "1.0"), ("7.25", "1"), ("7.25", "0.0"), ("9.99", "150"), ("2", "3000"),
        };
        for (var i = 0; i < 500; i++) pairs.Add((Scaled(random, 50).TrimStart('-'), Scaled(random, 12)));
        for (var i = 0; i < 300; i++) pairs.Add((Scaled(random, 50), random.Next(-20, 40).ToString()));
        pairs.RemoveAll(p => PgNumeric.Parse(p.Item1).IsZero && PgNumeric.Parse(p.Item2).Sign < 0);
        Compare(pairs, "power(a, b)", (a, b) => a.Power(b));
    }

    [SkippableFact]
    public void Conversions_to_and_from_float8_agree()
    {
        var random = new Random(5);
        var pairs = new List<(string, string)>();
        for (var i = 0; i < 500; i++) pairs.Add((Number(random), "0"));
        Compare(pairs, "a::float8::numeric", (a, _) => PgNumeric.FromDouble(a.ToDouble()));
        pairs.RemoveAll(p => p.Item1.Length > 30);
        Compare(pairs, "a::float4::numeric", (a, _) => PgNumeric.FromSingle((float)a.ToDouble()));
    }

    [Fact]
    public void Equal_values_of_different_scale_hash_alike() =>
        Assert.Equal(PgNumeric.Parse("1.500").GetHashCode(), PgNumeric.Parse("1.5").GetHashCode());

    [Fact]
    public void Small_arithmetic_allocates_nothing()
    {
        var (a, b) = (PgNumeric.Parse("12.34"), PgNumeric.Parse("56.78"));
        var sum = a + b;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) sum = (a + b) * a;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal("852.9408", sum.ToString());
    }

    private void Compare(List<(string A, string B)> pairs, string expression, Func<PgNumeric, PgNumeric, PgNumeric> ours)
    {
        using var connection = server.Open();
        var list = string.Join(",", pairs.Select((p, i) => $"({i},'{p.A}'::numeric,'{p.B}'::numeric)"));
        var rows = Referee.Rows(connection, $"SELECT ({expression})::text FROM (VALUES {list}) t(i, a, b) ORDER BY i");
        var failures = new StringBuilder();
        var count = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            string result;
            try
            {
                result = ours(PgNumeric.Parse(pairs[i].A), PgNumeric.Parse(pairs[i].B)).ToString();
            }
            catch (Exception e) when (e is PgException or OverflowException or DivideByZeroException or ArgumentException)
            {
                result = e.GetType().Name + " " + e.Message;
            }

            if (result == rows[i][0]) continue;
            if (count++ < 12) failures.AppendLine($"{expression} for a={pairs[i].A} b={pairs[i].B}: {result} instead of {rows[i][0]}");
        }

        if (count > 0) Assert.Fail($"{count} of {pairs.Count} differ\n{failures}");
    }

    private static string Number(Random random)
    {
        var whole = Digits(random, random.Next(0, 4) switch { 0 => 0, 1 => random.Next(1, 5), 2 => random.Next(1, 19), _ => random.Next(1, 45) });
        var fraction = Digits(random, random.Next(0, 3) switch { 0 => 0, 1 => random.Next(1, 6), _ => random.Next(1, 40) });
        if (random.Next(5) == 0) fraction = new string('0', Math.Min(random.Next(1, 9), fraction.Length)) + fraction;
        return (random.Next(2) == 0 ? "-" : "") + (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
    }

    private static string Scaled(Random random, int max) =>
        (random.Next(2) == 0 ? "-" : "") + random.Next(0, max) + "." + Digits(random, random.Next(1, 10));

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
}
