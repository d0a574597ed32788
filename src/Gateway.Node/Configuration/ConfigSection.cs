using System.Collections.Immutable;
using System.Globalization;
using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>One object of the configuration, read key by key with errors that name the key.</summary>
/// <param name="path">Where it stands, for messages.</param>
internal sealed class ConfigSection(string path, Config config)
{
    /// <summary>Its own key.</summary>
    public string Name { get; } = path[(path.LastIndexOf('.') + 1)..];

    /// <summary>The objects in this one.</summary>
    public IEnumerable<ConfigSection> Sections()
    {
        if (config.IsEmpty) yield break;
        foreach (var (name, value) in config.AsEnumerable())
        {
            if (!value.IsObject()) throw Wrong(name, "must be an object { … }");
            if (name.Contains('.')) throw Wrong(name, "must not contain a dot");
            yield return new ConfigSection($"{path}.{name}", config.GetConfig(name));
        }
    }

    public ConfigSection Section(string key) => new($"{path}.{key}", config.HasPath(key) ? config.GetConfig(key) : Config.Empty);

    /// <summary>A key that is mistyped must not be a default without a word.</summary>
    public void RequireOnly(ImmutableArray<string> known)
    {
        if (config.IsEmpty) return;
        foreach (var (name, _) in config.AsEnumerable())
            if (!known.Contains(name)) throw Wrong(name, $"is not known; known are {string.Join(", ", known)}");
    }

    /// <summary>Everything in it, however deep, must also be in a section that has every key there is.</summary>
    /// <param name="apart">Objects whose keys are the operator's own names.</param>
    public void RequireLike(ConfigSection complete, ImmutableArray<string> apart)
    {
        RequireOnly(complete.Keys());
        foreach (var key in Keys())
        {
            if (apart.Contains(key)) continue;
            if (complete.IsObject(key) != IsObject(key)) throw Wrong(key, complete.IsObject(key) ? "must be an object { … }" : "must be a value");
            if (complete.IsObject(key)) Section(key).RequireLike(complete.Section(key), []);
        }
    }

    private ImmutableArray<string> Keys() => config.IsEmpty ? [] : [.. config.AsEnumerable().Select(entry => entry.Key)];

    private bool IsObject(string key) => config.GetValue(key).IsObject();

    public string Text(string key, string otherwise) => config.HasPath(key) ? config.GetString(key) ?? "" : otherwise;

    public ImmutableArray<string> Names(string key) =>
        config.HasPath(key) && config.GetStringList(key) is { Count: > 0 } list
            ? [.. list]
            : throw Wrong(key, "must be a list of at least one name");

    /// <summary>All values with their keys, those of objects in it with a dot between.</summary>
    public IEnumerable<(string Key, string Value)> Values()
    {
        foreach (var key in Keys())
        {
            if (!IsObject(key))
            {
                yield return (key, Text(key, ""));
                continue;
            }

            foreach (var (inner, value) in Section(key).Values()) yield return ($"{key}.{inner}", value);
        }
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (!config.HasPath(key)) return otherwise;
        return int.TryParse(config.GetString(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw Wrong(key, $"must be a number between {least} and {most}");
    }

    public bool Flag(string key, bool otherwise) => OneOf(key, otherwise, ("on", true), ("off", false), ("true", true), ("false", false));

    public TimeSpan Time(string key, TimeSpan otherwise)
    {
        if (!config.HasPath(key)) return otherwise;
        try
        {
            return config.GetTimeSpan(key, null, allowInfinite: false);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw Wrong(key, "must be a time such as 500ms, 30s or 5m");
        }
    }

    public Version Version(string key, Version otherwise)
    {
        if (!config.HasPath(key)) return otherwise;
        return System.Version.TryParse(config.GetString(key), out var version) ? version : throw Wrong(key, "must be a version such as \"2025.1\"");
    }

    public T OneOf<T>(string key, T otherwise, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (!config.HasPath(key)) return otherwise;
        var text = config.GetString(key);
        foreach (var (word, value) in choices)
            if (word == text) return value;
        var words = new List<string>();
        foreach (var (word, _) in choices) words.Add(word);
        throw Wrong(key, $"must be one of: {string.Join(", ", words)}");
    }

    /// <summary>From the configuration or, better, from a file that only the gateway can read.</summary>
    public string Secret(string key, string fileKey)
    {
        if (!config.HasPath(fileKey)) return Text(key, "");
        if (config.HasPath(key)) throw Wrong(key, $"and {fileKey} exclude each other");
        try
        {
            return File.ReadAllText(config.GetString(fileKey)).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong(fileKey, $"cannot be read: {error.Message}");
        }
    }

    public ConfigurationKeyException Wrong(string key, string problem) => new($"{path}.{key}", problem);
}
