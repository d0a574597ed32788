using System.Data.Common;

namespace IrisSimulator.Provider;

/// <summary>A connection string, with the real driver's keys and two of our own: Version and Instance.</summary>
internal sealed record SimSettings(string Server, int Port, string Namespace, string User, string Password, IrisVersion Version, string Instance)
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ADDR"] = "Server", ["ADDRESS"] = "Server", ["DATA SOURCE"] = "Server", ["DATASOURCE"] = "Server", ["HOST"] = "Server",
        ["NETWORK ADDRESS"] = "Server", ["NETWORKADDRESS"] = "Server", ["DATABASE"] = "Namespace", ["INITIAL CATALOG"] = "Namespace",
        ["USERID"] = "User ID", ["UID"] = "User ID", ["USER"] = "User ID", ["USERNAME"] = "User ID", ["USR"] = "User ID",
        ["PWD"] = "Password",
    };

    /// <summary>Keys the driver takes and that change nothing here.</summary>
    private static readonly HashSet<string> Idle = new(StringComparer.OrdinalIgnoreCase)
    {
        "Pooling", "Min Pool Size", "MINPOOLSIZE", "Max Pool Size", "MAXPOOLSIZE", "Connection Reset", "CONNECTIONRESET",
        "Connection Lifetime", "CONNECTIONLIFETIME", "Connection Timeout", "CONNECT TIMEOUT", "Application Name",
        "Workstation ID", "Current Language", "LogFile", "Packet Size", "Preparse Cache Size", "SharedMemory", "Shared Memory",
        "so rcvbuf", "so sndbuf", "SSL", "TCP NoDelay", "Transaction Isolation Level", "PoolWaitTimeout", "AccessToken",
        "access_token", "FeatureOption",
    };

    public static SimSettings Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Pairs(text))
        {
            var name = Aliases.GetValueOrDefault(key, key);
            if (name.ToUpperInvariant() is "SERVER" or "PORT" or "NAMESPACE" or "USER ID" or "PASSWORD" or "VERSION" or "INSTANCE")
                values[name] = value;
            else if (!Idle.Contains(name))
                throw new ArgumentException($"Keyword not supported: '{key}'.");
        }
        return new(Required("Server"), int.Parse(Required("Port")), Required("Namespace"),
            values.GetValueOrDefault("User ID", ""), values.GetValueOrDefault("Password", ""),
            IrisVersion.Parse(values.GetValueOrDefault("Version", "2025.1")),
            values.GetValueOrDefault("Instance", $"{values["Server"]}:{values["Port"]}"));

        string Required(string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value
            : throw new ArgumentException($"The connection string has no {key}.");
    }

    private static IEnumerable<(string Key, string Value)> Pairs(string text)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = text };
        foreach (string key in builder.Keys) yield return (key, Convert.ToString(builder[key]) ?? "");
    }
}
