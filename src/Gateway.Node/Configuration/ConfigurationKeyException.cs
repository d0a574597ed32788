using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>A key has a value that will not do. Who knows the file adds its name and the line.</summary>
public sealed class ConfigurationKeyException(string key, string problem) : ConfigurationException($"{key} {problem}")
{
    public string Key { get; } = key;

    public string Problem { get; } = problem;
}
