using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>Finds and layers the HOCON: the command line, then the operator's file, then gateway.conf with every default.</summary>
public static class ConfigurationFiles
{
    /// <summary>gateway.conf as the node brings it along: every key with its default.</summary>
    public static Config Defaults { get; } = Parse(Resource(), "gateway.conf (built in)");

    public static Config Load(string? file, string overrides)
    {
        var own = file is null ? ConfigurationFactory.Empty : Parse(File.ReadAllText(file), file);
        return ConfigurationFactory.ParseString(overrides).WithFallback(own).WithFallback(Defaults);
    }

    /// <summary>The whole configuration of a node from its files.</summary>
    /// <exception cref="ConfigurationException">The message names file, line and key.</exception>
    public static NodeOptions Read(string? file, string overrides) => WithLine(file, () => NodeOptions.Read(Load(file, overrides)));

    /// <summary>Does something that may find fault with a key of the file.</summary>
    /// <exception cref="ConfigurationException">The message names file, line and key.</exception>
    public static T WithLine<T>(string? file, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (ConfigurationKeyException error) when (file is not null && HoconOutline.Of(File.ReadAllText(file)).LineOf(error.Key) is var line and > 0)
        {
            throw new ConfigurationException($"{file}, line {line}: {error.Message}", error);
        }
    }

    private static Config Parse(string text, string name)
    {
        try
        {
            HoconOutline.Of(text);
        }
        catch (ConfigurationException error)
        {
            throw new ConfigurationException($"{name}, {error.Message}", error);
        }

        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception error)
        {
            throw new ConfigurationException($"{name}: {error.Message}", error);
        }
    }

    private static string Resource()
    {
        using var stream = typeof(ConfigurationFiles).Assembly.GetManifestResourceStream("gateway.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
