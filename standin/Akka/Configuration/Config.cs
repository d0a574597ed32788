using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>A HOCON object read by dotted path. Immutable.</summary>
public class Config
{
    public static readonly Config Empty = new(new HoconObject());

    private readonly HoconObject _root;

    public Config() : this(new HoconObject())
    {
    }

    internal Config(HoconObject root) => _root = root;

    public virtual bool IsEmpty => _root.Count == 0;
    public virtual HoconValue Root => new(_root);

    public virtual Config WithFallback(Config fallback) =>
        fallback is null || fallback.IsEmpty ? this : IsEmpty ? fallback : new Config(_root.Over(fallback._root));

    public virtual bool HasPath(string path) => GetValue(path) is not null;

    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() =>
        _root.Select(entry => KeyValuePair.Create(entry.Key, new HoconValue(entry.Value)));

    public HoconValue GetValue(string path)
    {
        object value = _root;
        foreach (var key in HoconPath.Split(path))
            if (value is not HoconObject parent || !parent.TryGet(key, out value)) return null;
        return new HoconValue(value);
    }

    public virtual Config GetConfig(string path) => GetValue(path)?.ToConfig() ?? Empty;
    public virtual string GetString(string path, string @default = null) => Get(path, value => value.GetString()) ?? @default;
    public virtual bool GetBoolean(string path, bool @default = false) => Get(path, value => (bool?)value.GetBoolean()) ?? @default;
    public virtual int GetInt(string path, int @default = 0) => Get(path, value => (int?)value.GetInt()) ?? @default;
    public virtual long GetLong(string path, long @default = 0) => Get(path, value => (long?)value.GetLong()) ?? @default;
    public virtual float GetFloat(string path, float @default = 0) => Get(path, value => (float?)value.GetFloat()) ?? @default;
    public virtual double GetDouble(string path, double @default = 0) => Get(path, value => (double?)value.GetDouble()) ?? @default;
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Get(path, value => (decimal?)value.GetDecimal()) ?? @default;
    public virtual long? GetByteSize(string path) => Get(path, value => value.GetByteSize());
    public virtual long? GetByteSize(string path, long? def = null) => GetByteSize(path) ?? def;

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Get(path, value => (TimeSpan?)value.GetTimeSpan(allowInfinite)) ?? @default ?? TimeSpan.Zero;

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Get(path, value => value.GetStringList()) ?? defaultPaths;
    public virtual IList<int> GetIntList(string path) => Get(path, value => value.GetIntList()) ?? [];
    public virtual IList<long> GetLongList(string path) => Get(path, value => value.GetLongList()) ?? [];

    public override string ToString() => HoconWriter.Write(_root);
    public string ToString(bool includeFallback) => ToString();

    public static implicit operator Config(string config) => ConfigurationFactory.ParseString(config);

    private T Get<T>(string path, Func<HoconValue, T> read)
    {
        if (GetValue(path) is not { } value) return default;
        try
        {
            return read(value);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw new FormatException($"{path}: {failure.Message}", failure);
        }
    }
}

public static class ConfigExtensions
{
    public static bool IsNullOrEmpty(this Config config) => config is null || config.IsEmpty;
}
