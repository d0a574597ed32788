using System.Net;
using Akka.Configuration;
using Gateway.Backends;

namespace Gateway.Node.Configuration;

/// <summary>What the node is configured to do: <c>gateway.conf</c>, read once at start.</summary>
public sealed record NodeOptions
{
    public required IPEndPoint Listen { get; init; }

    public required int Backlog { get; init; }

    public required KeepAliveOptions KeepAlive { get; init; }

    public required string DataDirectory { get; init; }

    public required int MaxConnections { get; init; }

    /// <summary>Bytes.</summary>
    public required int MaxMessage { get; init; }

    /// <summary>Bytes.</summary>
    public required long StatementCache { get; init; }

    /// <summary>Bytes: what the buffers of all sessions share, of one COPY FROM STDIN, and of one output.</summary>
    public required long NodeBuffers { get; init; }

    public required int CopyBuffer { get; init; }

    public required int OutputBuffer { get; init; }

    public required AuthenticationOptions Authentication { get; init; }

    public required TlsOptions Tls { get; init; }

    public required int PoolSize { get; init; }

    public required string Synchronous { get; init; }

    public required bool SampleData { get; init; }

    /// <summary>Whether the embedded engine's databases are served at all.</summary>
    public required bool Embedded { get; init; }

    /// <summary>Folders with drivers that are no packages of the node.</summary>
    public required string Drivers { get; init; }

    public required RoutingOptions Routing { get; init; }

    /// <summary>What sessions of every database begin with.</summary>
    public required SettingDefaults Settings { get; init; }

    /// <summary>The whole configuration, for the actor system.</summary>
    public required Config Akka { get; init; }

    /// <exception cref="ConfigurationException">A key is not known, or a value of the wrong kind; the message names the key.</exception>
    public static NodeOptions Read(Config config)
    {
        RequireKnown(config);
        return new NodeOptions
        {
            Listen = new IPEndPoint(
                IPAddress.TryParse(config.GetString("gateway.listen.address"), out var address)
                    ? address
                    : throw new ConfigurationKeyException("gateway.listen.address", "must be an IP address"),
                InRange(config, "gateway.listen.port", 0, 65535)),
            Backlog = InRange(config, "gateway.listen.backlog", 1, 65535),
            KeepAlive = new KeepAliveOptions(
                Time(config, "gateway.listen.keepalive.idle"),
                Time(config, "gateway.listen.keepalive.interval"),
                InRange(config, "gateway.listen.keepalive.count", 1, 127),
                Time(config, "gateway.listen.keepalive.unacknowledged")),
            DataDirectory = config.GetString("gateway.data"),
            MaxConnections = InRange(config, "gateway.max-connections", 1, 1_000_000),
            MaxMessage = (int)Bytes(config, "gateway.max-message-size", 1024, int.MaxValue - 64),
            StatementCache = Bytes(config, "gateway.statement-cache", 0, long.MaxValue),
            NodeBuffers = Bytes(config, "gateway.buffers.node", 1024 * 1024, long.MaxValue),
            CopyBuffer = (int)Bytes(config, "gateway.buffers.copy", 128 * 1024, 1024 * 1024 * 1024),
            OutputBuffer = (int)Bytes(config, "gateway.buffers.output", 4096, 16 * 1024 * 1024),
            Authentication = new AuthenticationOptions(
                Time(config, "gateway.authentication.timeout"),
                Method(config, "gateway.authentication.loopback"),
                Method(config, "gateway.authentication.remote"),
                config.GetString("gateway.authentication.users-file")),
            Tls = new TlsOptions(
                config.GetString("gateway.tls.certificate"),
                config.GetString("gateway.tls.key"),
                config.GetString("gateway.tls.password"),
                Flag(config, "gateway.tls.required")),
            PoolSize = InRange(config, "gateway.embedded.pool-size", 1, 1000),
            Synchronous = OneOf(config, "gateway.embedded.synchronous", "full", "normal"),
            SampleData = Flag(config, "gateway.sample-data"),
            Embedded = Flag(config, "gateway.embedded.enabled"),
            Drivers = config.GetString("gateway.drivers"),
            Settings = SettingsSection.Read(new ConfigSection("gateway.settings", config.GetConfig("gateway.settings") ?? Config.Empty)),
            Routing = RoutingOptions.Read(config),
            Akka = config,
        };
    }

    // gateway.conf has every key: what it does not have is mistyped.
    private static void RequireKnown(Config config) =>
        new ConfigSection("gateway", config.GetConfig("gateway")).RequireLike(
            new ConfigSection("gateway", ConfigurationFiles.Defaults.GetConfig("gateway")), ["instances", "routes", "settings"]);

    private static TimeSpan Time(Config config, string key) =>
        Try(() => config.GetTimeSpan(key)) is { } value && value >= TimeSpan.Zero && value <= TimeSpan.FromHours(9)
            ? value
            : throw new ConfigurationKeyException(key, "must be a time between 0 and 9 hours, such as 500ms, 30s or 5m");

    private static bool Flag(Config config, string key) =>
        Try(() => config.GetBoolean(key)) ?? throw new ConfigurationKeyException(key, "must be on or off");

    private static AuthenticationMethod Method(Config config, string key) =>
        OneOf(config, key, "trust", "scram-sha-256", "reject") switch
        {
            "trust" => AuthenticationMethod.Trust,
            "reject" => AuthenticationMethod.Reject,
            _ => AuthenticationMethod.ScramSha256,
        };

    private static string OneOf(Config config, string key, params string[] choices) =>
        config.GetString(key) is { } value && choices.Contains(value)
            ? value
            : throw new ConfigurationKeyException(key, $"must be one of: {string.Join(", ", choices)}");

    private static long Bytes(Config config, string key, long min, long max) =>
        Try(() => config.GetByteSize(key) ?? -1) is { } value && value >= min && value <= max
            ? value
            : throw new ConfigurationKeyException(key, $"must be a size between {min} and {max} bytes");

    private static int InRange(Config config, string key, int min, int max) =>
        Try(() => config.GetInt(key)) is { } value && value >= min && value <= max
            ? value
            : throw new ConfigurationKeyException(key, $"must be a number between {min} and {max}");

    /// <summary>Null when the value is of another kind.</summary>
    private static T? Try<T>(Func<T> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or OverflowException or NotSupportedException or ConfigurationException)
        {
            return null;
        }
    }
}

/// <param name="Idle">How long a client is silent before it is probed; zero for never.</param>
/// <param name="Unacknowledged">How long sent data may wait for its acknowledgement; zero for as long as the system says.</param>
public sealed record KeepAliveOptions(TimeSpan Idle, TimeSpan Interval, int Count, TimeSpan Unacknowledged);

public enum AuthenticationMethod
{
    Trust,
    ScramSha256,
    Reject,
}

public sealed record AuthenticationOptions(
    TimeSpan Timeout, AuthenticationMethod Loopback, AuthenticationMethod Remote, string UsersFile);

public sealed record TlsOptions(string Certificate, string Key, string Password, bool Required);
