using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Where configurations come from.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> s_default = new(static () => ParseString(Reference.Text));

    public static Config Empty => Config.Empty;
    public static Config ParseString(string hocon) => string.IsNullOrEmpty(hocon) ? Empty : new Config(HoconParser.Parse(hocon));

    /// <summary>The configuration a system gets when it is given none; here nothing but the defaults.</summary>
    public static Config Load() => Empty;

    public static Config Default() => s_default.Value;
}
