using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Backends.Iris;

namespace Gateway.Node.Configuration;

/// <summary><c>gateway.routes.NAME</c>: a PostgreSQL database name, or a pattern with one *, and what is behind it.</summary>
public sealed record RouteDefinition
{
    public static ImmutableArray<string> Keys { get; } =
    [
        "database", "namespace", "instances", "user", "password", "password-file", "credentials", "pool", "split-reads",
        "primary-after-write", "failover-window", "isolation", "exact-strings", "text-order", "catalog-age", "settings",
    ];

    public static ImmutableArray<string> PoolKeys { get; } = ["mode", "size", "min-idle", "queue-timeout", "connect-timeout", "lifetime", "idle-timeout", "check-after"];

    /// <summary>The route's own name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>What clients ask for; one * stands for any text.</summary>
    public required string Database { get; init; }

    /// <summary>
    /// The namespace, or the database of another server; a * in it is what the database's stood for. "" for the database's own name,
    /// in upper case on IRIS.
    /// </summary>
    public required string Namespace { get; init; }

    /// <summary>Names of instances, in the order of preference.</summary>
    public required ImmutableArray<string> Instances { get; init; }

    /// <summary>The service account.</summary>
    public required string User { get; init; }

    public required string Password { get; init; }

    public required RouteOptions Options { get; init; }

    public required IsolationPolicy Isolation { get; init; }

    /// <summary>The namespace compares strings exactly (its default collation is EXACT), not without case.</summary>
    public required bool ExactStrings { get; init; }

    /// <summary>Texts are ordered as PostgreSQL does it, here, and not by the server.</summary>
    public required bool ExactTextOrder { get; init; }

    /// <summary>Metadata older than this is read again while statements go on with it; zero for never.</summary>
    public required TimeSpan CatalogAge { get; init; }

    public bool Equals(RouteDefinition? other) =>
        other is not null && Name == other.Name && Database == other.Database && Namespace == other.Namespace
        && Instances.SequenceEqual(other.Instances) && User == other.User && Password == other.Password
        && Options == other.Options && Isolation == other.Isolation && ExactStrings == other.ExactStrings
        && ExactTextOrder == other.ExactTextOrder && CatalogAge == other.CatalogAge;

    public override int GetHashCode() => HashCode.Combine(Name, Database, Namespace, User);

    public override string ToString() => Name;   // the rest holds a password

    /// <summary>What * stands for when the pattern fits, "" when there is none in it, null when the name does not fit.</summary>
    public string? Match(string database)
    {
        var star = Database.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return database == Database ? "" : null;
        var (head, tail) = (Database[..star], Database[(star + 1)..]);
        return database.Length > head.Length + tail.Length
            && database.StartsWith(head, StringComparison.Ordinal) && database.EndsWith(tail, StringComparison.Ordinal)
            ? database[head.Length..^tail.Length]
            : null;
    }

    /// <exception cref="ConfigurationKeyException">A value will not do.</exception>
    internal static RouteDefinition Read(ConfigSection section)
    {
        section.RequireOnly(Keys);
        var database = section.Text("database", section.Name);
        if (database.Count(static c => c == '*') > 1) throw section.Wrong("database", "may have one *");
        if (section.Text("credentials", "") == "client" && section.Text("user", "").Length == 0)
            throw section.Wrong("user", "is needed with credentials = client too: it reads the metadata and probes");
        var pool = section.Section("pool");
        pool.RequireOnly(PoolKeys);
        var defaults = new PoolOptions();
        var options = new RouteOptions();
        var target = section.Text("namespace", "");
        if (target.Contains('*') && !database.Contains('*')) throw section.Wrong("namespace", "has a * although the database has none");
        return new RouteDefinition
        {
            Name = section.Name,
            Database = database,
            Namespace = target,
            Instances = section.Names("instances"),
            User = section.Text("user", ""),
            Password = section.Secret("password", "password-file"),
            Isolation = section.OneOf("isolation", IsolationPolicy.Refuse,
                ("refuse", IsolationPolicy.Refuse), ("read-committed", IsolationPolicy.ReadCommitted)),
            ExactStrings = section.Flag("exact-strings", false),
            ExactTextOrder = section.OneOf("text-order", false, ("iris", false), ("exact", true)),
            CatalogAge = section.Time("catalog-age", TimeSpan.FromSeconds(60)),
            Options = new RouteOptions
            {
                Settings = SettingsSection.Read(section.Section("settings")),
                SplitReads = section.Flag("split-reads", false),
                PrimaryAfterWrite = section.Time("primary-after-write", options.PrimaryAfterWrite),
                FailoverWindow = section.Time("failover-window", options.FailoverWindow),
                PassLogin = section.OneOf("credentials", false, ("service", false), ("client", true)),
                Pool = new PoolOptions
                {
                    Mode = pool.OneOf("mode", PoolMode.Transaction,
                        ("transaction", PoolMode.Transaction), ("session", PoolMode.Session), ("statement", PoolMode.Statement)),
                    Size = pool.Number("size", defaults.Size, 1, 10_000),
                    MinIdle = pool.Number("min-idle", defaults.MinIdle, 0, 10_000),
                    ConnectTimeout = pool.Time("connect-timeout", defaults.ConnectTimeout),
                    CheckAfter = pool.Time("check-after", defaults.CheckAfter),
                    QueueTimeout = pool.Time("queue-timeout", defaults.QueueTimeout),
                    Lifetime = pool.Time("lifetime", defaults.Lifetime),
                    IdleTimeout = pool.Time("idle-timeout", defaults.IdleTimeout),
                },
            },
        };
    }
}
