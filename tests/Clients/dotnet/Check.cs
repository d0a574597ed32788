/// <summary>One line per check: `ok sentence` or `not ok sentence: reason`.</summary>
static class Check
{
    public const string LongQuery = "SELECT count(*) FROM generate_series(1, 1000000000)";

    public static bool Failed { get; private set; }

    public static string ConnectionString { get; } =
        $"Host={Setting("PGHOST", "127.0.0.1")};Port={Setting("PGPORT", "5432")};Database={Setting("PGDATABASE", "scratch")};Username={Setting("PGUSER", "postgres")};Timeout=15;Maximum Pool Size=8";

    public static string VersionOf(Type type) =>
        System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(type.Assembly)!.InformationalVersion.Split('+')[0];

    public static async Task That(string sentence, Func<Task> body)
    {
        try
        {
            await body();
            Console.WriteLine($"ok {sentence}");
        }
        catch (Exception error)
        {
            Failed = true;
            var reason = $"{error.GetType().Name}: {error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}";
            Console.WriteLine($"not ok {sentence}: {string.Join(' ', reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
        }
    }

    public static void Equal<T>(T actual, T expected)
    {
        var same = actual is System.Collections.IEnumerable a and not string && expected is System.Collections.IEnumerable e
            ? a.Cast<object?>().SequenceEqual(e.Cast<object?>())
            : EqualityComparer<T>.Default.Equals(actual, expected);
        if (!same) throw new InvalidOperationException($"got {Show(actual)}, expected {Show(expected)}");
    }

    public static async Task<Npgsql.PostgresException> Fails(string sqlState, Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (Exception error) when ((error as Npgsql.PostgresException ?? error.InnerException as Npgsql.PostgresException) is { } problem)
        {
            Equal(problem.SqlState, sqlState);
            return problem;
        }

        throw new InvalidOperationException($"expected {sqlState}, but it did not fail");
    }

    private static string Show(object? value) => value is System.Collections.IEnumerable list and not string ? $"[{string.Join(", ", list.Cast<object?>())}]" : value?.ToString() ?? "null";

    private static string Setting(string name, string fallback) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : fallback;
}
