using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>Finds and layers the HOCON: the command line, then the operator's file, then gateway.conf with every default.</summary>
public static class ConfigurationFiles
{
    public static Config Load(string? file, string overrides)
    {
        var defaults = Parse(Resource(), "gateway.conf (built in)");
        var own = file is null ? ConfigurationFactory.Empty : Parse(File.ReadAllText(file), file);
        return ConfigurationFactory.ParseString(overrides).WithFallback(own).WithFallback(defaults);
    }

    private static Config Parse(string text, string name)
    {
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
